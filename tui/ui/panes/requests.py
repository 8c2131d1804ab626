"""Pane 5: the requests, and the limit they have to keep."""

from collections.abc import Iterable

from textual.reactive import var

from tui.render.line import Line
from tui.render.task_times import TaskTimes
from tui.ui.panes.pane import Pane
from tui.ui.scene import Scene


class RequestsPane(Pane):
    """What `render.budget_lines` tells. That is loaded when there is room to show it."""

    in_sight: var[int] = var(0)
    """How many live tasks this screen shows."""

    def __init__(self) -> None:
        super().__init__(5)

    def title(self) -> tuple[str, str]:
        """The number and the name."""
        return "5 Requests", ""

    def draw(self, scene: Scene) -> None:
        """Show the budget as it is in `scene`."""
        in_sight = self.in_sight
        self.show(lambda cells: _lines(scene, in_sight, cells))

    def watch_in_sight(self) -> None:
        """Other rows are shown."""
        self.watch_scene(self.scene)


def _lines(scene: Scene, in_sight: int, cells: int) -> Iterable[Line]:
    from tui.render.budget_lines import Load, budget_lines  # noqa: PLC0415 - not before the first frame

    board, identity = scene.board, scene.identity
    load = Load(board.live, board.held, board.pinned, in_sight)
    times = TaskTimes(scene.view.times, scene.now_us, None)
    return budget_lines(scene.snapshot.tool, identity.lease, load, times, cells, mine=identity.mine)
