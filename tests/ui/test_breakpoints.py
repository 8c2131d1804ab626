"""The editor of breakpoints, what hits do, and the keys that lead to both."""

import asyncio
from collections.abc import Callable

import pytest

from tests.ui.live_show import INTERNAL, SHOW, at, poll
from tests.ui.operator import Operator, at_work
from tests.ui.scenes import WIDE, first_start
from tui.core.breakpoint import Action, Breakpoint, Breaks, Watch
from tui.core.entry import Verb
from tui.core.predicate import warm_up
from tui.render.view import View

WORST = SHOW[0]
QUIET = next(part for part in SHOW if part.name == "press-room")


@pytest.fixture(autouse=True, scope="module")
def predicates_are_loaded() -> None:
    warm_up()


def having(*some: Breakpoint | Watch) -> Breaks:
    breakpoints = tuple(one for one in some if isinstance(one, Breakpoint))
    return Breaks(breakpoints, tuple(one for one in some if isinstance(one, Watch)))


async def until(operator: Operator, told: Callable[[], bool]) -> None:
    """Wait for threads of the screen."""
    for _ in range(200):
        if told():
            return
        await asyncio.sleep(0.02)  # pilot.pause asks every widget, also one that goes away before it can answer
    raise AssertionError(operator.text)


def read(operator: Operator) -> str:
    """The words on the screen, wherever lines are broken."""
    return " ".join(operator.text.replace("│", " ").split())


async def edit(operator: Operator, *keys: str) -> None:
    """Open the editor, and type."""
    await operator.press("B")
    await until(operator, lambda: "Breakpoints and watches" in operator.text and "loaded" not in operator.text)
    await operator.press(*keys)


async def guarded(operator: Operator, *some: Breakpoint | Watch) -> None:
    """These are set and looked for."""
    before = operator.session._guard
    operator.main.stops.change(having(*some))
    await until(operator, lambda: operator.session._guard is not before)


async def test_b_opens_the_editor_and_escape_closes_it() -> None:
    async with at_work() as operator:
        await edit(operator)
        await until(operator, lambda: "Breakpoints and watches   0 of 0 on" in operator.text)
        await until(operator, lambda: "n makes one" in operator.text)
        await operator.press("escape")
        await until(operator, lambda: not operator.in_dialog)


@pytest.mark.parametrize("size", [(80, 24), WIDE])
async def test_all_of_it_is_in_sight(size: tuple[int, int]) -> None:
    async with at_work(size=size) as operator:
        operator.main.stops.change(having(*(Breakpoint(number, "illegal") for number in range(1, 9))))
        await edit(operator)
        for part in (
            "8 of 8 on",
            "do hits last",
            "When",
            "Scope",
            "Ignore",
            "Expires",
            "Note",
            "6 illegal",
            "Esc Close",
        ):
            await until(operator, lambda part=part: part in read(operator))  # type: ignore[misc]


async def test_a_new_one_is_typed_and_kept() -> None:
    async with at_work() as operator:
        await edit(operator, "n", *"status==Exited", "tab", "tab", *"bell", "enter")
        await until(operator, lambda: bool(operator.session.kept))
        (one,) = operator.session.kept[-1].breakpoints
        assert (one.number, one.when, one.scope, one.actions) == (1, "status==Exited", "*", (Action.BELL,)), one
        await until(operator, lambda: "saved" in operator.text)
        await until(operator, lambda: bool(operator.session._guard._posts))


async def test_a_mistake_is_told_while_typing_with_its_place_and_the_nearest_word() -> None:
    async with at_work() as operator:
        await edit(operator, "n")
        await until(operator, lambda: "When: a predicate" in operator.text)
        await operator.press(*"edge & statsu == Idle")
        await until(operator, lambda: "column 8: there is no word statsu; did you mean status?" in operator.text)
        await operator.press("enter")
        assert not operator.session.kept
        await until(operator, lambda: "column 8" in operator.text)


async def test_it_is_told_for_whom_it_is_true_and_how_often_it_would_have_hit() -> None:
    async with at_work() as operator:
        await edit(operator, "n", *"status == Exited")
        await until(operator, lambda: "In this recording: 3 hits of 3 tasks" in read(operator))
        await until(operator, lambda: "38 in scope. Now true for: live-final-7, studio-b-zh." in read(operator))


async def test_another_threshold_is_tried_at_once() -> None:
    async with at_work() as operator:
        operator.main.stops.change(having(Breakpoint(1, "status == Exited & in_state > 9s", "live-*")))
        await edit(operator, "enter")
        await until(operator, lambda: "In this recording: 1 hit," in read(operator))
        await operator.press("end", "backspace", *"99s")
        await until(operator, lambda: "In this recording: 0 hits." in read(operator))


async def test_enter_on_the_result_goes_to_the_newest_hit() -> None:
    async with at_work() as operator:
        operator.main.stops.change(having(Breakpoint(1, "status == Exited", "live-*")))
        await edit(operator, "t")
        await until(operator, lambda: "1 hit, newest 03:10:3" in read(operator))
        await operator.press("enter")
        await until(operator, lambda: not operator.in_dialog)
        await until(operator, lambda: operator.main.journey.in_past and operator.main.scene.entry is not None)
        await until(operator, lambda: operator.selected == WORST.name)
        await until(operator, lambda: operator.main.scene.snapshot.tasks[WORST.task].edge == "InProgress->Exited")


async def test_space_switches_and_nothing_else_is_changed() -> None:
    async with at_work() as operator:
        some = (Breakpoint(1, "illegal"), Breakpoint(2, "ended", on=False))
        operator.main.stops.change(having(*some))
        await edit(operator, "j", "space")
        await until(operator, lambda: [one.on for one in operator.session.kept[-1].breakpoints] == [True, True])
        await operator.press("k", "space")
        await until(operator, lambda: [one.on for one in operator.session.kept[-1].breakpoints] == [False, True])
        await until(operator, lambda: "1 of 2 on" in operator.text)


async def test_what_is_deleted_can_be_brought_back() -> None:
    async with at_work() as operator:
        operator.main.stops.change(having(Breakpoint(1, "illegal"), Watch("rtt")))
        await edit(operator, "delete")
        await until(operator, lambda: "deleted; U brings it back" in operator.text)
        await until(operator, lambda: operator.session.kept[-1] == having(Watch("rtt")))
        await operator.press("U")
        await until(operator, lambda: operator.session.kept[-1] == having(Breakpoint(1, "illegal"), Watch("rtt")))


async def test_escape_leaves_the_form_without_saving() -> None:
    async with at_work() as operator:
        operator.main.stops.change(having(Breakpoint(1, "illegal")))
        kept = len(operator.session.kept)
        await edit(operator, "enter", *" | ended", "escape")
        await until(operator, lambda: operator.in_dialog)
        await operator.press("escape")
        await until(operator, lambda: not operator.in_dialog)
        await until(operator, lambda: len(operator.session.kept) == kept)


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        (("tab", "tab", *"jump"), "nothing does"),
        (("tab", "tab", "tab", *"x"), "is no number of hits to ignore"),
        (("tab", "tab", "tab", "tab", *"soon"), "is no time"),
    ],
)
async def test_other_fields_are_checked_too(keys: tuple[str, ...], told: str) -> None:
    async with at_work() as operator:
        await edit(operator, "n", *"illegal", *keys)
        await until(operator, lambda: told in operator.text)
        await operator.press("enter")
        assert not operator.session.kept


async def test_a_ready_made_one_is_one_key_away() -> None:
    async with at_work() as operator:
        await edit(operator, "4", "enter")
        await until(operator, lambda: bool(operator.session.kept))
        (one,) = operator.session.kept[-1].breakpoints
        assert (one.when, one.actions) == ("status == Idle & in_state > 60s", (Action.MARK, Action.BELL))


async def test_b_offers_what_the_cursor_is_on() -> None:
    async with at_work(view=View(selected=WORST.task)) as operator:
        await operator.press("b", "enter")
        await until(operator, lambda: bool(operator.session.kept))
        (one,) = operator.session.kept[-1].breakpoints
        assert (one.when, one.scope) == ("edge == InProgress->Exited", "live-final-7")


async def test_without_a_task_b_says_so() -> None:
    async with at_work(first_start) as operator:
        await operator.press("b")
        await until(operator, lambda: not operator.in_dialog)
        await until(operator, lambda: "no task is selected" in operator.lines[-1])


async def test_a_hit_stops_the_view_at_its_frame() -> None:
    async with at_work() as operator:
        await guarded(operator, Breakpoint(1, "status == Exited", "press-*", (Action.STOP,)))
        await operator.hear(poll(QUIET.task, 0.2, "Exited", at(-900) // 1000), poll(QUIET.task, 0.4, INTERNAL, 0))
        frame = len(operator.session.entries) - 1
        await until(operator, lambda: operator.main.scene.entry is not None)
        await until(operator, lambda: operator.main.scene.snapshot.frame == frame)
        await until(operator, lambda: operator.selected == "press-room")
        await until(operator, lambda: operator.main.stops.tallies[1].hits == 1)


async def test_what_a_hit_does_beside() -> None:
    async with at_work() as operator:
        rung: list[None] = []
        operator.app.bell = lambda: rung.append(None)  # type: ignore[method-assign]
        does = (Action.HOLD, Action.MARK, Action.BELL, Action.LOG)
        await guarded(operator, Breakpoint(3, "status == Exited", "press-*", does, note="audio?"))
        await operator.hear(poll(QUIET.task, 0.2, "Exited", at(-900) // 1000))
        text = "BP#3 status == Exited  hit 1  press-room  (audio?)"
        await until(operator, lambda: text in operator.lines[-1])
        await until(operator, lambda: operator.session.logged == [text])
        await until(
            operator, lambda: [(mark.note, mark.task) for mark in operator.session.marked] == [(text, QUIET.task)]
        )
        await until(operator, lambda: [asked.verb for asked in operator.session.asked] == [Verb.HOLD])
        await until(operator, lambda: len(rung) == 1)
        assert not operator.main.journey.in_past


async def test_what_is_to_be_ignored_is_counted_and_once_is_once() -> None:
    async with at_work() as operator:
        await guarded(operator, Breakpoint(1, "status == Exited", "press-*", (Action.LOG,), ignore=1, once=True))
        for number, word in enumerate(("Exited", "Idle", "Exited", "Idle", "Exited")):
            await operator.hear(poll(QUIET.task, 0.1 * number, word, at(-900) // 1000))
        await until(operator, lambda: [text.split("  ")[1] for text in operator.session.logged] == ["hit 2"])
        await until(operator, lambda: operator.main.stops.tallies[1].hits == 2)
        assert not operator.session.kept[-1].breakpoints[0].on


async def test_one_bell_for_many_hits() -> None:
    async with at_work() as operator:
        rung: list[None] = []
        operator.app.bell = lambda: rung.append(None)  # type: ignore[method-assign]
        await guarded(operator, Breakpoint(1, "status == Exited", actions=(Action.BELL,)))
        parts = [part for part in SHOW if part.name.startswith("arena-main")]
        await operator.hear(*(poll(part.task, 0.3, "Exited", at(-900) // 1000) for part in parts))
        await until(operator, lambda: operator.main.stops.tallies[1].hits == len(parts))
        await until(operator, lambda: len(rung) == 1)


async def test_what_was_kept_is_looked_for_from_the_start_and_what_is_wrong_with_it_is_said() -> None:
    async with at_work() as operator:
        operator.session.breaks = having(Breakpoint(1, "no such word"), Breakpoint(2, "statsu == Idle"))
        operator.session.complaint = "the file is damaged"
        operator.main.stops.start()
        await until(operator, lambda: set(operator.main.stops.mistakes) == {2})
        await until(operator, lambda: "the file is damaged" in operator.lines[-1])
        await edit(operator)
        await until(operator, lambda: "ERR" in operator.text)


async def test_w_adds_a_watch_expression_with_its_value() -> None:
    async with at_work() as operator:
        await operator.press("w", *"polls +")
        await until(operator, lambda: "column" in operator.text)
        await operator.press("backspace", "backspace")
        await until(operator, lambda: "now " in operator.text)
        await operator.press("enter")
        await until(operator, lambda: operator.session.kept[-1] == having(Watch("polls")))


async def test_a_watch_expression_stops_the_view_when_it_changes() -> None:
    async with at_work(view=View(selected=WORST.task)) as operator:
        await guarded(operator, Watch("status", stops=True))
        await operator.hear(poll(WORST.task, 0.1, "Exited", at(-724) // 1000))
        assert not operator.main.paused
        await operator.hear(poll(WORST.task, 0.3, "Idle", at(-724) // 1000))
        await until(operator, lambda: operator.main.paused)
        await until(operator, lambda: "status: Exited -> Idle" in operator.lines[-1])


async def test_c_says_when_nothing_is_set_and_runs_otherwise() -> None:
    async with at_work() as operator:
        await operator.press("c")
        await until(operator, lambda: "no breakpoint is on" in operator.lines[-1])
        await guarded(operator, Breakpoint(1, "illegal"))
        await operator.press("space", "c")
        assert not operator.main.paused
        await until(operator, lambda: "running until one of 1 breakpoints hits" in operator.lines[-1])
