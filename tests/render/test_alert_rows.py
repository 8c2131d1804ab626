from hypothesis import given
from hypothesis import strategies as st

from tests.core.entries import histories, numbered
from tests.render.scenes import ARENA, QA, at, polled, seen, started, watched
from tui.core.alerts import RULES
from tui.core.entry import Ack, Entry, Gap, GapCause
from tui.core.standing import Standing, Weight, standing
from tui.core.timeline import fold
from tui.core.tuning import Setting, Tuning
from tui.core.views import Acked
from tui.render.ack_text import ack_text
from tui.render.alert_rows import alert_row, predicate_line, rule_row, tool_row
from tui.render.line import text, width

BEGIN: list[Entry] = [watched(ARENA, "arena"), watched(QA, "qa"), started(), polled(ARENA, 1, "Idle")]


def test_an_alert_says_what_of_whom_since_when_and_who_takes_care_of_it() -> None:
    snapshot = seen([*BEGIN, polled(ARENA, 400, "Idle"), Ack(at(401), "idle-long", "alice", ARENA)])
    view = snapshot.tasks[ARENA]
    said = standing(view, snapshot.tool, at(402), 1)
    assert text(alert_row(view, said, at(402), 120)).rstrip() == (
        "a idle-long    arena            06:41 03:00:01Z ack alice 03:06:41Z, Idle > 300s"
    )


def test_the_tool_says_why_it_does_not_see() -> None:
    gone: list[Entry] = [*BEGIN, Gap(at(10), at(1), GapCause.NETWORK)]
    assert text(tool_row(seen(gone).tool, at(61), 80)).rstrip() == (
        "! blind        the tool         01:00 03:00:01Z network"
    )
    acked = seen([*gone, Ack(at(60), "blind", "bob")]).tool
    assert text(tool_row(acked, at(61), 80)).rstrip() == (
        "a blind        the tool         01:00 03:00:01Z ack bob 03:01:00Z, network"
    )


def test_a_rule_says_how_it_is_set() -> None:
    assert text(rule_row("idle-long", Setting(number=300), "", 80)).rstrip() == (
        "on   idle-long    300s     Idle: no transcription goes on"
    )
    assert text(rule_row("idle-long", Setting(on=False, number=90), "12", 80)).startswith("off  idle-long    12_ ")
    assert text(rule_row("refused", Setting(), "", 80)).startswith("on   refused               the question")
    assert text(predicate_line("stale", Setting(number=30), 80)).rstrip() == "stale: data > 30s"
    assert text(predicate_line("blind", Setting(), 80)).rstrip() == "blind: of the tool as a whole, not of a task"


def test_who_acknowledged_long_ago_did_so_on_a_day() -> None:
    assert ack_text(Acked("gap", "", at(0), 2), at(86_400)) == "ack 2026-11-22 03:00:00Z"
    assert ack_text(Acked("gap", "a-name-that-never-ends", at(0), 2), at(1)) == "ack a-name-tha.. 03:00:00Z"
    assert ack_text(None, at(0)) == ""


@given(histories, st.integers(20, 200), st.sampled_from(list(RULES)), st.sampled_from(["", "7", "123456"]))
def test_every_row_has_its_width(entries: list[Entry], cells: int, rule: str, typed: str) -> None:
    snapshot = fold(numbered(entries))
    now_us = snapshot.at_us
    assert width(tool_row(snapshot.tool, now_us, cells)) == cells
    assert width(rule_row(rule, Tuning().of(rule), typed, cells)) == cells
    for view in snapshot.tasks.values():
        for said in (standing(view, snapshot.tool, now_us, 1), Standing("x", Weight.NEEDS_YOU, "y\n", 0, rule=rule)):
            assert width(alert_row(view, said, now_us, cells)) == cells
