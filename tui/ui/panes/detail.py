"""Pane 2: all that is known of the selected task."""

from functools import partial

from tui.core.task import TaskRef
from tui.render.advice import tool_advice
from tui.render.detail import detail
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
        return f"2 {visible(scene.name(task.task))}", f"{scene.view.detail.value} V"

    def draw(self, scene: Scene) -> None:
        """Show the selected task; another one from its top."""
        task = scene.selected
        if task is None:
            self.show(lambda _cells: ())
            return
        if task.task != self._told:
            self._told = task.task
            self.to_top()
        standing = scene.board.standing(task.task)
        tool = scene.snapshot.tool
        hint = tool_advice(tool, scene.identity.waiting, scene.identity.key_source)
        self.show(partial(detail, task, standing, scene.view, scene.now_us, tool=tool, tool_advice=hint))
