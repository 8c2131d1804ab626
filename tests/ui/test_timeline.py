"""Pane 3: what it shows, how one moves in it, and what it sends."""

import pytest

from tests.ui.live_show import NOW_US, SHOW, UNREACHABLE, at, poll
from tests.ui.operator import Operator, at_work
from tests.ui.scenes import WIDE
from tests.ui.scripted import OURS
from tui.core.entry import Gap, GapCause, Mark
from tui.core.lease import LeaseView
from tui.core.span import LEAST_ZOOM_US, ZOOM_US
from tui.render.view import View

FINAL = next(part for part in SHOW if part.name == "live-final-7")
STUDIO = next(part for part in SHOW if part.name == "studio-b-zh")
ON_FINAL = View(selected=FINAL.task)


def title(operator: Operator) -> str:
    return next(line for line in operator.lines if line[3:].startswith("3 Timeline"))


async def test_two_rows_on_a_small_screen() -> None:
    async with at_work(view=ON_FINAL) as operator:
        assert title(operator).startswith("── 3 Timeline 15 min  02:57Z .. 03:12Z  each col 12 s ── Exited")
        polls, happened = operator.rows(3)
        assert polls == "poll " + "." * 14 + "P" * 52 + "E" * 9
        assert happened == "pos  " + "-" * 14 + "|" + "-" * 51 + "|" + "-" * 7 + "^"


async def test_six_rows_on_a_wide_one() -> None:
    async with at_work(view=ON_FINAL, size=WIDE) as operator:
        assert "each col 6 s" in title(operator)
        assert "_ nobody looked" in title(operator)
        assert [row.split()[0] for row in operator.rows(3)] == [
            "polls", "changes", "errors", "blind", "marks", "position",
        ]  # fmt: skip
        assert operator.rows(3)[5].endswith("^")
        tasks, detail, timeline, log, _ = (pane.region for pane in operator.main.panes)
        assert (timeline.x, timeline.width) == (0, 160)
        assert (tasks.bottom, detail.bottom, timeline.bottom) == (timeline.y, timeline.y, log.y)


async def test_another_task_is_another_picture() -> None:
    async with at_work(view=ON_FINAL) as operator:
        before = operator.rows(3)
        await operator.press("j")
        assert operator.rows(3) != before
        await operator.press("k")
        assert operator.rows(3) == before


async def test_news_come_in() -> None:
    async with at_work(view=ON_FINAL) as operator:
        await operator.hear(poll(FINAL.task, 0.5, "Idle", 0))
        assert operator.rows(3)[0].endswith("EI")
        await operator.hear(poll(STUDIO.task, 0.6, UNREACHABLE, 0))
        await operator.press("3", "h", "L")
        assert operator.rows(3)[1].endswith("-^")


async def test_marks_and_gaps_are_in_the_picture() -> None:
    async with at_work(view=ON_FINAL, size=WIDE) as operator:
        await operator.hear(
            Gap(at(0.1), at(-0.1), GapCause.NETWORK), Mark(at(0.2), at(-400), 5, "check audio", "alice", FINAL.task)
        )
        assert "m check audio" in operator.rows(3)[4]
        assert operator.rows(3)[3].endswith("_")


async def test_while_nobody_polls_nobody_looks() -> None:
    async with at_work(view=ON_FINAL, lease=LeaseView()) as operator:
        operator.session.now_us = at(120)
        operator.session.wait_for("the key store is locked")
        await operator.pilot.pause()
        assert operator.rows(3)[0].endswith("E" + "_" * 10)
        assert "nobody looked" in title(operator)


async def test_zoom_nearer_and_farther() -> None:
    async with at_work(view=ON_FINAL) as operator:
        await operator.press("3", "k")
        assert "7 min 30 s" in title(operator)
        await operator.press("up", "up", "up", "up")
        assert operator.view.timeline_us == LEAST_ZOOM_US
        assert "3 Timeline 1 min  03:11:07Z .. 03:12:07Z  each col 0.8 s" in title(operator)
        await operator.press(*["j"] * 9)
        assert operator.view.timeline_us == 50 * LEAST_ZOOM_US, "all that is recorded"
        assert operator.session.now_us == NOW_US
        await operator.press("k", "down")
        assert "P" in operator.rows(3)[0]


async def test_the_zoom_is_kept() -> None:
    async with at_work(view=ON_FINAL) as operator:
        await operator.press("3", "k")
    assert operator.session.saved[-1].timeline_us == ZOOM_US // 2


async def test_the_cursor_goes_by_columns_into_the_past() -> None:
    async with at_work(view=ON_FINAL) as operator:
        await operator.press("3", "h")
        assert operator.main.journey.in_past
        assert operator.rows(3)[1].endswith("^e")
        assert at(-18) < operator.main.scene.now_us < at(-6)
        await operator.press("h", "left", "left")
        assert operator.rows(3)[1].endswith("^---e")
        await operator.press("l")
        assert operator.rows(3)[1].endswith("^--e")
        await operator.press("L")
        assert not operator.main.journey.in_past
        assert operator.rows(3)[1].endswith("-^")


async def test_the_cursor_crosses_a_time_without_entries() -> None:
    async with at_work(view=ON_FINAL) as operator:
        await operator.press("3", *["k"] * 4, *["h"] * 3)
        await operator.press("S")
        at_frame = operator.main.scene.now_us
        assert operator.rows(3)[1].count("^") == 1
        await operator.press(*["h"] * 80)
        assert operator.main.scene.now_us <= at_frame
        assert operator.rows(3)[1].count("^") == 1


async def test_the_picture_follows_who_steps_out_of_it() -> None:
    async with at_work(view=View(selected=FINAL.task, timeline_us=LEAST_ZOOM_US)) as operator:
        await operator.press("N", "N")
        assert operator.main.scene.now_us < at(-600)
        assert operator.rows(3)[1].count("^") == 1
        assert "03:00" in title(operator)


async def test_first_and_last() -> None:
    async with at_work(view=ON_FINAL) as operator:
        await operator.press("3", "g")
        assert operator.main.journey.in_past
        assert operator.rows(3)[1].startswith("pos  ")
        assert operator.rows(3)[1].count("^") == 1


async def test_a_zoomed_pane_has_all_rows_and_the_legend() -> None:
    async with at_work(view=ON_FINAL) as operator:
        await operator.press("3", "z")
        assert len([row for row in operator.rows(3) if row]) == 7
        assert operator.rows(3)[6].startswith("I idle  P in progress")


async def test_what_does_not_change_sends_nothing(wire: list[str]) -> None:
    async with at_work(view=ON_FINAL) as operator:
        await operator.pilot.pause()
        wire.clear()
        operator.main.panes[2].watch_scene(operator.main.scene)
        await operator.pilot.pause()
        assert "".join(wire) == ""


async def test_a_new_column_sends_what_differs_and_no_more(wire: list[str]) -> None:
    async with at_work(view=ON_FINAL) as operator:
        await operator.pilot.pause()
        pane = operator.main.panes[2]
        before = operator.rows(3)
        wire.clear()
        operator.session.now_us = at(6)
        operator.main._show.look(operator.main.scene.view)
        pane.scene = operator.main._show.scene
        await operator.pilot.pause()
        assert operator.rows(3) != before
        assert 0 < len("".join(wire)) < 400


@pytest.mark.parametrize("size", [(60, 16), (80, 20)])
async def test_where_there_is_no_room_it_is_shown_when_asked_for(size: tuple[int, int]) -> None:
    async with at_work(view=ON_FINAL, size=size, lease=OURS) as operator:
        assert not operator.main.panes[2].display
        await operator.press("3")
        assert operator.main.panes[2].display
        assert operator.rows(3)[0].startswith("poll")
