"""Line 2: is the tool itself well? Rate, clock, round trip, age of the data, and one word for the whole.

Nothing here moves while no task is alive: an idle screen must stand still.
"""

from operator import itemgetter

from tui.core.entry import GapCause
from tui.core.fault import FaultClass
from tui.core.lease import LeaseView
from tui.core.views import Blindness, GapView, ToolView
from tui.render.line import Line, Role, Span, fit, join, line, width
from tui.render.round_trips import round_trips_ms
from tui.render.shares import RATE_LIMIT, SECOND_US, bar, share_words, shares
from tui.render.times import age

SKEW_LIMIT_S = 300
"""A signature is refused when the clocks differ by more."""

_WIDE = 120
_BAR_CELLS = 10
_GAP = "  "
_MINUTE_US = 60 * SECOND_US
_WHOLE_SECONDS_FROM = 10
_TROUBLE = {
    FaultClass.AUTH: "AUTH REFUSED",
    FaultClass.CLOCK: "CLOCK",
    FaultClass.THROTTLED: "LIMITED",
    FaultClass.SERVICE: "NO SERVICE",
    FaultClass.NETWORK: "NO NETWORK",
}
_UNSEEN = {
    GapCause.NO_POLLER: "NO POLLER",
    GapCause.ASLEEP: "ASLEEP",
    GapCause.LIMITER: "LIMITED",
    GapCause.AUTH: "NO KEY",
    GapCause.CLOCK: "CLOCK",
    GapCause.NETWORK: "NO NETWORK",
    GapCause.SERVICE: "NO SERVICE",
    GapCause.DROPPED: "NO ANSWERS",
    GapCause.HELD: "ALL HELD",
    GapCause.JOURNAL: "NO JOURNAL",
}


def tool_line(tool: ToolView, lease: LeaseView, waiting: str, *, live: int, now_us: int, cells: int) -> Line:
    """Line 2 in exactly `cells`. The state of the tool stands last, but facts before it are given up first.

    Args:
        waiting: why polling does not go on, if so; line 3 tells it.
        live: how many tasks there are to poll.
    """
    wide = cells >= _WIDE
    state = line(("tool ", Role.PLAIN), _state(tool, waiting, live=live, now_us=now_us))
    data = line(("idle: no live task", Role.DIM)) if not live else line(f"data {_data_age(tool, now_us)}")
    used = shares(tool, now_us) if live else {}
    facts = [(0, _rate(sum(used.values()), wide=wide))]
    if wide:
        facts += [(5, share_words(used) if used else ()), (6, _pace(lease))]
    facts += [(1, _skew(tool, wide=wide)), (2, line(f"rtt {_rtt(tool, wide=wide)}")), (3, data)]
    if wide and tool.gap_count:
        facts.append((4, line((f"blind {tool.gap_count}", Role.UNKNOWN))))
    room = cells - width(state) - len(_GAP)
    return fit(join((*_most(facts, room), state), _GAP), cells)


def _most(facts: list[tuple[int, Line]], room: int) -> list[Line]:
    """What fits, in the order given; facts with low numbers get room first, and 0 always."""
    kept: set[int] = set()
    for rank, told in sorted(facts, key=itemgetter(0)):
        needed = width(told) + (len(_GAP) if kept else 0)
        if told and (rank == 0 or needed <= room):
            kept.add(rank)
            room -= needed
    return [told for rank, told in facts if rank in kept]


def _rate(sent: int, *, wide: bool) -> Line:
    cells = _BAR_CELLS * 2 if wide else _BAR_CELLS
    return line(f"rate {sent:>2}/{RATE_LIMIT} [{bar(sent, RATE_LIMIT, cells):-<{cells}}]")


def _pace(lease: LeaseView) -> Line:
    """How fast the poller allows itself to be."""
    return line(f"pace {lease.rate_per_s:.1f}/s") if lease.rate_per_s else ()


def _skew(tool: ToolView, *, wide: bool) -> Line:
    limit = f" (limit {SKEW_LIMIT_S})" if wide else ""
    if tool.skew is None:
        return line(f"skew   ? {limit}".rstrip())
    return line("skew ", skew_span(tool.skew.offset_us), limit)


def skew_span(offset_us: int) -> Span:
    """`+0.2s`, `-412s`: the server's clock against this host's; loud from `SKEW_LIMIT_S` on."""
    seconds = offset_us / SECOND_US
    shown = f"{seconds:+.1f}s" if abs(seconds) < _WHOLE_SECONDS_FROM else f"{seconds:+.0f}s"
    return shown, Role.NEEDS_YOU if abs(seconds) >= SKEW_LIMIT_S else Role.PLAIN


def _rtt(tool: ToolView, *, wide: bool) -> str:
    """The median, and when wide the 99th percentile, of the last answers."""
    if not tool.latencies_us:
        return "-"
    median, slowest = round_trips_ms(tool)
    return f"{median}/{slowest}ms" if wide else f"{median}ms"


def _data_age(tool: ToolView, now_us: int) -> str:
    return "-" if tool.seen_us is None else age(now_us - tool.seen_us)


def _state(tool: ToolView, waiting: str, *, live: int, now_us: int) -> Span:
    if waiting:
        return "WAITING", Role.NEEDS_YOU
    if tool.blindness is not None:
        return _blind(tool.blindness, live=live, now_us=now_us), Role.NEEDS_YOU
    if tool.gap is not None and live:
        return _unseen(tool.gap, now_us), Role.NEEDS_YOU
    if not tool.polling:
        return "NOT POLLING", Role.NEEDS_YOU if live else Role.DIM
    return "OK", Role.GOOD


def _blind(blindness: Blindness, *, live: int, now_us: int) -> str:
    if blindness.stopped:
        return "AUTH STOPPED"
    since = f" {_whole(now_us - blindness.since_us)}" if live else ""
    return _TROUBLE.get(blindness.fault_class, blindness.fault_class.upper()) + since


def _unseen(gap: GapView, now_us: int) -> str:
    return f"{_UNSEEN.get(gap.cause, gap.cause.upper())} {_whole(now_us - gap.since_us)}"


def _whole(us: int) -> str:
    """An age without the tenths of a second, which would only flicker."""
    return age(max(0, us)) if us >= _MINUTE_US else f"{max(0, us) // SECOND_US}s"
