"""Whether anybody may be asked now, and how fast: budget, breaker, pauses and a refused key, in one place."""

from collections.abc import Callable

from tui.core.breaker import Breaker
from tui.core.budget import Budget
from tui.core.entry import Reason
from tui.core.schedule import Schedule, Turn
from tui.core.task import TaskRef
from tui.engine.lesson import Lesson
from tui.engine.pace import Pace
from tui.engine.ports import Clock
from tui.engine.slots import LATE_US


class Pacing:
    """For one tenure: a new poller begins with a fresh one."""

    def __init__(self, pace: Pace, clock: Clock, chance: Callable[[], float]) -> None:
        self._clock = clock
        self._chance = chance
        self._budget = Budget(pace.start_per_s, pace.ceiling_per_s, LATE_US)
        self._breaker = Breaker()
        self._pause_until_us = 0
        self.stopped = False
        """The key was refused; only the user's own wishes are sent until it changes."""

    @property
    def rate_per_s(self) -> float:
        """How many requests a second are safe now."""
        return self._budget.rate_per_s(self._clock.monotonic_us())

    @property
    def interval_us(self) -> int:
        """The spacing that follows from it."""
        return self._budget.interval_us(self._clock.monotonic_us())

    def next(self, schedule: Schedule) -> Turn | None:
        """Whose turn it is, as far as the state of key and path allows, and when at the earliest; None: nobody's."""
        now_us = self._clock.monotonic_us()
        if self.stopped or self._breaker.open:
            turn = schedule.wish(now_us) or self._next_probe(schedule, now_us)
        else:
            turn = schedule.next(now_us)
        if turn is None or turn.at_us >= self._pause_until_us:
            return turn
        return Turn(turn.task, turn.reason, self._pause_until_us)

    def sent(self, turn: Turn) -> None:
        """This turn is being sent."""
        if turn.reason is Reason.PROBE:
            self._breaker.probing(turn.task)

    def pause(self, for_us: int) -> None:
        """Nobody is asked for so long."""
        self._pause_until_us = max(self._pause_until_us, self._clock.monotonic_us() + for_us)

    def lost(self, task: TaskRef, alive: int) -> None:
        """A request did not get through; `alive` tasks are to be asked by turn."""
        self._breaker.failed(task, self._clock.monotonic_us(), alive, self._chance())

    def answered(self, lesson: Lesson, delay_us: int | None) -> None:
        """An answer came, `delay_us` later than usual for its task; None when that tells nothing of the way."""
        now_us = self._clock.monotonic_us()
        if delay_us is not None:
            self._budget.answered(now_us, delay_us)
        if lesson.throttled:
            self._budget.throttled(now_us)
        if self._breaker.worked():
            self._budget.reopen(now_us)

    def _next_probe(self, schedule: Schedule, now_us: int) -> Turn | None:
        """During an outage: the one who is asked whether anybody answers again, and when."""
        probe_us = self._breaker.probe_us
        if self.stopped or probe_us is None:
            return None
        turn = schedule.next(now_us)
        return None if turn is None else Turn(turn.task, Reason.PROBE, max(turn.at_us, probe_us))
