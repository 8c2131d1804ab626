"""Pane 1: the tasks, worst first."""

from textual import events, on
from textual.app import ComposeResult
from textual.message import Message

from tui.core.task import TaskRef
from tui.render.line import Line
from tui.render.task_rows import Columns, columns, heading, row
from tui.render.view import View
from tui.ui.drawn import DrawnBlock, DrawnLines
from tui.ui.panes.pane import Pane
from tui.ui.scene import Scene


class TaskLines(DrawnLines):
    """One line a task, drawn from the board."""

    class Picked(Message):
        """The operator clicked a task."""

        def __init__(self, task: TaskRef) -> None:
            super().__init__()
            self.task = task

    def __init__(self) -> None:
        super().__init__(id="task-lines")
        self._scene: Scene | None = None
        self._cursor: int | None = None
        self._sight: tuple[int | None, int] = (None, 0)
        """Cursor and height when the cursor was last brought into sight; the wheel may scroll away from it."""
        self._columns: Columns = columns(80)
        self._width = 80

    @property
    def line_count(self) -> int:
        """Tasks that the filter lets through."""
        return len(self._scene.board) if self._scene is not None else 0

    def line_at(self, y: int, width: int) -> Line:
        """The row of the task at place `y`."""
        scene = self._scene
        if scene is None:
            return ()
        if width != self._width:
            self._width, self._columns = width, columns(width)
        task = scene.board.task(y)
        standing = scene.board.standing(task)
        view = scene.snapshot.tasks[task]
        return row(self._columns, view, standing, scene.view, scene.now_us, cursor=y == self._cursor)

    def on_cursor(self, y: int) -> bool:
        """Whether the selected task is at place `y`."""
        return y == self._cursor

    def show(self, scene: Scene) -> None:
        """Draw this scene; the cursor stays on its task, and in sight."""
        self._scene, self._cursor = scene, scene.cursor
        sight = (scene.cursor, self.size.height)
        if sight != self._sight and scene.cursor is not None:
            self._measure_height()
            self._bring_into_sight(scene.cursor)
        self._sight = sight
        self.repaint()

    @on(events.Resize)
    def _show_again(self) -> None:
        """In another height the cursor may be out of sight."""
        if self._scene is not None:
            self.show(self._scene)

    def _bring_into_sight(self, place: int) -> None:
        top, height = self.scroll_offset.y, self.size.height
        if height and not top <= place < top + height:
            # Half a page at once: scrolled line by line, every key would send the whole list.
            self.scroll_to(y=place - height // 2, animate=False, force=True, immediate=True)

    def on_click(self, event: events.Click) -> None:
        """Select the task under the mouse."""
        place = self.scroll_offset.y + event.y
        if self._scene is not None and 0 <= place < len(self._scene.board):
            self.post_message(self.Picked(self._scene.board.task(place)))


class TasksPane(Pane):
    """The list with its column headings."""

    def __init__(self) -> None:
        self.task_lines = TaskLines()
        super().__init__(1, self.task_lines)
        self.headings = DrawnBlock(classes="headings")

    def compose(self) -> ComposeResult:
        """The headings stand between the title and the rows."""
        yield self.title_bar
        yield self.headings
        yield self.lines

    def draw(self, scene: Scene) -> None:
        """Bring title, headings and rows up to `scene`."""
        board, view = scene.board, scene.view
        shown = f"{len(board)} of {len(board) + board.hidden}" if board.hidden else str(len(board))
        filtered = f"  /{view.filter} ({board.hidden} hidden)" if view.filter else ""
        arrow = " down" if view.descending else ""
        self.title_bar.tell(f"1 Tasks {shown}", f"by {view.sort.value}{arrow}{filtered}", focused=self.focused)
        self.headings.show(lambda cells: [heading(columns(cells), view)])
        self.task_lines.show(scene)

    def move(self, lines: int) -> View | None:
        """Move the cursor by so many tasks; it stops at the ends."""
        scene = self.scene
        if scene is None or not len(scene.board):
            return None
        target = 0 if scene.cursor is None else min(max(0, scene.cursor + lines), len(scene.board) - 1)
        return scene.view.select(scene.board.task(target))

    def to_top(self) -> View | None:
        """Go to the first row and stay there, whichever task comes to stand on it."""
        return self.scene.view.select(None) if self.scene is not None else None

    def to_bottom(self) -> View | None:
        """Go to the last task."""
        scene = self.scene
        return (
            scene.view.select(scene.board.task(len(scene.board) - 1))
            if scene is not None and len(scene.board)
            else None
        )
