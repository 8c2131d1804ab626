"""What the poller learns from one answer: rest for the task, another clock, less haste, or a stop (polling.md §2)."""

from dataclasses import dataclass

from msgspec import Struct

from tui.core.entry import Fault, GapCause, Poll
from tui.core.fault import FaultClass
from tui.core.schedule import MIN_GAP_US
from tui.core.views import TaskView

OURS_REST_US = 30_000_000
"""A question that is wrong is asked again only now and then: somebody may grant the right meanwhile."""

THROTTLED_PAUSE_US = 1_000_000
CLOCK_PAUSE_US = 10_000_000
"""When the server's own time was not accepted either, guessing on helps nobody."""

LONGEST_REST = 10
"""How many times the usual gap a task that keeps failing rests at most."""

CAUSES = {
    FaultClass.AUTH: GapCause.AUTH,
    FaultClass.CLOCK: GapCause.CLOCK,
    FaultClass.THROTTLED: GapCause.LIMITER,
    FaultClass.SERVICE: GapCause.SERVICE,
    FaultClass.NETWORK: GapCause.NETWORK,
}
"""Why nobody sees, by what was answered last."""


class Lesson(Struct, frozen=True):
    """What to do after one answer. Times in µs."""

    told: bool = False
    """It told something of the task."""
    rest_us: int = MIN_GAP_US
    """The task is not asked by turn for so long."""
    pause_us: int = 0
    """Nobody is asked for so long."""
    throttled: bool = False
    clock_us: int | None = None
    """Sign with this offset from now on, and ask once more."""
    refused: str = ""
    """Not empty: the key is refused, and why; ask nobody until it changes."""
    accepted: bool = False
    """The service took the key."""
    lost: bool = False
    """It did not get through: many of these are an outage."""
    cause: GapCause | None = None
    """Why it told nothing, should a gap come of it."""


@dataclass(slots=True)
class ClockTrust:
    """Whether the clock was corrected, and whether that helped."""

    corrected_us: int | None = None
    """When the clock was last corrected, by this host's clock, µs: what was sent until then bears the old time."""
    unproven: bool = False
    """Nothing was accepted since the clock was corrected."""

    def corrected(self, now_us: int) -> None:
        """The clock is corrected now."""
        self.corrected_us = now_us
        self.unproven = True


def learn(poll: Poll, view: TaskView, trust: ClockTrust) -> Lesson:
    """What `poll` teaches, after which its task stands as `view` says."""
    fault = poll.answer if isinstance(poll.answer, Fault) else None
    if fault is None or fault.fault_class is FaultClass.END:
        trust.unproven = False
        return Lesson(told=True, accepted=True)
    cause = CAUSES.get(fault.fault_class)
    match fault.fault_class:
        case FaultClass.OURS:
            return Lesson(told=True, rest_us=OURS_REST_US, accepted=True)
        case FaultClass.AUTH:
            return Lesson(refused=f"{fault.code} {fault.message}".rstrip(), cause=cause)
        case FaultClass.CLOCK:
            return _learn_clock(poll, trust)
        case FaultClass.THROTTLED:
            return Lesson(pause_us=THROTTLED_PAUSE_US, throttled=True, accepted=True, cause=cause)
        case _:
            failures = min(view.trouble.count if view.trouble else 1, LONGEST_REST)
            return Lesson(rest_us=MIN_GAP_US * failures, lost=True, cause=cause)


def _learn_clock(poll: Poll, trust: ClockTrust) -> Lesson:
    if trust.corrected_us is not None and poll.sent_us <= trust.corrected_us:
        return Lesson(cause=GapCause.CLOCK)  # it was under way when the clock was corrected
    if poll.skew is None or trust.unproven:
        return Lesson(pause_us=CLOCK_PAUSE_US, cause=GapCause.CLOCK)
    return Lesson(clock_us=poll.skew.offset_us, cause=GapCause.CLOCK)
