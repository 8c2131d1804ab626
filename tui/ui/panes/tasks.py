"""Pane 1: the tasks, worst first."""

from textual import events
from textual.message import Message

from tui.core.task import TaskRef
from tui.render.line import Line
from tui.render.task_rows import Columns, columns, heading, row
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
        self._scene = scene
        place = scene.board.index(scene.view.selected) if scene.view.selected is not None else None
        moved = place != self._cursor
        self._cursor = place
        self.repaint()
        if moved and place is not None:
            self._bring_into_sight(place)

    def _bring_into_sight(self, place: int) -> None:
        top, height = self.scroll_offset.y, self.size.height
        if not height:
            return
        if place < top:
            self.scroll_to(y=place, animate=False, force=True, immediate=True)
        elif place >= top + height:
            self.scroll_to(y=place - height + 1, animate=False, force=True, immediate=True)

    def on_click(self, event: events.Click) -> None:
        """Select the task under the mouse."""
        place = self.scroll_offset.y + event.y
        if self._scene is not None and 0 <= place < len(self._scene.board):
            self.post_message(self.Picked(self._scene.board.task(place)))


class TasksPane(Pane):
    """The list with its column headings."""

    class Moved(Message):
        """The operator moved the cursor to another task."""

        def __init__(self, task: TaskRef) -> None:
            super().__init__()
            self.task = task

    def __init__(self) -> None:
        self.task_lines = TaskLines()
        super().__init__(1, self.task_lines)
        self.headings = DrawnBlock(classes="headings")

    def on_mount(self) -> None:
        """The headings stand between the title and the rows."""
        self.mount(self.headings, after=self.title_bar)

    def draw(self, scene: Scene) -> None:
        """Bring title, headings and rows up to `scene`."""
        board, view = scene.board, scene.view
        shown = f"{len(board)} of {len(board) + board.hidden}" if board.hidden else str(len(board))
        filtered = f"  /{view.filter} ({board.hidden} hidden)" if view.filter else ""
        arrow = " down" if view.descending else ""
        self.title_bar.tell(f"1 Tasks {shown}", f"by {view.sort.value}{arrow}{filtered}", focused=self.focused)
        width = self.size.width
        self.headings.show(heading(columns(width), view))
        self.task_lines.show(scene)

    def move(self, lines: int) -> None:
        """Move the cursor by so many tasks; it stops at the ends."""
        scene = self.scene
        if scene is None or not len(scene.board):
            return
        place = scene.board.index(scene.view.selected) if scene.view.selected is not None else None
        target = 0 if place is None else min(max(0, place + lines), len(scene.board) - 1)
        self.post_message(self.Moved(scene.board.task(target)))

    def to_top(self) -> None:
        """Go to the first task."""
        self._go(0)

    def to_bottom(self) -> None:
        """Go to the last task."""
        self._go(-1)

    def on_task_lines_picked(self, message: TaskLines.Picked) -> None:
        """A click is a move."""
        message.stop()
        self.post_message(self.Moved(message.task))

    def _go(self, place: int) -> None:
        if self.scene is not None and len(self.scene.board):
            board = self.scene.board
            self.post_message(self.Moved(board.task(place % len(board))))
