"""Through the past by keys, and back to now."""

import pytest

from tests.ui.live_show import SHOW, at, journal, poll
from tests.ui.operator import at_work
from tests.ui.scripted_travel import ScriptedTravel
from tui.core.entry import Entry, Fault, Mark, Poll, Request, Verb
from tui.core.position import Way

pytestmark = pytest.mark.usefixtures("short_waits")

ARENA = SHOW[3].task
ENDED = SHOW[-2].task
PARTS = (SHOW[0], SHOW[3], SHOW[-2])


def few() -> list[Entry]:
    return journal(PARTS)


def own(task: object) -> list[int]:
    return [frame for frame, entry in enumerate(few(), 1) if isinstance(entry, Poll | Request) and entry.task == task]


async def test_live_s_holds_the_task_and_asks_for_one_poll_each_time() -> None:
    async with at_work(few) as operator:
        await operator.press("s", "s", "s")
        assert [(one.verb, one.task) for one in operator.session.asked] == [(Verb.STEP, SHOW[0].task)] * 3
        assert "STEP" in operator.lines[0]
        assert "one poll of live-final-7; held" in operator.lines[-1]


@pytest.mark.parametrize("key", ["L", "space", "H"])
async def test_a_stepped_task_is_released_by_the_ways_back_to_live(key: str) -> None:
    async with at_work(few) as operator:
        await operator.press("s", key)
        assert [one.verb for one in operator.session.asked] == [Verb.STEP, Verb.RELEASE]
        assert "LIVE" in operator.lines[0]


async def test_capital_s_enters_the_past_and_sends_nothing() -> None:
    async with at_work(few) as operator:
        frames = own(SHOW[0].task)
        await operator.press("S")
        assert f"REPLAY  frame {frames[-2 if frames[-1] == len(few()) else -1]}/{len(few())}" in operator.lines[0]
        assert not operator.session.asked


async def test_steps_forward_and_back_are_no_step() -> None:
    async with at_work(few) as operator:
        await operator.press("S", "S", "S", "S")
        there = operator.lines[:-1]
        await operator.press("S", "S", "S", "s", "s", "s")
        assert operator.lines[:-1] == there


async def test_brackets_and_braces_are_the_same_moves() -> None:
    async with at_work(few) as operator:
        await operator.press("S", "N", "n", "s")
        letters = operator.lines[0]
        await operator.press("L", "left_square_bracket", "left_curly_bracket", "right_curly_bracket")
        await operator.press("right_square_bracket")
        assert operator.lines[0] == letters


async def test_all_panes_and_the_clock_show_the_same_instant() -> None:
    async with at_work(few) as operator:
        await operator.press("N")
        frame = operator.main.scene.snapshot.frame
        assert few()[frame - 1].at_us <= operator.main.scene.now_us
        assert operator.main.scene.now_us == operator.main.scene.snapshot.at_us
        assert "LIVE is +" in operator.lines[0]
        assert all(event.frame <= frame for event in operator.main.scene.snapshot.events)


async def test_what_comes_in_is_counted_but_not_shown() -> None:
    async with at_work(few) as operator:
        await operator.press("N")
        still = operator.lines[1:-1]
        await operator.hear(poll(ARENA, 5, "Exited", 0))
        assert operator.lines[1:-1] == still
        await operator.press("L")
        assert "arena-main-en InProgress -> Exited" in operator.text


@pytest.mark.parametrize("key", ["L", "escape", "q"])
async def test_the_ways_back_to_now(key: str) -> None:
    async with at_work(few) as operator:
        await operator.press("S")
        assert "REPLAY" in operator.lines[0]
        await operator.press(key)
        assert "LIVE" in operator.lines[0]
        assert operator.main.scene.snapshot.frame == len(few())


async def test_at_the_end_of_the_past_s_asks_before_it_sends() -> None:
    async with at_work(few) as operator:
        await operator.press("S", "G", "s")
        assert not operator.session.asked
        assert "nothing further" in operator.lines[-1]
        await operator.press("s")
        assert [one.verb for one in operator.session.asked] == [Verb.STEP]
        assert "STEP" in operator.lines[0]


async def test_another_key_takes_that_back() -> None:
    async with at_work(few) as operator:
        await operator.press("S", "G", "s", "S", "s")
        assert not operator.session.asked


async def test_nothing_to_find_stays_live() -> None:
    async with at_work(few) as operator:
        await operator.press("n")
        assert "LIVE" in operator.lines[0]
        assert "nothing further" in operator.lines[-1]


async def test_the_cursor_stays_on_its_task_while_others_change_places() -> None:
    async with at_work(few) as operator:
        await operator.press("j", "N", "N")
        assert operator.view.selected == operator.main.scene.view.selected is not None


async def test_errors_ends_and_marks_are_found() -> None:
    def marked() -> list[Entry]:
        entries = few()
        return [*entries, Mark(at(1), entries[9].at_us, 10, "here", "alice", None)]

    async with at_work(marked) as operator:
        await operator.press("quotation_mark")
        assert "LIVE" not in operator.lines[0] or "nothing further" in operator.lines[-1]
        await operator.press("G", "k")
        operator.main.look(operator.view.select(ENDED))
        await operator.press("E")
        entry = marked()[operator.main.scene.snapshot.frame - 1]
        assert isinstance(entry, Poll)
        assert isinstance(entry.answer, Fault)
        await operator.press("g", "f")
        assert operator.main.scene.snapshot.tasks[ENDED].stage.life.value == "ENDED"


async def test_a_time_can_be_typed() -> None:
    async with at_work(few) as operator:
        await operator.press("T", *"-5m")
        assert "03:07:" in operator.text
        await operator.press("enter")
        assert at(-1000) < operator.main.scene.now_us <= at(-300)
        assert "REPLAY" in operator.lines[0]


async def test_a_wrong_time_is_told_and_kept() -> None:
    async with at_work(few) as operator:
        await operator.press("T", *"25:00", "enter")
        assert operator.in_dialog
        assert "hours go to 23" in operator.text
        await operator.press("escape")
        assert "LIVE" in operator.lines[0]


async def test_a_frame_can_be_named() -> None:
    async with at_work(few) as operator:
        await operator.press("X", *"12", "enter")
        assert "frame 12/" in operator.lines[0]


async def test_the_past_is_played_and_stopped() -> None:
    async with at_work(few) as operator:
        await operator.press("N", "plus", "plus", "space")
        assert "x4" in operator.lines[0]
        before_us = operator.main.scene.now_us
        for _ in range(40):
            operator.main.journey.play_on()
        await operator.pilot.pause()
        assert operator.main.scene.now_us > before_us
        await operator.press("space")
        assert "x4" not in operator.lines[0]
        assert "REPLAY" in operator.lines[0]


async def test_playing_ends_at_the_newest_frame() -> None:
    async with at_work(few) as operator:
        await operator.press("S", *["plus"] * 9, "space")
        assert "x64" in operator.lines[0]
        for _ in range(80):
            operator.main.journey.play_on()
        await operator.pilot.pause()
        operator.main.journey.play_on()
        await operator.pilot.pause()
        assert operator.main.scene.snapshot.frame == len(few())
        assert "the end of what is recorded" in operator.lines[-1]


async def test_the_way_is_opened_once_and_given_back() -> None:
    opened: list[ScriptedTravel] = []
    async with at_work(few) as operator:
        make = operator.session._open_travel

        def open_travel(frame: int, failed: object) -> ScriptedTravel:
            opened.append(make(frame, failed))
            return opened[-1]

        operator.main.journey._open_travel = open_travel
        await operator.press("S", "L", "N", "L")
        assert len(opened) == 1
        assert [wish.way for wish in opened[0].wished] == [Way.STEP, Way.CHANGE]
    assert opened[0].stopped
