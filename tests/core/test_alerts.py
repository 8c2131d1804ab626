"""Every alert rule says in the one language what it does, and a task's reason is the first rule that holds."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.core.entries import ROOM, SECOND_US, START_US, gap, histories, note, numbered, poll, watch, wish
from tui.core.alerts import CONDITIONS, RULES, Rule, severity
from tui.core.entry import Ack, Entry, GapCause, Topic, Verb
from tui.core.facts import facts_of
from tui.core.fault import FaultClass
from tui.core.predicate import compile_predicate
from tui.core.standing import RATE_PER_S, Weight, standing
from tui.core.timeline import fold
from tui.core.tuning import LEAST, Tuning

NETWORK, SERVICE, OURS, END = FaultClass.NETWORK, FaultClass.SERVICE, FaultClass.OURS, FaultClass.END

OF_TASKS = [rule for rule in RULES.values() if rule.predicate]
BEGINNING: list[Entry] = [note(Topic.POLLING_STARTED), watch()]

LIVES: list[list[Entry]] = [
    [poll("Idle", 0), poll(SERVICE, 1), poll(NETWORK, 2), poll(NETWORK, 3)],
    [poll("Idle", 0), *(poll(NETWORK, n) for n in range(1, 9))],
    [poll("Exited", 0), poll("Idle", 1), gap(GapCause.LIMITER, 1, 3, ROOM)],
    [poll("Idle", 0), poll(END, 1), poll(END, 2)],
    [poll("Exited", 0), poll(END, 1), wish(Verb.HOLD, 2), gap(GapCause.HELD, 2, 2, ROOM)],
    [poll(END, 0), poll(END, 1), poll(END, 2), gap(GapCause.DROPPED, 3)],
    [poll("Paused", 0), poll(OURS, 1)],
]

numbers = st.integers(1, 400)
seconds = st.integers(0, 500) | st.integers(0, 100_000)


def test_only_what_is_about_the_tool_alone_has_no_predicate() -> None:
    assert [rule.id for rule in RULES.values() if not rule.predicate] == ["blind"]
    assert set(CONDITIONS) == set(RULES)


def test_what_is_worse_is_asked_first() -> None:
    assert [rule.severity for rule in RULES.values()] == sorted(
        (rule.severity for rule in RULES.values()), reverse=True
    )
    assert severity("of another version") == 0


@pytest.mark.parametrize("rule", OF_TASKS, ids=lambda rule: rule.id)
@given(histories | st.sampled_from(LIVES), st.none() | seconds, numbers)
@settings(max_examples=150, deadline=None)
def test_a_rule_does_what_its_predicate_says(rule: Rule, entries: list[Entry], second: int | None, number: int) -> None:
    snapshot = fold(numbered([*BEGINNING, *entries]))
    number = max(LEAST[rule.unit], number) if rule.unit else 0
    tuning = Tuning().count(rule.id, number)
    predicate = compile_predicate(tuning.predicate(rule.id))
    for view in (*snapshot.tasks.values(), *snapshot.forgotten.values()):
        # At the very moment, where <= and < differ, or at any other.
        now_us = view.since_us + number * SECOND_US if second is None else START_US + second * SECOND_US
        facts = facts_of(view, snapshot.tool, now_us)
        assert CONDITIONS[rule.id](view, snapshot.tool, now_us, number) == predicate.holds(facts)


@given(histories | st.sampled_from(LIVES), seconds, st.integers(1, 100), st.sets(st.sampled_from(OF_TASKS)))
@example(LIVES[2], 9, 1, set())
@settings(max_examples=400, deadline=None)
def test_the_reason_of_a_task_is_the_first_rule_that_holds(
    entries: list[Entry], second: int, tasks: int, off: set[Rule]
) -> None:
    snapshot = fold(numbered([*BEGINNING, *(entry for entry in entries if not isinstance(entry, Ack))]))
    tuning, now_us = Tuning(), START_US + second * SECOND_US
    for rule in off:
        tuning = tuning.switch(rule.id)
    for view in (*snapshot.tasks.values(), *snapshot.forgotten.values()):
        said = standing(view, snapshot.tool, now_us, tasks, tuning.limits())
        patience_s = max(tuning.of("stale").number, 3 * tasks // RATE_PER_S)
        holding = [
            rule.id
            for rule in RULES.values()
            if CONDITIONS[rule.id](
                view, snapshot.tool, now_us, patience_s if rule.id == "stale" else tuning.of(rule.id).number
            )
        ]
        first = next((rule for rule in holding if rule not in tuning.limits().off), "")
        if said.rule not in ("", "blind"):
            assert first in (said.rule, "blind"), "nothing worse is passed over, but a tool that sees again soon"
            assert said.weight is Weight.NEEDS_YOU
        elif said.weight is Weight.QUIET:
            assert first in ("", "blind"), "a quiet task has no reason of its own"
