"""Line 2: is the tool itself well? Rate, clock, round trip, age of the data, and one word for the whole.

Nothing here moves while no task is alive: an idle screen must stand still.
"""

from tui.core.fault import FaultClass
from tui.core.views import Blindness, ToolView
from tui.render.line import Line, Role, Span, fit, join, leading, line, width
from tui.render.times import age

RATE_LIMIT = 20
"""Requests per second that Tencent allows one account and action (tencent-api.md §0)."""

SKEW_LIMIT_S = 300
"""A signature is refused when the clocks differ by more."""

_WIDE = 120
_BAR_CELLS = 10
_GAP = "  "
_SECOND_US = 1_000_000
_MINUTE_US = 60 * _SECOND_US
_WHOLE_SECONDS_FROM = 10
_TROUBLE = {
    FaultClass.AUTH: "AUTH REFUSED",
    FaultClass.CLOCK: "CLOCK",
    FaultClass.THROTTLED: "LIMITED",
    FaultClass.SERVICE: "NO SERVICE",
    FaultClass.NETWORK: "NO NETWORK",
}


def tool_line(tool: ToolView, waiting: str, *, live: int, now_us: int, cells: int) -> Line:
    """Line 2 in exactly `cells`. The state of the tool stands last, but facts before it are given up first.

    Args:
        waiting: why polling does not go on, if so; line 3 tells it.
        live: how many tasks there are to poll.
    """
    wide = cells >= _WIDE
    state = line(("tool ", Role.PLAIN), _state(tool, waiting, live=live, now_us=now_us))
    data = line(("idle: no live task", Role.DIM)) if not live else line(f"data {_data_age(tool, now_us)}")
    facts = [_rate(tool, now_us, wide=wide), _skew(tool, wide=wide), line(f"rtt {_rtt(tool, wide=wide)}"), data]
    room = cells - width(state) - len(_GAP)
    return fit(join((leading(facts, room, _GAP), state), _GAP), cells)


def _rate(tool: ToolView, now_us: int, *, wide: bool) -> Line:
    sent = sum(1 for at_us in tool.recent_us if now_us - _SECOND_US < at_us <= now_us)
    bar = _BAR_CELLS * 2 if wide else _BAR_CELLS
    used = min(bar, -(-sent * bar // RATE_LIMIT))
    return line(f"rate {sent:>2}/{RATE_LIMIT} [{'#' * used}{'-' * (bar - used)}]")


def _skew(tool: ToolView, *, wide: bool) -> Line:
    limit = f" (limit {SKEW_LIMIT_S})" if wide else ""
    if tool.skew is None:
        return line(f"skew   ? {limit}".rstrip())
    seconds = tool.skew.offset_us / _SECOND_US
    shown = f"{seconds:+.1f}s" if abs(seconds) < _WHOLE_SECONDS_FROM else f"{seconds:+.0f}s"
    beyond = abs(seconds) >= SKEW_LIMIT_S
    return line("skew ", (shown, Role.NEEDS_YOU if beyond else Role.PLAIN), limit)


def _rtt(tool: ToolView, *, wide: bool) -> str:
    """The median, and when wide the 99th percentile, of the last answers."""
    latencies = sorted(tool.latencies_us)
    if not latencies:
        return "-"
    median = latencies[len(latencies) // 2] // 1_000
    slowest = latencies[(len(latencies) * 99 - 1) // 100] // 1_000
    return f"{median}/{slowest}ms" if wide else f"{median}ms"


def _data_age(tool: ToolView, now_us: int) -> str:
    return "-" if tool.seen_us is None else age(now_us - tool.seen_us)


def _state(tool: ToolView, waiting: str, *, live: int, now_us: int) -> Span:
    if waiting:
        return "WAITING", Role.NEEDS_YOU
    if tool.blindness is not None:
        return _blind(tool.blindness, live=live, now_us=now_us), Role.NEEDS_YOU
    if not tool.polling:
        return "NOT POLLING", Role.NEEDS_YOU if live else Role.DIM
    return "OK", Role.GOOD


def _blind(blindness: Blindness, *, live: int, now_us: int) -> str:
    if blindness.stopped:
        return "AUTH STOPPED"
    since = f" {_whole(now_us - blindness.since_us)}" if live else ""
    return _TROUBLE.get(blindness.fault_class, blindness.fault_class.upper()) + since


def _whole(us: int) -> str:
    """An age without the tenths of a second, which would only flicker."""
    return age(max(0, us)) if us >= _MINUTE_US else f"{max(0, us) // _SECOND_US}s"
