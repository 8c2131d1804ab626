"""Pane 5: what the limit of 20 requests a second is used for, and what follows from it.

Where there is little room the first lines are seen: how fast, how old data gets, who used it, what went wrong. Without
a live task nothing here depends on the time.
"""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from tui.core.budget import staleness_us
from tui.core.entry import Reason
from tui.core.lease import LeaseView
from tui.core.views import TALLIES_KEPT, TALLY_US, Tally, ToolView
from tui.render.gap_text import gap_text
from tui.render.line import Line, Role, fill, line, width
from tui.render.round_trips import histogram, round_trips_ms
from tui.render.shares import RATE_LIMIT, SECOND_US, bar, shares
from tui.render.task_times import TaskTimes
from tui.render.text import cut
from tui.render.times import age
from tui.render.tool_line import skew_span

_MORE_TASKS = 20
_MINUTE_US = (TALLIES_KEPT - 1) * TALLY_US
_GAP = "  "
_HOLDER_CELLS = 32
_BAR_CELLS = 8
_GAPS_TOLD = 8
_COUNTED: tuple[tuple[str, tuple[Reason, ...]], ...] = (
    ("you", (Reason.YOU,)),
    ("focus", (Reason.FOCUS,)),
    ("base", (Reason.BASE,)),
    ("stale", (Reason.STALE,)),
    ("confirm", (Reason.CONFIRM,)),
    ("other", (Reason.CLOCK, Reason.PROBE)),
)
"""All reasons, always in the same places: what has none says 0."""


class Load(Struct, frozen=True):
    """How much there is to poll."""

    live: int
    """Tasks that are not over."""
    held: int = 0
    pinned: int = 0
    in_sight: int = 0
    """Of the live ones, those that this screen shows."""


def budget_lines(
    tool: ToolView, lease: LeaseView, load: Load, times: TaskTimes, cells: int, *, mine: bool
) -> tuple[Line, ...]:
    """The lines of pane 5, each of exactly `cells`.

    Args:
        mine: whether this process polls.
    """
    groups = (
        _speed(tool, lease, load, times),
        _staleness(lease, load),
        _reasons(tool, load, times.now_us),
        _last_minute(tool, load, times),
        _limit(tool, times),
        _gap_count(tool, times),
        _who(lease, load, mine=mine),
        _clock(tool),
        (histogram(tool, cells),),
        *((gap,) for gap in _gaps(tool, times)),
    )
    return tuple(told for group in groups for told in _flow(group, cells))


def _flow(parts: Iterable[Line], cells: int) -> Iterator[Line]:
    """The parts side by side, in as many lines as they take: nothing is left out."""
    row: list[Line] = []
    used = 0
    for part in filter(None, parts):
        more = width(part) + (len(_GAP) if row else 0)
        if row and used + more > cells:
            yield fill(row, cells, _GAP)
            row, used, more = [], 0, width(part)
        row.append(part)
        used += more
    if row:
        yield fill(row, cells, _GAP)


def _speed(tool: ToolView, lease: LeaseView, load: Load, times: TaskTimes) -> Iterator[Line]:
    if not load.live:
        yield line(("idle: no live task", Role.DIM))
    elif not lease.owner:
        yield line(("nobody polls", Role.NEEDS_YOU))
    else:
        sent = sum(shares(tool, times.now_us).values())
        yield line("rate ", (f"{sent:>2}/{RATE_LIMIT}", Role.STRONG))
    if lease.owner:
        yield line(f"pace {lease.rate_per_s:.1f}/s")
    if tool.peak.count:
        yield line(f"peak {tool.peak.count} at {times.at(tool.peak.at_us)}")


def _staleness(lease: LeaseView, load: Load) -> Iterator[Line]:
    """How long a task waits for its turn, and what more tasks would do to that."""
    alive = load.live - load.held
    if not lease.rate_per_s or alive <= 0:
        return
    now, then = (age(staleness_us(count, lease.rate_per_s)) for count in (alive, alive + _MORE_TASKS))
    yield line("by turn every ", (now, Role.STRONG))
    yield line(f"+{_MORE_TASKS} tasks: {now} -> {then}")


def _reasons(tool: ToolView, load: Load, now_us: int) -> Iterator[Line]:
    if not load.live:
        return
    used = shares(tool, now_us)
    for word, reasons in _COUNTED:
        count = sum(used.get(reason, 0) for reason in reasons)
        yield line(f"{word:<7} {count:>2} ", (f"{bar(count, RATE_LIMIT, _BAR_CELLS):<{_BAR_CELLS}}", Role.GOOD))


def _last_minute(tool: ToolView, load: Load, times: TaskTimes) -> Iterator[Line]:
    counted = [tally for tally in tool.tallies if tally.start_us + TALLY_US > times.now_us - _MINUTE_US]
    if not load.live or not counted:
        return
    total = _sum(counted)
    yield line(f"since {times.at(total.start_us)}")
    yield line(f"{total.sent} sent")
    yield line(f"{total.sent - total.failed} ok")
    errors = total.failed - total.limited
    yield line((_errors(errors), Role.CHANGING if errors else Role.PLAIN))
    yield line((f"{total.limited} limited", Role.NEEDS_YOU if total.limited else Role.PLAIN))


def _sum(tallies: list[Tally]) -> Tally:
    return Tally(
        tallies[0].start_us,
        sum(tally.sent for tally in tallies),
        sum(tally.failed for tally in tallies),
        sum(tally.limited for tally in tallies),
    )


def _errors(count: int) -> str:
    return "1 error" if count == 1 else f"{count} errors"


def _limit(tool: ToolView, times: TaskTimes) -> Iterator[Line]:
    """Whether the limit was hit, and whether that can have been us alone."""
    if tool.throttled:
        hit = f"hit {_times(tool.throttled)}, last {times.at(tool.throttled_us)}"
        yield line(f"limit {RATE_LIMIT}/s ", (hit, Role.CHANGING))
    else:
        yield line(f"limit {RATE_LIMIT}/s never hit")
    if tool.strangers:
        yield line((f"others use this key: hit {_times(tool.strangers)} while we were below it", Role.CHANGING))
    else:
        yield line("others on this key: not seen")


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _gap_count(tool: ToolView, times: TaskTimes) -> Iterator[Line]:
    if tool.gap is not None:
        yield line((f"GAP {gap_text(tool.gap, times)}", Role.UNKNOWN))
    yield line(f"gaps {tool.gap_count}" if tool.gap_count else "no gaps")
    for gap in tool.gaps[-1:]:
        yield line("last ", (gap_text(gap, times), Role.UNKNOWN))


def _who(lease: LeaseView, load: Load, *, mine: bool) -> Iterator[Line]:
    if lease.owner:
        holder = cut(lease.holder, _HOLDER_CELLS)
        yield line(f"polled here ({holder})" if mine else f"polled by {holder}")
    yield line("1 screen" if lease.viewers == 1 else f"{lease.viewers} screens")
    yield line(f"in sight {load.in_sight}")
    if load.pinned:
        yield line(f"pinned {load.pinned}")
    if load.held:
        yield line((f"held {load.held}", Role.CHANGING))


def _clock(tool: ToolView) -> Iterator[Line]:
    if tool.skew is not None:
        error = f" +-{tool.skew.error_us / SECOND_US:.1f}s"
        yield line("skew ", skew_span(tool.skew.offset_us), error)
    if tool.latencies_us:
        median, slowest = round_trips_ms(tool)
        yield line(f"rtt p50 {median}ms p99 {slowest}ms")


def _gaps(tool: ToolView, times: TaskTimes) -> Iterator[Line]:
    """Those before the last one, newest first."""
    for gap in tool.gaps[-2 : -_GAPS_TOLD - 2 : -1]:
        yield line(("before ", Role.PLAIN), (gap_text(gap, times), Role.UNKNOWN))
