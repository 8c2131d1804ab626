from time import process_time
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tui.core.entry import Reason
from tui.core.schedule import MIN_GAP_US, Schedule, Turn
from tui.core.task import TaskRef

SECOND_US = 1_000_000


def task(number: int) -> TaskRef:
    return TaskRef("ap-guangzhou", 1400000001, f"room-{number}")


TASKS = [task(number) for number in range(6)]
some_task = st.sampled_from(TASKS)
pauses_us = st.integers(0, 3 * SECOND_US)


def waiting(*tasks: TaskRef) -> Schedule:
    """A schedule in which these wait for their turns."""
    schedule = Schedule()
    for one in tasks:
        schedule.by_turn(one)
    return schedule


def take(schedule: Schedule, now_us: int) -> Turn:
    """The next turn, taken when it is due."""
    turn = schedule.next(now_us)
    assert turn is not None
    schedule.taken(turn)
    return turn


def test_nobody_is_next_where_nobody_waits() -> None:
    schedule = Schedule()
    assert schedule.next(0) is None
    schedule.rest(TASKS[0])
    assert schedule.next(0) is None
    assert (len(schedule), schedule.alive) == (1, 0)


def test_who_comes_first_goes_first() -> None:
    schedule = waiting(*TASKS)
    assert [take(schedule, 0).task for _ in TASKS] == TASKS


def test_a_wish_goes_before_an_urgent_turn_and_that_before_the_others() -> None:
    schedule = waiting(*TASKS[:3])
    schedule.again(TASKS[1], 0, Reason.CONFIRM)
    schedule.ask(TASKS[2])
    turns = [take(schedule, 5) for _ in range(3)]
    assert turns == [
        Turn(TASKS[2], Reason.YOU, 5),
        Turn(TASKS[1], Reason.CONFIRM, 5),
        Turn(TASKS[0], Reason.BASE, 5),
    ]


def test_an_urgent_turn_that_is_not_due_leaves_the_way_to_the_others() -> None:
    schedule = waiting(TASKS[0])
    schedule.again(TASKS[1], 100, Reason.CONFIRM)
    assert schedule.next(0) == Turn(TASKS[0], Reason.BASE, 0)
    assert schedule.next(100) == Turn(TASKS[1], Reason.CONFIRM, 100)


def test_a_task_that_is_over_is_asked_only_when_wished() -> None:
    schedule = waiting(TASKS[0])
    schedule.rest(TASKS[0])
    assert schedule.next(0) is None
    schedule.ask(TASKS[0])
    assert take(schedule, 7) == Turn(TASKS[0], Reason.YOU, 7)
    schedule.rest(TASKS[0])
    assert schedule.next(7) is None


def test_wishing_twice_is_wishing_once() -> None:
    schedule = waiting(TASKS[0])
    schedule.ask(TASKS[0])
    schedule.ask(TASKS[0])
    take(schedule, 0)
    schedule.by_turn(TASKS[0], SECOND_US)
    assert schedule.next(0) == Turn(TASKS[0], Reason.BASE, SECOND_US)


def test_a_wish_for_a_task_under_way_is_granted_after_it() -> None:
    schedule = waiting(TASKS[0])
    take(schedule, 0)
    schedule.ask(TASKS[0])
    assert schedule.next(0) is None
    schedule.by_turn(TASKS[0], SECOND_US)
    assert schedule.next(0) == Turn(TASKS[0], Reason.YOU, 0)


def test_a_task_under_way_is_counted_once() -> None:
    schedule = waiting(*TASKS[:2])
    schedule.ask(TASKS[1])
    take(schedule, 0)
    assert schedule.alive == 2


@given(st.integers(1, 40), st.integers(0, 60))
@settings(max_examples=30)
def test_between_two_turns_of_one_every_other_has_one(count: int, urgent: int) -> None:
    """Round robin at 18/s: nobody waits for more turns than there are tasks, but for the urgent ones."""
    schedule, now_us, last, step_us = waiting(*map(task, range(count))), 0, dict.fromkeys(range(count), 0), 55_556
    for index in range(1, 6 * count):
        if index == urgent:
            schedule.again(task(0), now_us, Reason.CONFIRM)
        turn = take(schedule, now_us)
        number = int(turn.task.task_id.removeprefix("room-"))
        now_us = max(now_us, turn.at_us)
        assert index - last[number] <= count + 1
        last[number] = index
        schedule.by_turn(turn.task, now_us + MIN_GAP_US)
        now_us += step_us


class Waits(RuleBasedStateMachine):
    """Any use of a schedule that keeps its contract, against a model with plain dicts."""

    def __init__(self) -> None:
        super().__init__()
        self.schedule: Final = Schedule()
        self.now_us = 0
        self.resting: set[TaskRef] = set()
        self.earliest_us: dict[TaskRef, int] = {}
        self.wished: set[TaskRef] = set()
        self.flying: set[TaskRef] = set()

    @property
    def known(self) -> set[TaskRef]:
        return self.resting | set(self.earliest_us) | self.flying

    def place(self, one: TaskRef) -> None:
        self.resting.discard(one)
        self.earliest_us.pop(one, None)
        self.flying.discard(one)

    @initialize()
    def begin(self) -> None:
        self.add(TASKS[0], 0)

    @rule(one=some_task, pause_us=pauses_us)
    def add(self, one: TaskRef, pause_us: int) -> None:
        if one not in self.known:
            self.schedule.by_turn(one, self.now_us + pause_us)
            self.earliest_us[one] = self.now_us + pause_us

    @rule(one=some_task)
    def forget(self, one: TaskRef) -> None:
        self.schedule.forget(one)
        self.place(one)
        self.wished.discard(one)

    @rule(one=some_task)
    def wish(self, one: TaskRef) -> None:
        if one in self.known:
            self.schedule.ask(one)
            self.wished.add(one)

    @rule(pause_us=pauses_us)
    def wait(self, pause_us: int) -> None:
        self.now_us += pause_us

    @rule()
    def take(self) -> None:
        turn = self.schedule.next(self.now_us)
        if turn is None:
            return
        assert turn.at_us >= self.now_us
        assert turn.task in self.known - self.flying
        assert (turn.reason is Reason.YOU) == bool(self.wished - self.flying)
        if turn.reason is Reason.YOU:
            assert turn.task in self.wished
        else:
            assert turn.at_us == max(self.now_us, self.earliest_us[turn.task]), "not before its time, and no later"
        self.now_us = turn.at_us
        self.schedule.taken(turn)
        self.place(turn.task)
        self.wished.discard(turn.task)
        self.flying.add(turn.task)

    @precondition(lambda self: self.flying)
    @rule(data=st.data(), pause_us=pauses_us, how=st.sampled_from(["by turn", "again", "rest"]))
    def answered(self, data: st.DataObject, pause_us: int, how: str) -> None:
        one = data.draw(st.sampled_from(sorted(self.flying)))
        self.place(one)
        if how == "rest":
            self.schedule.rest(one)
            self.resting.add(one)
            return
        self.earliest_us[one] = self.now_us + pause_us
        if how == "again":
            self.schedule.again(one, self.now_us + pause_us, Reason.CONFIRM)
        else:
            self.schedule.by_turn(one, self.now_us + pause_us)

    @invariant()
    def knows_the_same(self) -> None:
        assert {one for one in TASKS if one in self.schedule} == self.known
        assert len(self.schedule) == len(self.known)
        assert self.schedule.alive == len(self.earliest_us) + len(self.flying)

    @invariant()
    def somebody_is_next_when_somebody_waits(self) -> None:
        due = set(self.earliest_us) | (self.wished - self.flying)
        assert (self.schedule.next(self.now_us) is not None) == bool(due)


TestWaits = Waits.TestCase
TestWaits.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)


def come_and_go(count: int) -> float:
    """Seconds of CPU it takes so many tasks to be added, asked once each, and forgotten."""
    tasks = [task(number) for number in range(count)]
    began = process_time()
    schedule = waiting(*tasks)
    for one in tasks:
        assert take(schedule, 0).task is one
        schedule.by_turn(one, MIN_GAP_US)
    for one in tasks:
        schedule.forget(one)
    took = process_time() - began
    assert schedule.next(0) is None
    return took


def test_ten_times_the_tasks_cost_ten_times_the_work_or_little_more() -> None:
    few, many = (min(come_and_go(count) for _ in range(3)) for count in (1_000, 10_000))
    assert many < 40 * few, "quadratic would be a hundredfold"
