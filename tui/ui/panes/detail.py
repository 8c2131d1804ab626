"""Pane 2: all that is known of the selected task."""

from functools import partial

from tui.core.task import TaskRef
from tui.render.detail import detail
from tui.render.text import visible
from tui.ui.drawn import DrawnBlock
from tui.ui.panes.pane import Pane
from tui.ui.scene import Scene


class DetailPane(Pane):
    """Compact, full or JSON."""

    def __init__(self) -> None:
        self.block = DrawnBlock(id="detail-lines")
        super().__init__(2, self.block)
        self._told: TaskRef | None = None

    def draw(self, scene: Scene) -> None:
        """Bring title and lines up to `scene`."""
        task = scene.selected
        if task is None:
            self.title_bar.tell("2 Detail", focused=self.focused)
            self.block.show(lambda _cells: ())
            return
        if task.task != self._told:
            self._told = task.task
            self.block.scroll_home(animate=False, force=True, immediate=True)
        name = visible(scene.name(task.task))
        self.title_bar.tell(f"2 {name}", f"{scene.view.detail.value} V", focused=self.focused)
        standing = scene.board.standing(task.task)
        self.block.show(partial(detail, task, standing, scene.view, scene.now_us))
