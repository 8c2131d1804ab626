"""When it is a gap that nobody looks: the bookkeeping against one that remembers everything and reckons anew."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from tui.core.gaps import GAP_AFTER_US, STALE_US, Lookout, planned_us
from tui.core.task import TaskRef

SECOND_US = 1_000_000
PLANNED_US = 10 * SECOND_US


def task(number: int) -> TaskRef:
    return TaskRef("ap-guangzhou", 1400000001, f"room-{number}")


A, B, C = (task(number) for number in range(3))


def watching(*tasks: TaskRef, now_us: int = 0) -> Lookout:
    lookout = Lookout()
    for one in tasks:
        lookout.watch(one, now_us)
    return lookout


def test_nobody_needs_to_look_where_nothing_is_watched() -> None:
    lookout = Lookout()
    assert lookout.overdue(10**12) is None
    lookout.looked(A, 5)
    assert lookout.overdue(10**12) is None
    assert lookout.overdue_tasks(10**12, 0) == []


def test_a_look_is_overdue_when_nobody_looked_at_anything() -> None:
    lookout = watching(A, B)
    lookout.looked(A, SECOND_US)
    assert lookout.overdue(SECOND_US + GAP_AFTER_US) is None
    assert lookout.overdue(SECOND_US + GAP_AFTER_US + 1) == SECOND_US
    lookout.looked(B, 9 * SECOND_US)
    assert lookout.overdue(9 * SECOND_US) is None


def test_an_answer_about_any_task_is_a_sight() -> None:
    lookout = watching(A)
    lookout.looked(C, 9 * SECOND_US)
    assert lookout.overdue(10 * SECOND_US) is None


def test_watching_begins_to_count_when_there_is_something_to_watch() -> None:
    lookout = watching(A)
    lookout.drop(A)
    assert lookout.overdue(100 * SECOND_US) is None
    lookout.watch(B, 100 * SECOND_US)
    assert lookout.overdue(101 * SECOND_US) is None
    lookout.watch(C, 103 * SECOND_US)
    assert lookout.overdue(103 * SECOND_US) == 100 * SECOND_US, "another task does not make up for it"


def test_a_rest_that_was_planned_is_no_gap() -> None:
    lookout = watching(A)
    lookout.looked(A, 0, rest_us=30 * SECOND_US)
    assert lookout.overdue(32 * SECOND_US) is None
    assert lookout.overdue(33 * SECOND_US) == 0
    assert lookout.overdue_tasks(40 * SECOND_US, PLANNED_US) == []
    assert lookout.overdue_tasks(41 * SECOND_US, PLANNED_US) == [(A, 0)]


def test_who_rests_excuses_nobody_else() -> None:
    lookout = watching(A, B)
    lookout.looked(A, 0, rest_us=30 * SECOND_US)
    assert lookout.overdue(3 * SECOND_US) == 0


def test_a_task_nobody_looked_at_is_told_once_until_somebody_does() -> None:
    lookout = watching(A, B)
    lookout.looked(A, SECOND_US)
    lookout.looked(B, 2 * SECOND_US)
    assert lookout.overdue_tasks(SECOND_US + PLANNED_US, PLANNED_US) == []
    assert lookout.overdue_tasks(SECOND_US + PLANNED_US + 1, PLANNED_US) == [(A, SECOND_US)]
    assert lookout.overdue_tasks(60 * SECOND_US, PLANNED_US) == [(B, 2 * SECOND_US)]
    assert lookout.overdue_tasks(99 * SECOND_US, PLANNED_US) == []
    lookout.looked(A, 100 * SECOND_US)
    assert lookout.overdue_tasks(111 * SECOND_US, PLANNED_US) == [(A, 100 * SECOND_US)]


def test_who_is_dropped_is_not_told() -> None:
    lookout = watching(A, B)
    lookout.drop(A)
    lookout.drop(C)
    assert lookout.overdue_tasks(60 * SECOND_US, PLANNED_US) == [(B, 0)]
    lookout.drop(B)
    lookout.watch(B, 61 * SECOND_US)
    assert lookout.overdue_tasks(70 * SECOND_US, PLANNED_US) == []


def test_watching_twice_is_watching_once() -> None:
    lookout = watching(A)
    lookout.watch(A, 50 * SECOND_US)
    assert lookout.overdue_tasks(60 * SECOND_US, PLANNED_US) == [(A, 0)]
    assert len(lookout) == 1


def test_a_gap_of_all_is_no_gap_of_each() -> None:
    tasks = [task(number) for number in range(1_000)]
    lookout = watching(*tasks)
    for one in tasks:
        lookout.looked(one, 5 * SECOND_US)
    began, ended = 5 * SECOND_US, 605 * SECOND_US
    lookout.excuse(began, ended)
    lookout.looked(tasks[0], ended + 1)
    assert lookout.overdue_tasks(ended + PLANNED_US, PLANNED_US) == []
    late = lookout.overdue_tasks(ended + PLANNED_US + 1, PLANNED_US)
    assert late == [(one, began) for one in tasks[1:]], "nobody saw them since before the gap"


def test_time_before_and_after_a_gap_of_all_counts() -> None:
    lookout = watching(A, B)
    lookout.looked(A, SECOND_US)
    lookout.looked(B, 7 * SECOND_US)
    lookout.excuse(7 * SECOND_US, 107 * SECOND_US)
    assert lookout.overdue_tasks(111 * SECOND_US, PLANNED_US) == []
    assert lookout.overdue_tasks(112 * SECOND_US, PLANNED_US) == [(A, SECOND_US)]


@pytest.mark.parametrize(
    ("alive", "expected"), [(0, STALE_US), (1, STALE_US), (60, STALE_US), (1_800, 300 * SECOND_US)]
)
def test_the_more_tasks_share_the_budget_the_older_data_may_get(alive: int, expected: int) -> None:
    assert planned_us(alive, 18.0) == expected


@dataclass
class Ledger:
    """What a Lookout does, in O(n) each."""

    due: dict[TaskRef, int] = field(default_factory=dict)
    seen: dict[TaskRef, int] = field(default_factory=dict)
    told: set[TaskRef] = field(default_factory=set)
    seen_us: int = 0

    def overdue(self, now_us: int) -> int | None:
        waiting = not self.told and self.due and min(self.due.values())
        late = min(now_us - self.seen_us, now_us - (waiting or self.seen_us)) > GAP_AFTER_US
        return self.seen_us if self.due and late else None

    def overdue_tasks(self, now_us: int, planned_us: int) -> set[tuple[TaskRef, int]]:
        late = {one for one, due_us in self.due.items() if due_us < now_us - planned_us} - self.told
        self.told |= late
        return {(one, self.seen[one]) for one in late}


some_task = st.integers(0, 7).map(task)


class Looks(RuleBasedStateMachine):
    """Any calls in any order, at a clock that runs."""

    def __init__(self) -> None:
        super().__init__()
        self.now_us = 1
        self.lookout = Lookout()
        self.ledger = Ledger()

    @rule(pause_us=st.integers(0, 4 * SECOND_US))
    def time_passes(self, pause_us: int) -> None:
        self.now_us += pause_us

    @rule(one=some_task)
    def watch(self, one: TaskRef) -> None:
        self.lookout.watch(one, self.now_us)
        if not self.ledger.due:
            self.ledger.seen_us = self.now_us
        if one not in self.ledger.due:
            self.ledger.due[one] = self.ledger.seen[one] = self.now_us

    @rule(one=some_task)
    def drop(self, one: TaskRef) -> None:
        self.lookout.drop(one)
        self.ledger.due.pop(one, None)
        self.ledger.told.discard(one)

    @rule(one=some_task, rest_us=st.sampled_from([0, 0, SECOND_US, 30 * SECOND_US]))
    def look(self, one: TaskRef, rest_us: int) -> None:
        self.lookout.looked(one, self.now_us, rest_us=rest_us)
        self.ledger.seen_us = self.now_us
        if one in self.ledger.due:
            self.ledger.due[one], self.ledger.seen[one] = self.now_us + rest_us, self.now_us
            self.ledger.told.discard(one)

    @rule(lasted_us=st.integers(0, 20 * SECOND_US))
    def excuse(self, lasted_us: int) -> None:
        from_us = max(0, self.now_us - lasted_us)
        self.lookout.excuse(from_us, self.now_us)
        for one, due_us in self.ledger.due.items():
            self.ledger.due[one] = due_us + max(0, self.now_us - max(from_us, due_us))

    @rule()
    def is_anybody_looking(self) -> None:
        assert self.lookout.overdue(self.now_us) == self.ledger.overdue(self.now_us)

    @rule(planned=st.sampled_from([SECOND_US, PLANNED_US]))
    def who_is_late(self, planned: int) -> None:
        told = self.lookout.overdue_tasks(self.now_us, planned)
        assert len(told) == len(set(told))
        assert set(told) == self.ledger.overdue_tasks(self.now_us, planned)

    @rule()
    def count(self) -> None:
        assert len(self.lookout) == len(self.ledger.due)


TestLooks = Looks.TestCase


@given(st.lists(st.tuples(some_task, st.sampled_from([0, 30 * SECOND_US])), max_size=300))
def test_what_is_outdated_does_not_pile_up(looks: list[tuple[TaskRef, int]]) -> None:
    lookout = watching(A)
    for moment_us, (one, rest_us) in enumerate(looks):
        lookout.watch(one, moment_us)
        lookout.looked(one, moment_us, rest_us=rest_us)
        lookout.looked(one, moment_us)
        lookout.drop(one)
    assert len(lookout._heap) <= 2 * len(lookout) + 65
