"""Alerts and marks as an operator meets them."""

import pytest

from tests.ui.live_show import SHOW, poll
from tests.ui.operator import at_work
from tests.ui.scenes import first_start, unreachable
from tui.core.tuning import Tuning
from tui.render.view import View

pytestmark = pytest.mark.usefixtures("short_waits")

EXITED_TASK = "live-final-7"
PART = {part.name: part for part in SHOW}


async def test_a_takes_care_of_the_worst_and_then_of_the_next() -> None:
    async with at_work() as operator:
        assert operator.lines[2].startswith("!! 4 of 38 need you: live-final-7 Exited > 60s")
        await operator.press("a")
        assert [(one.rule, one.task) for one in operator.session.acked] == [("exited-long", PART[EXITED_TASK].task)]
        assert operator.lines[2].startswith("!! 3 of 38 need you, 1 acked: qa-3 GAP")
        assert operator.lines[-1] == "exited-long of live-final-7 is yours; raised again when it gets worse or comes b"
        assert operator.names.index(EXITED_TASK) == 3, "below those that nobody takes care of"
        await operator.press("a", "a", "a")
        assert [one.rule for one in operator.session.acked] == ["exited-long", "stale", "idle-long", "exit-unseen"]
        assert operator.lines[2].startswith("4 acked: live-final-7 Exited > 60s, ack alice 03:12:07Z.")
        await operator.press("a")
        assert len(operator.session.acked) == 4
        assert operator.lines[-1] == "exited-long of live-final-7: alice takes care of it already"


async def test_a_takes_care_of_the_task_the_cursor_was_put_on() -> None:
    async with at_work(view=View(selected=PART[EXITED_TASK].task)) as operator:
        await operator.press("a")
        assert [(one.rule, one.task) for one in operator.session.acked] == [("exited-long", PART[EXITED_TASK].task)]
        assert "ack alice 03:12:07Z, Exited > 60s" in operator.text


async def test_what_gets_worse_needs_somebody_again() -> None:
    async with at_work(view=View(selected=PART[EXITED_TASK].task)) as operator:
        await operator.press("a")
        await operator.hear(poll(PART[EXITED_TASK].task, 0, "Idle", 0))
        assert operator.lines[2].startswith("!! 4 of 38 need you: live-final-7 impossible")


async def test_one_alert_of_the_tool_for_all_tasks_that_cannot_be_seen() -> None:
    async with at_work(unreachable) as operator:
        assert operator.lines[2].startswith("!! TOOL blind")
        await operator.press("a")
        assert [(one.rule, one.task) for one in operator.session.acked] == [("blind", None)]
        assert operator.lines[2].startswith("!! 1 of 38 need you: rehearsal-2 exit unseen"), "what else there is"
        await operator.press("a")
        assert operator.lines[2].startswith("ack alice 03:12:07Z, TOOL blind")


async def test_a_cursor_on_a_task_that_cannot_be_seen_is_on_the_alert_of_the_tool() -> None:
    async with at_work(unreachable, view=View(selected=PART["arena-b-en"].task)) as operator:
        await operator.press("a")
        assert [one.rule for one in operator.session.acked] == ["blind"]


async def test_the_list_tells_what_is_raised_and_leads_there() -> None:
    async with at_work() as operator:
        await operator.press("a", "exclamation_mark")
        text = operator.text
        assert "! idle-long    spare-1          09:02 03:03:05Z Idle > 300s" in text
        assert "a exited-long  live-final-7     01:35 03:10:32Z ack alice" in text
        assert "on   idle-long    300s     Idle: no transcription goes on" in text
        assert "stale: data > 10s" in text
        await operator.press("down", "down", "down", "enter")
        assert not operator.in_dialog
        assert operator.selected == EXITED_TASK


async def test_a_rule_is_switched_off_and_on_again() -> None:
    async with at_work() as operator:
        await operator.press("exclamation_mark", *["down"] * 100, "space", "escape")
        assert operator.lines[2].startswith("!! 3 of 38 need you")
        assert operator.session.tuned[-1].texts() == {"exit-unseen": "off"}
        await operator.press("exclamation_mark", *["down"] * 100, "space")
        assert operator.session.tuned[-1].texts() == {}


async def test_another_number_is_typed_or_counted_to() -> None:
    async with at_work() as operator:
        await operator.press("exclamation_mark", *["down"] * 100, "up", *"900")
        assert "on   idle-long    900_" in operator.text
        await operator.press("backspace", "escape")
        assert operator.in_dialog, "what was typed is taken back first"
        assert "on   idle-long    300s" in operator.text
        await operator.press(*"900", "enter")
        assert "idle-long: status == Idle & in_state > 900s" in operator.text
        assert "! idle-long" not in operator.text
        await operator.press("plus", "minus", "minus")
        assert operator.session.tuned[-1] == Tuning().count("idle-long", 840)


async def test_what_the_tool_cannot_see_is_told_whoever_wants_it() -> None:
    async with at_work(unreachable) as operator:
        await operator.press("exclamation_mark", "space", "escape")
        assert operator.lines[2].startswith("!! TOOL blind")
        assert "blind cannot be switched off" in operator.lines[-1]


async def test_a_number_for_the_rule_of_an_alert_goes_to_the_rule() -> None:
    async with at_work() as operator:
        await operator.press("exclamation_mark", *"20", "enter")
        assert operator.session.tuned[-1].texts() == {"exited-long": "20s"}


async def test_a_moment_is_marked_with_a_note_or_without() -> None:
    async with at_work(view=View(selected=PART[EXITED_TASK].task)) as operator:
        frame, at_us = operator.main.scene.snapshot.frame, operator.main.scene.snapshot.at_us
        await operator.press("m", *"check audio", "enter")
        await operator.press("m", "enter")
        first, second = operator.session.marked
        assert (first.frame, first.moment_us, first.note) == (frame, at_us, "check audio")
        assert (first.task, first.operator) == (PART[EXITED_TASK].task, "alice")
        assert (second.frame, second.note) == (frame + 1, "")
        assert f'mark  live-final-7 "check audio" frame {frame} by alice' in operator.text
        await operator.press("m", *"no", "escape")
        assert len(operator.session.marked) == 2


async def test_where_nothing_is_raised_nothing_is_acknowledged() -> None:
    async with at_work(first_start) as operator:
        await operator.press("a")
        assert not operator.session.acked
        assert operator.lines[-1] == "nothing needs you"
        await operator.press("exclamation_mark")
        assert "nothing is raised; rules" in operator.text
