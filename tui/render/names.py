"""What a task is called on the screen."""

from tui.core.views import TaskView
from tui.render.text import short_id, visible


def task_name(view: TaskView, cells: int = 13) -> str:
    """The name that the operator gave, else the TaskId, short unless it fits in `cells`."""
    return visible(view.name) or short_id(view.task.task_id, cells)


def count_tasks(count: int) -> str:
    """`1 task`, `38 tasks`."""
    return "1 task" if count == 1 else f"{count} tasks"
