"""Everything about one task, in the mode that the operator chose."""

from tui.core.standing import Standing
from tui.core.views import TaskView, ToolView
from tui.render.answer_body import body_lines
from tui.render.compact_detail import compact_lines
from tui.render.full_detail import full_lines
from tui.render.line import Line
from tui.render.task_times import task_times
from tui.render.view import DetailMode, View


def detail(
    task_view: TaskView,
    standing: Standing,
    view: View,
    now_us: int,
    cells: int,
    *,
    tool: ToolView,
    tool_advice: str,
) -> tuple[Line, ...]:
    """The task as lines of exactly `cells`, as many as it takes.

    Args:
        tool_advice: what `render.advice` says of the tool; empty while it sees.
    """
    times = task_times(task_view, view, now_us)
    match view.detail:
        case DetailMode.COMPACT:
            return compact_lines(task_view, standing, tool_advice, times, cells, tool=tool)
        case DetailMode.FULL:
            return full_lines(task_view, standing, tool_advice, times, cells, tool=tool)
        case DetailMode.JSON:
            return body_lines(task_view.last, cells)
