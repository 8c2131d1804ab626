"""Moments in the life of one task, in the operator's style of times."""

from msgspec import Struct
from msgspec.structs import replace

from tui.core.views import TaskView
from tui.render.times import TimeStyle, moment
from tui.render.view import View


def start_us(task: TaskView) -> int | None:
    """When the task started by its own account, µs UTC: what the style SINCE_START counts from."""
    return None if task.start_time_ms is None else task.start_time_ms * 1_000


class TaskTimes(Struct, frozen=True):
    """How to write the moments of a task."""

    style: TimeStyle
    now_us: int
    start_us: int | None

    def at(self, us: int, *, millis: bool = False) -> str:
        """One moment, µs UTC."""
        return moment(us, self.style, self.now_us, self.start_us, millis=millis)

    def start(self) -> str:
        """The start itself, which cannot be counted from itself; `not seen yet` before the first answer."""
        if self.start_us is None:
            return "not seen yet"
        absolute = replace(self, start_us=None) if self.style is TimeStyle.SINCE_START else self
        return absolute.at(self.start_us)


def task_times(task: TaskView, view: View, now_us: int) -> TaskTimes:
    """The style of `view`, at `now_us`."""
    return TaskTimes(view.times, now_us, start_us(task))
