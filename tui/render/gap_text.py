"""Times when nobody looked, in words. They are never told as "no change"."""

from collections.abc import Iterable

from tui.core.lifecycle import OVER
from tui.core.views import GapView, Run, TaskView, ToolView
from tui.render.line import Line, Role, fit, line
from tui.render.task_times import TaskTimes
from tui.render.times import duration


def open_gap(task: TaskView, tool: ToolView) -> GapView | None:
    """The gap in which nobody looks at `task` now: its own, or that of all tasks; None when it is over.

    A hold is not told as a gap too while it lasts: `how_polled` tells it.
    """
    if task.stage.life in OVER:
        return None
    own = task.gap if task.held_us is None else None
    return own or tool.gap


def open_gap_lines(task: TaskView, tool: ToolView, times: TaskTimes, cells: int) -> tuple[Line, ...]:
    """`GAP since 03:12:05Z (no poller): nobody looks`; nothing while somebody does."""
    gap = open_gap(task, tool)
    if gap is None:
        return ()
    told = f"GAP since {times.at(gap.since_us)} ({gap.cause.value}): nobody looks"
    return (fit(line((told, Role.UNKNOWN)), cells),)


def gap_before(run: Run, before: Run | None, gaps: Iterable[GapView]) -> GapView | None:
    """When nobody looked between a run and the one before; None when somebody always did.

    That is one of `gaps`, those of all tasks, the longest of its cause. When it is not, it was a gap of this task
    alone, and lies between the two looks.

    Args:
        before: None when that run is not kept any more.
    """
    if run.gap is None:
        return None
    looked_us = before.last_us if before is not None else 0
    between = (gap for gap in gaps if gap.cause is run.gap and looked_us <= gap.since_us <= run.first_us)
    return max(between, key=_lasted_us, default=GapView(looked_us, run.gap, run.first_us))


def run_gap_line(gap: GapView, times: TaskTimes, cells: int) -> Line:
    """`---- gap 10:12  03:02:00Z .. 03:12:12Z  no poller ----`: a line between the runs of a history."""
    told = gap_text(gap, times) if gap.since_us else f".. {times.at(gap.until_us or 0)}  {gap.cause.value}"
    return fit(line((f" ---- gap {told} ----", Role.UNKNOWN)), cells)


def _lasted_us(gap: GapView) -> int:
    return (gap.until_us or gap.since_us) - gap.since_us


def gap_text(gap: GapView, times: TaskTimes) -> str:
    """`10:12  03:02:00Z .. 03:12:12Z  no poller`; while it lasts `since 03:02:00Z  no poller`."""
    since = times.at(gap.since_us)
    if gap.until_us is None:
        return f"since {since}  {gap.cause.value}"
    return f"{duration(gap.until_us - gap.since_us)}  {since} .. {times.at(gap.until_us)}  {gap.cause.value}"
