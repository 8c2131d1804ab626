"""What the poller learns from one answer: rest for the task, a pause for all, another clock, or a stop."""

from dataclasses import dataclass

from msgspec import Struct

from tui.core.entry import Fault, Poll
from tui.core.fault import FaultClass
from tui.core.schedule import MIN_GAP_US
from tui.core.views import TaskView

OURS_REST_US = 30_000_000
"""A question that is wrong is asked again only now and then: somebody may grant the right meanwhile."""

THROTTLED_PAUSE_US = 1_000_000
CLOCK_PAUSE_US = 10_000_000
"""When the server's own time was not accepted either, guessing on helps nobody."""

OUTAGE_AFTER = 3
LONGEST_PAUSE_US = 30_000_000


class Lesson(Struct, frozen=True):
    """What to do after one answer. Times in µs."""

    rest_us: int = MIN_GAP_US
    """The task is not asked by turn for so long."""
    pause_us: int = 0
    """Nobody is asked for so long."""
    clock_us: int | None = None
    """Sign with this offset from now on, and ask once more."""
    refused: str = ""
    """Not empty: the key is refused, and why; ask nobody until it changes."""
    accepted: bool = False
    """The service took the key."""


@dataclass(slots=True)
class Backoff:
    """How many answers in a row did not get through, over all tasks."""

    failures: int = 0
    corrected_us: int | None = None
    """When the clock was last corrected, by this host's clock, µs: what was sent until then bears the old time."""
    unproven: bool = False
    """Nothing was accepted since the clock was corrected."""

    def corrected(self, now_us: int) -> None:
        """The clock is corrected now."""
        self.corrected_us = now_us
        self.unproven = True

    def pause_us(self) -> int:
        """1, 2, 4 … 30 s from the third failure on; 0 before."""
        if self.failures < OUTAGE_AFTER:
            return 0
        return min(LONGEST_PAUSE_US, 1_000_000 << min(self.failures - OUTAGE_AFTER, 5))


def learn(poll: Poll, view: TaskView, backoff: Backoff) -> Lesson:
    """What `poll` teaches, after which its task stands as `view` says; counts failures in `backoff`."""
    fault = poll.answer if isinstance(poll.answer, Fault) else None
    through = fault is None or fault.fault_class not in (FaultClass.NETWORK, FaultClass.SERVICE)
    backoff.failures = 0 if through else backoff.failures + 1
    if fault is None or fault.fault_class is FaultClass.END:
        backoff.unproven = False
        return Lesson(accepted=True)
    match fault.fault_class:
        case FaultClass.OURS:
            return Lesson(rest_us=OURS_REST_US, accepted=True)
        case FaultClass.AUTH:
            return Lesson(refused=f"{fault.code} {fault.message}".rstrip())
        case FaultClass.CLOCK:
            return _learn_clock(poll, backoff)
        case FaultClass.THROTTLED:
            return Lesson(pause_us=THROTTLED_PAUSE_US, accepted=True)
        case _:
            return Lesson(
                rest_us=MIN_GAP_US * min(view.trouble.count if view.trouble else 1, 10), pause_us=backoff.pause_us()
            )


def _learn_clock(poll: Poll, backoff: Backoff) -> Lesson:
    if backoff.corrected_us is not None and poll.sent_us <= backoff.corrected_us:
        return Lesson()  # it was under way when the clock was corrected
    if poll.skew is None or backoff.unproven:
        return Lesson(pause_us=CLOCK_PAUSE_US)
    return Lesson(clock_us=poll.skew.offset_us)
