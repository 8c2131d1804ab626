"""Pane 2: all that is known of the selected task."""

from functools import partial

from tui.core.entry import Entry, Poll, Reason
from tui.core.facts import facts_of
from tui.core.task import TaskRef
from tui.render.advice import tool_advice
from tui.render.detail import detail
from tui.render.line import Line
from tui.render.task_times import TaskTimes
from tui.render.text import visible
from tui.ui.panes.pane import Pane
from tui.ui.scene import Scene


class DetailPane(Pane):
    """Compact, full or JSON."""

    def __init__(self) -> None:
        super().__init__(2)
        self._told: TaskRef | None = None

    def title(self) -> tuple[str, str]:
        """Whose detail, and how much of it."""
        scene = self.scene
        task = scene.selected if scene is not None else None
        if scene is None or task is None:
            return "2 Detail", ""
        if _too_early(scene):
            return "2 Detail", "not watched yet at this moment"
        return f"2 {visible(scene.name(task.task))}", f"{scene.view.detail.value} V"

    def draw(self, scene: Scene) -> None:
        """Show the selected task; another one from its top."""
        task = scene.selected
        if task is None or _too_early(scene):
            self.show(lambda cells: _frame(scene, cells))
            return
        if task.task != self._told:
            self._told = task.task
            self.to_top()
        standing = scene.board.standing(task.task)
        tool = scene.snapshot.tool
        hint = tool_advice(tool, scene.identity.waiting, scene.identity.key_source)
        tell = partial(detail, task, standing, scene.view, scene.now_us, tool=tool, tool_advice=hint)
        self.show(lambda cells: (*_frame(scene, cells), *_watched(scene, cells), *tell(cells)))


def _too_early(scene: Scene) -> bool:
    """Whether the operator goes along a task that nobody watched yet at this moment."""
    chosen = scene.view.selected
    return scene.entry is not None and chosen is not None and chosen not in scene.snapshot.tasks


def _frame(scene: Scene, cells: int) -> tuple[Line, ...]:
    """In the past: the entry at which the screen stands, unless the lines below tell it as the last poll."""
    entry, task = scene.entry, scene.selected
    if entry is None or (task is not None and _is_usual_poll(entry, task.task)):
        return ()
    from tui.render.frame_line import frame_line  # noqa: PLC0415 - nobody begins in the past

    start_us = scene.start_us(scene.view.selected)
    return (frame_line(entry, scene.name, TaskTimes(scene.view.times, scene.now_us, start_us), cells),)


def _watched(scene: Scene, cells: int) -> tuple[Line, ...]:
    """Watch expressions with their values at this position."""
    task = scene.selected
    if not scene.watches or task is None:
        return ()
    from tui.render.watch_lines import watch_lines  # noqa: PLC0415 - nobody begins with watches

    return watch_lines(scene.watches, facts_of(task, scene.snapshot.tool, scene.now_us), cells)


def _is_usual_poll(entry: Entry, task: TaskRef) -> bool:
    return isinstance(entry, Poll) and entry.task == task and entry.reason is not Reason.YOU
