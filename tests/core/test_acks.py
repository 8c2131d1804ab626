"""Who takes care of an alert, until when, and what is raised again."""

import pytest
from hypothesis import given, settings

from tests.core.entries import (
    OTHER,
    ROOM,
    START_MS,
    ack,
    acks,
    at,
    forget,
    gap,
    histories,
    note,
    numbered,
    poll,
    watch,
    wish,
)
from tui.core.acks import ACKS_KEPT
from tui.core.alerts import RULES, blind_cause
from tui.core.entry import Ack, Entry, GapCause, Topic, Verb
from tui.core.fault import FaultClass
from tui.core.standing import Standing, Weight, standing
from tui.core.timeline import Snapshot, fold
from tui.core.views import Acked

END, NETWORK, OURS, SERVICE = FaultClass.END, FaultClass.NETWORK, FaultClass.OURS, FaultClass.SERVICE


def told(*entries: Entry) -> Snapshot:
    return fold(numbered([note(Topic.POLLING_STARTED), watch(), *entries]))


def stands(*entries: Entry, second: float) -> Standing:
    snapshot = told(*entries)
    return standing(snapshot.tasks[ROOM], snapshot.tool, at(second), 1)


EARLIER_MS = START_MS - 1_000_000
"""When a task started that has been going on for long."""

RAISED: dict[str, list[Entry]] = {
    "refused": [poll(OURS, 1)],
    "streak": [poll("Idle", 0), poll(SERVICE, 1), poll(SERVICE, 2)],
    "impossible": [poll("Exited", 0), poll("Idle", 1)],
    "not-found": [poll(END, 0), poll(END, 1), poll(END, 2)],
    "odd-status": [poll("Paused", 1)],
    "gap": [poll("Idle", 0), gap(GapCause.LIMITER, 0, 2, ROOM)],
    "stale": [poll("Idle", -100, start_ms=EARLIER_MS)],
    "exited-long": [poll("Exited", -100, start_ms=EARLIER_MS), poll("Exited", 2, start_ms=EARLIER_MS)],
    "idle-long": [poll("Idle", -400, start_ms=EARLIER_MS), poll("Idle", 2, start_ms=EARLIER_MS)],
    "exit-unseen": [poll("Idle", 0), poll(END, 1), poll(END, 2)],
}
"""A life for each rule of a task, at the end of which it is the worst one, at second 3."""

ENDS: dict[str, list[Entry]] = {
    "refused": [poll("Idle", 5)],
    "streak": [poll("Idle", 5)],
    "impossible": [poll("Idle", 5, start_ms=7)],
    "not-found": [poll("Idle", 5)],
    "odd-status": [poll("Odder", 5)],
    "gap": [poll("Idle", 5)],
    "stale": [poll("Idle", 5)],
    "exited-long": [poll("InProgress", 5)],
    "idle-long": [poll("InProgress", 5)],
    "exit-unseen": [poll("Idle", 5)],
}

GOES_ON: dict[str, list[Entry]] = {
    "refused": [poll(OURS, 5)],
    "streak": [poll(SERVICE, 5)],
    "impossible": [poll("Idle", 5)],
    "not-found": [poll(END, 5)],
    "odd-status": [poll("Paused", 5)],
    "gap": [gap(GapCause.LIMITER, 0, 5, ROOM)],
    "stale": [poll(SERVICE, 5)],
    "exited-long": [poll("Exited", 5)],
    "idle-long": [poll("Idle", 5)],
    "exit-unseen": [poll(END, 5)],
}


def test_every_rule_of_a_task_has_its_life() -> None:
    assert set(RAISED) == set(ENDS) == set(GOES_ON) == set(RULES) - {"blind"}


@pytest.mark.parametrize("rule", RAISED)
def test_an_alert_is_taken_care_of_and_needs_nobody_else(rule: str) -> None:
    raised = stands(*RAISED[rule], second=3)
    assert (raised.rule, raised.weight, raised.acked) == (rule, Weight.NEEDS_YOU, None)
    taken = stands(*RAISED[rule], ack(rule, 3), second=3)
    assert (taken.rule, taken.weight, taken.why) == (rule, Weight.ACKED, raised.why)
    assert taken.acked == Acked(rule, "alice", at(3), RULES[rule].severity)


@pytest.mark.parametrize("rule", RAISED)
def test_while_it_goes_on_it_stays_so(rule: str) -> None:
    snapshot = told(*RAISED[rule], ack(rule, 3), *GOES_ON[rule])
    assert [one.rule for one in snapshot.tasks[ROOM].acked] == [rule]


@pytest.mark.parametrize("rule", RAISED)
def test_what_has_ended_is_raised_again_when_it_comes_back(rule: str) -> None:
    assert not told(*RAISED[rule], ack(rule, 3), *ENDS[rule]).tasks[ROOM].acked


def test_the_same_alert_again_needs_somebody_again() -> None:
    again = [*RAISED["stale"], ack("stale", 3), poll("Idle", 5, start_ms=EARLIER_MS)]
    assert stands(*again, second=6).rule == ""
    assert stands(*again, second=16).weight is Weight.NEEDS_YOU


def test_something_worse_needs_somebody_although_the_other_is_taken() -> None:
    idle = [*RAISED["idle-long"], ack("idle-long", 3)]
    worse = [*idle, gap(GapCause.LIMITER, 2, 4, ROOM)]
    assert stands(*idle, second=4).weight is Weight.ACKED
    assert (stands(*worse, second=5).rule, stands(*worse, second=5).weight) == ("gap", Weight.NEEDS_YOU)
    over = [*worse, ack("gap", 5), poll("Idle", 6, start_ms=EARLIER_MS)]
    assert stands(*worse, ack("gap", 5), second=6).weight is Weight.ACKED
    assert (stands(*over, second=7).rule, stands(*over, second=7).weight) == ("idle-long", Weight.ACKED)


def test_something_no_worse_of_the_same_trouble_needs_nobody_else() -> None:
    stale = [*RAISED["stale"], ack("stale", 3), gap(GapCause.LIMITER, 0, 4, ROOM)]
    assert (stands(*stale, second=5).rule, stands(*stale, second=5).weight) == ("gap", Weight.ACKED)


def test_what_was_impossible_once_hides_nothing_that_comes_later() -> None:
    seen = [*RAISED["impossible"], ack("impossible", 3)]
    assert stands(*seen, second=3).weight is Weight.ACKED
    assert stands(*seen, second=3).until_us < at(20)
    later = stands(*seen, second=20)
    assert (later.rule, later.weight) == ("stale", Weight.NEEDS_YOU)
    assert stands(*seen, ack("stale", 20), second=21).weight is Weight.ACKED


def test_a_task_that_is_forgotten_is_nobodys_care() -> None:
    assert not told(*RAISED["idle-long"], ack("idle-long", 3), forget(second=4), watch(second=5)).tasks[ROOM].acked


def test_holding_a_task_is_not_its_end() -> None:
    assert told(*RAISED["stale"], ack("stale", 3), wish(Verb.HOLD, 4)).tasks[ROOM].acked


def test_who_acknowledges_again_takes_over() -> None:
    both = told(*RAISED["idle-long"], ack("idle-long", 3), ack("idle-long", 4, operator="bob"))
    assert [one.operator for one in both.tasks[ROOM].acked] == ["bob"]


def test_only_so_many_are_kept() -> None:
    many = told(*RAISED["idle-long"], *(ack(f"rule {number}", 3) for number in range(20)))
    assert len(many.tasks[ROOM].acked) == ACKS_KEPT


def test_an_alert_of_another_version_is_kept_until_the_word_changes() -> None:
    view = told(poll("Idle", 0), ack("of another version", 1)).tasks[ROOM]
    assert view.acked == (Acked("of another version", "alice", at(1), 0),)
    assert not told(poll("Idle", 0), ack("of another version", 1), poll("InProgress", 2)).tasks[ROOM].acked


TOOL = ack("blind", 5, None)
OUTAGE: list[Entry] = [watch(OTHER), poll("Idle", 0), poll("Idle", 0, OTHER), *(poll(NETWORK, n) for n in (1, 2, 3))]


def test_one_alert_of_the_tool_is_taken_care_of_until_it_sees_again() -> None:
    assert told(*OUTAGE).tool.acked is None
    assert told(*OUTAGE, TOOL).tool.acked == Acked("blind", "alice", at(5), 3)
    assert told(*OUTAGE, TOOL, poll(NETWORK, 6), gap(GapCause.NETWORK, 0, 7)).tool.acked is not None
    assert told(*OUTAGE, TOOL, poll("Idle", 6)).tool.acked is None


def test_another_reason_of_blindness_is_another_alert() -> None:
    assert told(*OUTAGE, TOOL, poll(FaultClass.AUTH, 6)).tool.acked is None


def test_a_gap_and_the_failures_that_make_it_are_one_alert() -> None:
    gap_first: list[Entry] = [poll("Idle", 0), poll(NETWORK, 1), gap(GapCause.NETWORK, 0, 3), ack("blind", 4, None)]
    assert told(*gap_first, poll(NETWORK, 5), poll(NETWORK, 6)).tool.acked is not None
    limited: list[Entry] = [poll("Idle", 0), gap(GapCause.LIMITER, 0, 3), ack("blind", 4, None)]
    assert told(*limited, poll(FaultClass.THROTTLED, 5)).tool.acked is not None


def test_who_acknowledges_what_has_ended_acknowledges_nothing() -> None:
    assert told(*OUTAGE, poll("Idle", 4), TOOL).tool.acked is None


def test_nobody_polling_is_an_alert_until_somebody_does() -> None:
    stopped: list[Entry] = [poll("Idle", 0), note(Topic.POLLING_STOPPED, 1), TOOL]
    assert told(*stopped).tool.acked is not None
    assert told(*stopped, note(Topic.POLLING_STARTED, 6)).tool.acked is None


@given(histories, acks)
@settings(max_examples=300)
def test_whatever_happened_an_alert_can_be_taken_care_of(entries: list[Entry], one: Ack) -> None:
    before = fold(numbered(entries))
    after = fold([(before.frame + 1, one)], before)
    assert all(after.tasks[task] == view for task, view in before.tasks.items() if task != one.task)
    if one.task is None:
        assert bool(after.tool.acked) == bool(blind_cause(before.tool))
    elif one.task in before.tasks:
        assert after.tasks[one.task].acked[-1].rule == one.rule
