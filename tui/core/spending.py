"""What requests cost: the facts of the budget view, counted poll by poll. Pure steps of the fold.

Answers come in another order than their requests were sent, and a clock may be set back: what was sent "later" than the
newest answer was sent before that, and counts no more.
"""

from bisect import bisect_left, bisect_right
from operator import attrgetter

from msgspec.structs import replace

from tui.core.entry import Fault, Poll
from tui.core.fault import FaultClass
from tui.core.views import RECENT_KEPT, TALLIES_KEPT, TALLY_US, Peak, Sent, Tally, ToolView

STRANGERS_BELOW = 16
"""The limit of 20 a second was hit with at most so many requests of our own: somebody else uses it too. Our choice: at
16 a second it takes 250 ms of jitter on the way to hit it alone (polling.md §0)."""

_SECOND_US = 1_000_000
_AT = attrgetter("at_us")


def spend(tool: ToolView, poll: Poll) -> ToolView:
    """The facts of the budget after `poll`."""
    limited = _fault_class(poll) is FaultClass.THROTTLED
    recent = _insert(tool.recent, poll)
    return replace(
        tool,
        throttled=tool.throttled + limited,
        throttled_us=poll.at_us if limited else tool.throttled_us,
        strangers=tool.strangers + (limited and _sent_until(poll.sent_us, recent) <= STRANGERS_BELOW),
        recent=recent,
        peak=_peak(tool.peak, recent, poll.sent_us),
        tallies=_tally(tool.tallies, poll),
    )


def _fault_class(poll: Poll) -> FaultClass | None:
    return poll.answer.fault_class if isinstance(poll.answer, Fault) else None


def _insert(recent: tuple[Sent, ...], poll: Poll) -> tuple[Sent, ...]:
    """The last requests in the order of their sending."""
    sent = Sent(poll.sent_us, poll.reason)
    if recent and recent[-1].at_us > poll.at_us:
        recent = recent[: bisect_right(recent, poll.at_us, key=_AT)]
    if not recent or recent[-1].at_us <= sent.at_us:
        return (*recent[-(RECENT_KEPT - 1) :], sent)
    place = bisect_right(recent, sent.at_us, key=_AT)
    return (*recent[:place], sent, *recent[place:])[-RECENT_KEPT:]


def _peak(before: Peak, recent: tuple[Sent, ...], sent_us: int) -> Peak:
    """The peak, after a request sent at `sent_us` made the seconds busier that hold it: those that end with it, or
    with one that was sent later and answered sooner."""
    first = bisect_left(recent, sent_us, key=_AT)
    for end in recent[first:]:
        count = _sent_until(end.at_us, recent)
        if count > before.count and end.at_us < sent_us + _SECOND_US:
            before = Peak(count, end.at_us)
    return before


def _sent_until(end_us: int, recent: tuple[Sent, ...]) -> int:
    """How many requests the second that ends at `end_us` holds."""
    return bisect_right(recent, end_us, key=_AT) - bisect_right(recent, end_us - _SECOND_US, key=_AT)


def _tally(tallies: tuple[Tally, ...], poll: Poll) -> tuple[Tally, ...]:
    start_us = poll.sent_us - poll.sent_us % TALLY_US
    if tallies and tallies[-1].start_us == start_us:
        return (*tallies[:-1], _count(tallies[-1], poll))
    by_start = {tally.start_us: tally for tally in tallies if tally.start_us <= poll.at_us}
    by_start[start_us] = _count(by_start.get(start_us, Tally(start_us)), poll)
    return tuple(by_start[start] for start in sorted(by_start)[-TALLIES_KEPT:])


def _count(tally: Tally, poll: Poll) -> Tally:
    fault_class = _fault_class(poll)
    return replace(
        tally,
        sent=tally.sent + 1,
        failed=tally.failed + (fault_class not in (None, FaultClass.END)),
        limited=tally.limited + (fault_class is FaultClass.THROTTLED),
    )
