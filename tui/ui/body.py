"""The room between header and footer: which panes there are, and who gets how much of it."""

from textual.containers import Container

from tui.render.view import View
from tui.ui.layout import arrange, too_small
from tui.ui.panes.detail import DetailPane
from tui.ui.panes.log import LogPane
from tui.ui.panes.pane import Pane
from tui.ui.panes.requests import RequestsPane
from tui.ui.panes.tasks import TasksPane
from tui.ui.panes.timeline import TimelinePane


class Body(Container):
    """Holds the panes. Who makes it mounts them: the `early` ones at once, the `late` ones after the first frame."""

    def __init__(self, columns: int, rows: int, view: View) -> None:
        super().__init__(id="body")
        self.tasks = TasksPane()
        self.timeline = TimelinePane()
        self.requests = RequestsPane()
        self.panes: tuple[Pane, ...] = (self.tasks, DetailPane(), self.timeline, LogPane(), self.requests)
        """All of them, in the order of their numbers."""
        self.late = tuple(pane for pane in self.panes if pane is self.requests and view.focus != pane.number)
        """Nobody reads the budget within the blink of an eye."""
        # Sizes are set before the first frame: each change of them later is one more layout of everything.
        self.lay_out(columns, rows, view)

    @property
    def early(self) -> tuple[Pane, ...]:
        """The panes of the first frame."""
        return tuple(pane for pane in self.panes if pane not in self.late)

    def lay_out(self, columns: int, rows: int, view: View) -> None:
        """Share out the room of a terminal of this size; nothing on one that is too small."""
        if too_small(columns, rows):
            return
        room = arrange(columns, rows)
        self.styles.grid_rows = f"{room.tasks} {room.timeline} {room.log}"
        self.set_class(room.detail_columns > 0 and not view.zoomed, "-wide")
        for pane in self.panes:
            height = room.height(pane.number)
            pane.display = pane.number == view.focus if view.zoomed else height > 0
            pane.styles.height = "1fr" if view.zoomed else height

    def pane(self, number: int) -> Pane:
        """The pane of this number; the tasks when it is not to be seen, or a pane of another version."""
        return next((pane for pane in self.panes if pane.number == number and pane.display), self.tasks)
