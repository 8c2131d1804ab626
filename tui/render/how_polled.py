"""How a task is polled where that is not as usual: held, pinned, asked for."""

from collections.abc import Iterator

from tui.core.attention import VISIBLE_EVERY_US
from tui.core.entry import HOLD_US
from tui.core.lifecycle import OVER
from tui.core.views import TaskView
from tui.render.line import Line, Role, fit, line
from tui.render.task_times import TaskTimes
from tui.render.text import wrap
from tui.render.times import duration

PINNED_EVERY = f"every {VISIBLE_EVERY_US // 1_000_000} s"


def held_for(task: TaskView, now_us: int) -> str:
    """`held 02:10`; empty for a task that is polled, or over anyhow."""
    return "" if task.held_us is None or task.stage.life in OVER else f"held {duration(now_us - task.held_us)}"


def how_polled(task: TaskView, times: TaskTimes, cells: int) -> tuple[Line, ...]:
    """Lines of exactly `cells`; none for a task that is polled as all are."""
    return tuple(fit(line((part, Role.CHANGING)), cells) for told in _told(task, times) for part in wrap(told, cells))


def _told(task: TaskView, times: TaskTimes) -> Iterator[str]:
    if task.stage.life in OVER:
        return
    if task.held_us is not None:
        left = duration(task.held_us + HOLD_US - times.now_us)
        yield f"held since {times.at(task.held_us)}: polled only when asked (r); ends by itself in {left}"
    if task.pinned:
        yield f"pinned: polled {PINNED_EVERY}, on a screen or not"
