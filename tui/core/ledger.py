"""The ledger of gaps: when nobody looked, and why. Pure steps of the fold.

A gap of all tasks lasts until the next answer that tells anything of any task; a gap of one task until the next that
tells anything of this one.
"""

from collections.abc import Iterable
from itertools import takewhile

from msgspec.structs import replace

from tui.core.entry import Fault, Gap, GapCause, Poll
from tui.core.fault import BLINDING
from tui.core.gaps import STALE_US
from tui.core.views import GAPS_KEPT, GapView, TaskView, ToolView


def telling(poll: Poll) -> bool:
    """Whether the answer tells anything of the task, so that somebody looked."""
    return not (isinstance(poll.answer, Fault) and poll.answer.fault_class in BLINDING)


def open_for_all(tool: ToolView, gap: Gap) -> ToolView:
    """Nobody looks at any task. Another cause than the present one ends that one's gap and begins its own."""
    fresh = GapView(gap.since_us, gap.cause)
    before = tool.gap
    if before is None:
        return replace(tool, gap=fresh, gap_count=tool.gap_count + 1)
    if before.cause is gap.cause:
        return tool
    if gap.since_us <= before.since_us:  # the first cause lasted no time: it was the second all along
        return replace(tool, gap=replace(before, cause=gap.cause))
    return replace(close_for_all(tool, gap.since_us), gap=fresh, gap_count=tool.gap_count + 1)


def close_for_all(tool: ToolView, until_us: int) -> ToolView:
    """Somebody looked at some task at `until_us`."""
    if tool.gap is None:
        return tool
    ended = replace(tool.gap, until_us=max(tool.gap.since_us, until_us))
    return replace(tool, gap=None, gaps=(*tool.gaps[-(GAPS_KEPT - 1) :], ended))


def open_for_task(view: TaskView, gap: Gap) -> TaskView:
    """Nobody looks at this task."""
    if view.gap is not None and view.gap.cause is gap.cause:
        return view
    return replace(view, gap=GapView(gap.since_us, gap.cause))


def missed_by_all(tool: ToolView, view: TaskView, poll: Poll) -> GapCause | None:
    """Why nobody looked at any task for some time until `poll` of this one; None when that is not so, or told
    already."""
    newest = tool.gap or (tool.gaps[-1] if tool.gaps else None)
    untold_us = untold_since_us(view, poll)
    if newest is None or untold_us is None or newest.since_us < untold_us:
        return None
    gaps = tool.gaps if tool.gap is None else (*tool.gaps, tool.gap)
    return _main_cause(takewhile(lambda gap: gap.since_us >= untold_us, reversed(gaps)), poll.sent_us)


def unseen_since(tool: ToolView, seen_us: int) -> GapCause | None:
    """Why nobody looked at any task at some time since `seen_us`, when somebody does again; None when there was no
    such time."""
    if not tool.gaps or _end_us(tool.gaps[-1], 0) <= seen_us:
        return None
    return _main_cause(takewhile(lambda gap: _end_us(gap, 0) > seen_us, reversed(tool.gaps)), 0)


def _main_cause(gaps: Iterable[GapView], now_us: int) -> GapCause:
    """That of the longest: three seconds without network after a night without a poller are not what is to be told."""
    return max(gaps, key=lambda gap: _end_us(gap, now_us) - gap.since_us).cause


def _end_us(gap: GapView, now_us: int) -> int:
    return now_us if gap.until_us is None else gap.until_us


def missed_by_task(view: TaskView, poll: Poll) -> GapCause | None:
    """Why nobody looked at this very task for some time until `poll`; None when that is not so, or told already.

    Whoever steps through a held task looks often enough by hand: its pauses count only when its data got stale.
    """
    gap, untold_us = view.gap, untold_since_us(view, poll)
    if gap is None or untold_us is None or gap.since_us < untold_us:
        return None
    if gap.cause is GapCause.HELD and poll.sent_us - gap.since_us <= STALE_US:
        return None
    return gap.cause


def untold_since_us(view: TaskView, poll: Poll) -> int | None:
    """From when on a time in which nobody looked is to be told with `poll`, µs; None before the first poll.

    That is the last look. The first sight after failures tells also of the time since the last sight, unless one of
    the failures did.
    """
    if view.last is None:
        return None
    if telling(poll):
        for run in reversed(view.runs):
            if run.fault_class not in BLINDING:
                return run.last_us
            if run.gap is not None:
                break
    return view.last.sent_us
