"""Any order of calls, against a model with plain dicts."""

from typing import Final

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tui.core.entry import Reason
from tui.core.lifecycle import Life, Stage
from tui.core.schedule import LEAVING_GAP_US, MIN_GAP_US, Schedule, Turn
from tui.core.task import TaskRef

SECOND_US = 1_000_000
TASKS = [TaskRef("ap-guangzhou", 1400000001, f"room-{number}") for number in range(6)]
STAGES = [Stage(life, life.value) for life in (Life.IDLE, Life.IN_PROGRESS, Life.EXITED, Life.ODD)]

some_task = st.sampled_from(TASKS)
some_stage = st.sampled_from(STAGES)
pauses_us = st.integers(0, 3 * SECOND_US)


class Waits(RuleBasedStateMachine):
    """What holds whatever is called in whatever order, also for tasks that are unknown, or not under way."""

    def __init__(self) -> None:
        super().__init__()
        self.schedule: Final = Schedule()
        self.now_us = 0
        self.known: set[TaskRef] = set()
        self.over: set[TaskRef] = set()
        self.held: set[TaskRef] = set()
        self.wished: set[TaskRef] = set()
        self.under_way: dict[TaskRef, int] = {}
        self.lost: set[TaskRef] = set()
        """Forgotten with a request under way."""
        self.sent_us: dict[TaskRef, int] = {}
        self.again_us: dict[TaskRef, int] = {}
        self.rested_us: dict[TaskRef, int] = {}

    def end(self, one: TaskRef) -> bool:
        """The turn of this task ends; False when it ended nothing but that."""
        was = self.under_way.pop(one, None) is not None
        self.lost.discard(one)
        if one in self.known:
            self.again_us.pop(one, None)
            self.rested_us.pop(one, None)  # whatever came of this turn says what is next
        return one in self.known or not was

    @initialize()
    def begin(self) -> None:
        self.watch(TASKS[0], STAGES[0], 0)

    @rule(one=some_task, stage=some_stage, seen_ago_us=st.none() | st.integers(0, 3600 * SECOND_US))
    def watch(self, one: TaskRef, stage: Stage, seen_ago_us: int | None) -> None:
        seen_us = None if seen_ago_us is None else self.now_us - seen_ago_us
        self.schedule.watch(one, stage, self.now_us, seen_us)
        if one not in self.known and seen_us is not None:
            self.sent_us[one] = seen_us
        self.known.add(one)
        self.over.discard(one)
        self.again_us.pop(one, None)

    @rule(one=some_task)
    def forget(self, one: TaskRef) -> None:
        self.schedule.forget(one)
        if one in self.under_way:
            self.lost.add(one)
        for kept in (self.known, self.over, self.held, self.wished):
            kept.discard(one)
        for times in (self.sent_us, self.again_us, self.rested_us):
            times.pop(one, None)

    @rule(one=some_task)
    def wish(self, one: TaskRef) -> None:
        self.schedule.ask(one)
        self.wished |= {one} & self.known

    @rule(one=some_task)
    def hold(self, one: TaskRef) -> None:
        self.schedule.hold(one)
        self.held.add(one)

    @rule(one=some_task)
    def release(self, one: TaskRef) -> None:
        self.schedule.release(one, self.now_us)
        self.held.discard(one)

    @rule(looked_at=st.dictionaries(some_task, st.sampled_from([SECOND_US, 3 * SECOND_US])))
    def focus(self, looked_at: dict[TaskRef, int]) -> None:
        self.schedule.focus(looked_at, self.now_us)

    @rule(rate_per_s=st.floats(2, 19))
    def be_as_fast_as(self, rate_per_s: float) -> None:
        self.schedule.rate_per_s = rate_per_s

    @rule(pause_us=pauses_us)
    def wait(self, pause_us: int) -> None:
        self.now_us += pause_us

    @rule()
    def take(self) -> None:
        turn = self.schedule.next(self.now_us)
        if turn is None:
            return
        assert turn.at_us >= self.now_us
        self.now_us = turn.at_us
        turn = self.schedule.next(self.now_us)
        assert turn is not None
        assert turn.at_us == self.now_us, "who was promised for now may be asked now"
        self.check(turn)
        self.schedule.taken(turn, self.now_us)
        self.wished.discard(turn.task)
        self.lost.discard(turn.task)
        self.under_way[turn.task] = self.sent_us[turn.task] = self.now_us

    def check(self, turn: Turn) -> None:
        one = turn.task
        assert one in self.known
        if one in self.lost:
            assert self.now_us >= self.under_way[one] + 6 * SECOND_US, "the old answer was waited for"
        else:
            assert one not in self.under_way, "never under way twice"
        if turn.reason is Reason.YOU:
            assert one in self.wished
            return
        assert one not in self.over | self.held
        if turn.reason in (Reason.CONFIRM, Reason.CLOCK):
            assert self.now_us >= self.again_us[one]
            return
        assert turn.reason in (Reason.BASE, Reason.FOCUS, Reason.STALE)
        assert one not in self.again_us
        assert self.now_us >= self.rested_us.get(one, self.now_us)
        gap_us = min(LEAVING_GAP_US, MIN_GAP_US)
        assert self.now_us >= self.sent_us.get(one, self.now_us - gap_us) + gap_us

    @precondition(lambda self: self.under_way)
    @rule(data=st.data(), stage=some_stage, rest_us=st.sampled_from([MIN_GAP_US, 30 * SECOND_US]))
    def answered(self, data: st.DataObject, stage: Stage, rest_us: int) -> None:
        self.answer(data.draw(st.sampled_from(sorted(self.under_way))), stage, rest_us)

    @rule(one=some_task, stage=some_stage, rest_us=st.sampled_from([MIN_GAP_US, 30 * SECOND_US]))
    def answer(self, one: TaskRef, stage: Stage, rest_us: int) -> None:
        self.schedule.answered(one, stage, self.now_us, rest_us=rest_us)
        self.end(one)
        self.over.discard(one)
        if one in self.known:
            self.rested_us[one] = self.now_us + rest_us if rest_us > MIN_GAP_US else 0

    @rule(one=some_task, rest_us=pauses_us)
    def unseen(self, one: TaskRef, rest_us: int) -> None:
        self.schedule.unseen(one, self.now_us, rest_us=rest_us)
        self.end(one)
        if one in self.known:
            self.rested_us[one] = self.now_us + rest_us

    @rule(one=some_task, pause_us=pauses_us, reason=st.sampled_from([Reason.CONFIRM, Reason.CLOCK]))
    def again(self, one: TaskRef, pause_us: int, reason: Reason) -> None:
        self.schedule.again(one, self.now_us + pause_us, reason)
        if self.end(one):
            self.known.add(one)
            self.over.discard(one)
            self.again_us[one] = self.now_us + pause_us

    @rule(one=some_task)
    def rest(self, one: TaskRef) -> None:
        self.schedule.rest(one)
        if self.end(one):
            self.known.add(one)
            self.over.add(one)

    @invariant()
    def knows_the_same(self) -> None:
        assert {one for one in TASKS if one in self.schedule} == self.known
        assert len(self.schedule) == len(self.known)
        assert self.schedule.alive == len(self.known - self.over - self.held)

    @invariant()
    def looking_changes_nothing(self) -> None:
        assert self.schedule.next(self.now_us) == self.schedule.next(self.now_us)

    @invariant()
    def somebody_is_next_when_somebody_waits(self) -> None:
        under_way = set(self.under_way) - self.lost
        due = (self.known - self.over - self.held - under_way) | (self.wished - under_way - self.lost)
        if due:
            assert self.schedule.next(self.now_us) is not None
        elif not self.lost:
            assert self.schedule.next(self.now_us) is None


TestWaits = Waits.TestCase
TestWaits.settings = settings(max_examples=150, stateful_step_count=50, deadline=None)
