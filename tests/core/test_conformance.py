"""The documentation as rules: every edge, and everything else that cannot be."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.entries import OTHER, ROOM, START_MS, fault, histories, numbered, poll, tasks, times_us
from tui.core.checking import findings
from tui.core.conformance import RULES, edge_rule
from tui.core.entry import Entry, Poll, Reason, Seen
from tui.core.fault import WRONG_TASK, FaultClass
from tui.core.lifecycle import Life, Verdict
from tui.core.reading import read_task
from tui.core.task import TaskRef
from tui.core.timeline import fold
from tui.core.views import TaskView

END, NETWORK = FaultClass.END, FaultClass.NETWORK
ANOTHER = fault(FaultClass.SERVICE, WRONG_TASK)


def found(*entries: Entry) -> list[tuple[int, str]]:
    """Frame and rule of each finding."""
    return [(one.frame, one.finding.rule) for one in findings(numbered(list(entries)))]


TRACES: dict[Life, list[str | FaultClass]] = {
    Life.NEW: [],
    Life.IDLE: ["Idle"],
    Life.IN_PROGRESS: ["InProgress"],
    Life.EXITED: ["Exited"],
    Life.ODD: ["Paused"],
    Life.ENDED: ["Exited", END, END],
    Life.NOT_FOUND: [END, END, END],
}
"""How a task gets there, without a finding but for the odd word."""

STEPS: dict[Life, list[str | FaultClass]] = {**TRACES, Life.ENDED: [END, END], Life.ODD: ["Odder"]}
"""How it goes there from a life."""

EDGES: dict[tuple[Life, Life], str] = {
    (Life.IN_PROGRESS, Life.IDLE): "E2",
    (Life.EXITED, Life.IDLE): "E4",
    (Life.EXITED, Life.IN_PROGRESS): "E4",
    (Life.IDLE, Life.ENDED): "E1",
    (Life.IN_PROGRESS, Life.ENDED): "E1",
    (Life.ODD, Life.ENDED): "E1",
    **{(Life.ENDED, life): "E5" for life in (Life.IDLE, Life.IN_PROGRESS, Life.EXITED, Life.ODD)},
    **{(life, Life.ODD): "E3" for life in Life if life is not Life.ENDED},
    **{(Life.ODD, life): "E3" for life in (Life.IDLE, Life.IN_PROGRESS, Life.EXITED)},
}
"""What each edge breaks; every other one breaks nothing, or cannot be seen."""


@pytest.mark.parametrize(("before", "after"), product(Life, Life))
def test_every_edge_is_told_by_its_rule(before: Life, after: Life) -> None:
    trace = [*TRACES[before], *(STEPS[after] if before is not after or after is Life.ODD else [])]
    told = found(*(poll(answer, second) for second, answer in enumerate(trace)))
    expected = [(1, "E3")] if before is Life.ODD else []
    reached = after is not Life.NEW and not (after is Life.NOT_FOUND and before is not Life.NEW)
    if reached and (before, after) in EDGES:
        expected.append((len(trace), EDGES[before, after]))
    if after is Life.NOT_FOUND and before in (Life.IDLE, Life.IN_PROGRESS, Life.ODD):
        expected.append((len(trace) - 1, "E1"))
    assert told == expected


@given(histories)
@settings(max_examples=300, deadline=None)
def test_what_the_state_machine_calls_broken_has_a_rule_and_the_other_way_round(entries: list[Entry]) -> None:
    views: dict[TaskRef, TaskView] = {}
    for entry in entries:
        if isinstance(entry, Poll):
            before = views.get(entry.task) or TaskView(entry.task, 0)
            views[entry.task], edge = read_task(1, before, entry)
            if edge is not None:
                rule = edge_rule(before.stage.life, views[entry.task].stage.life)
                assert edge.verdict is (Verdict.DOCUMENTED if rule is None else RULES[rule].verdict)


def test_an_end_says_how_closely_it_was_looked_at() -> None:
    (one,) = findings(numbered([poll("InProgress", 0), poll("InProgress", 10), poll(END, 12.5), poll(END, 13.5)]))
    assert (one.frame, one.task, one.finding.text) == (4, ROOM, "InProgress -> ENDED: no Exited seen within 4 s")
    assert (one.finding.verdict, one.finding.request_id) == (Verdict.UNDOCUMENTED, "request-13.5")


def test_an_exit_that_was_seen_is_not_missed() -> None:
    back = [poll("Exited", 0), poll("Idle", 1), poll(END, 2), poll(END, 3)]
    assert found(*back) == [(2, "E4"), (4, "E1")]
    assert [one.finding.text for one in findings(numbered(list(back)))][1] == "Idle -> ENDED"


def test_a_start_that_changes_is_told_at_each_change() -> None:
    starts = [START_MS, START_MS, START_MS - 5, START_MS - 5, START_MS]
    polls = [poll("Idle", second, start_ms=start) for second, start in enumerate(starts)]
    assert found(*polls) == [(3, "S1"), (5, "S1")]
    assert found(polls[0], poll("Idle", 1, OTHER, START_MS - 5)) == [], "another task has another start"


def test_a_start_in_the_future_is_told_once() -> None:
    later = START_MS + 60_000
    assert found(*(poll("Idle", second, start_ms=later) for second in range(9))) == [(1, "S2")]
    assert found(poll("Idle", 0), poll("Idle", 1, start_ms=later)) == [(2, "S1"), (2, "S2")]


def test_an_answer_about_another_task_is_told_once_until_it_is_right_again() -> None:
    polls = [poll("Idle", 0), poll(ANOTHER, 1), poll(ANOTHER, 2), poll("Idle", 3), poll(ANOTHER, 4)]
    assert found(*polls) == [(2, "T1"), (5, "T1")]
    (first, _) = findings(numbered(list(polls)))
    assert first.finding.verdict is Verdict.IMPOSSIBLE
    assert first.finding.text == f"the answer is about another task: {ANOTHER.message}"


def test_the_worst_of_one_answer_comes_first() -> None:
    assert found(poll("InProgress", 0), poll("Idle", 1, start_ms=START_MS - 1)) == [(2, "S1"), (2, "E2")]


def test_every_rule_can_be_broken() -> None:
    told = {rule for _, rule in found(*(poll(word, 0) for word in ("Exited", "Idle", "InProgress", "Idle", "Odd")))}
    told |= {rule for _, rule in found(poll("Idle", 0), poll(END, 1), poll(END, 2), poll("Idle", 3))}
    told |= {rule for _, rule in found(poll("Idle", 0), poll(ANOTHER, 1), poll("Idle", 2, start_ms=1 << 52))}
    assert told == set(RULES)


@given(histories)
@settings(max_examples=300, deadline=None)
def test_any_order_of_entries_is_checked(entries: list[Entry]) -> None:
    told = list(findings(numbered(entries)))
    assert [one.frame for one in told] == sorted(one.frame for one in told)
    assert all(one.finding.rule in RULES and one.finding.text for one in told)


faults = st.sampled_from([fault(END), fault(NETWORK), ANOTHER])
seen = st.builds(Seen, st.sampled_from(["Idle", "InProgress", "Exited", "Odd"]), st.sampled_from([1, 2, 1 << 52]))
polls = st.builds(Poll, tasks, times_us, st.just(1), st.just(Reason.BASE), seen | faults, st.just("request"))


@given(st.lists(polls, max_size=30))
@settings(max_examples=300, deadline=None)
def test_the_screen_shows_the_worst_of_what_is_found(entries: list[Poll]) -> None:
    journal = numbered([*entries])
    snapshot = fold(journal)
    by_task = {task: [one.finding for one in findings(journal) if one.task == task] for task in snapshot.forgotten}
    for task, told in by_task.items():
        finding = snapshot.forgotten[task].finding
        assert (finding is None) == (not told)
        if finding is not None:
            worst = min(one.verdict is not Verdict.IMPOSSIBLE for one in told)
            assert finding in told
            assert (finding.verdict is not Verdict.IMPOSSIBLE) == worst
