"""Pane 1: the tasks, worst first."""

from textual import events, on
from textual.message import Message

from tui.core.lifecycle import OVER
from tui.core.task import TaskRef
from tui.render.empty_tasks import empty_lines
from tui.render.line import Line
from tui.render.task_rows import Columns, columns, heading, row
from tui.render.view import View
from tui.ui.line_cache import LineCache
from tui.ui.panes.pane import Pane
from tui.ui.scene import Scene


class TasksPane(Pane):
    """Column headings, and one line a task, drawn from the board."""

    HEAD = 2

    class Picked(Message):
        """The operator clicked a task."""

        def __init__(self, task: TaskRef) -> None:
            super().__init__()
            self.task = task

    def __init__(self) -> None:
        super().__init__(1)
        self._cursor: int | None = None
        self._sight: tuple[int | None, int] = (None, 0)
        """Cursor and height when the cursor was last brought into sight; the wheel may scroll away from it."""
        self._rows = LineCache()
        self._columns: Columns = columns(80)
        self._width = 80

    def title(self) -> tuple[str, str]:
        """How many tasks, in which order, behind which filter."""
        if self.scene is None:
            return "1 Tasks", ""
        board, view = self.scene.board, self.scene.view
        shown = f"{len(board)} of {len(board) + board.hidden}" if board.hidden else str(len(board))
        hidden = "filtering.." if board.filling or board.waits_for_predicates else f"{board.hidden} hidden"
        filtered = f"  /{view.filter} ({hidden})" if view.filter else ""
        return f"1 Tasks {shown}", f"by {view.sort.value}{' down' if view.descending else ''}{filtered}"

    def head(self, width: int) -> tuple[Line, ...]:
        """Title and headings."""
        view = self.scene.view if self.scene is not None else View()
        return (*super().head(width), heading(self._columns_at(width), view))

    @property
    def line_count(self) -> int:
        """Tasks that the filter lets through; when there are none, what is said instead."""
        scene = self.scene
        return len(scene.board) or len(self._instead(scene, self.size.width + self._shift)) if scene is not None else 0

    def line_at(self, y: int, width: int) -> Line:
        """The row of the task at place `y`."""
        scene = self.scene
        if scene is None:
            return ()
        if not len(scene.board):
            return self._instead(scene, width)[y]
        task = scene.board.task(y)
        standing = scene.board.standing(task)
        view = scene.snapshot.tasks[task]
        here, now_us = y == self._cursor, scene.now_us
        return self._rows.line(
            task,
            (view, standing, now_us, width, here),
            lambda: row(self._columns_at(width), view, standing, scene.view, now_us, cursor=here),
        )

    @property
    def in_sight(self) -> tuple[TaskRef, ...]:
        """The tasks of the rows in the window, but for those that are over."""
        if self.scene is None or not self.display:
            return ()
        board, top = self.scene.board, self.scroll_offset.y
        rows = (board.task(y) for y in range(top, min(top + self.window, len(board))))
        return tuple(task for task in rows if board.view(task).stage.life not in OVER)

    def on_cursor(self, y: int) -> bool:
        """Whether the selected task is at place `y`."""
        return y == self._cursor

    def draw(self, scene: Scene) -> None:
        """Show this scene; the cursor stays on its task, and in sight."""
        self._cursor = scene.cursor
        sight = (scene.cursor, self.size.height)
        if sight != self._sight and scene.cursor is not None:
            self._measure_height()
            self._bring_into_sight(scene.cursor)
        self._sight = sight
        self.repaint()

    @on(events.Resize)
    def _draw_again(self) -> None:
        """In another height the cursor may be out of sight."""
        self.watch_scene(self.scene)

    def on_click(self, event: events.Click) -> None:
        """Select the task under the mouse."""
        place = self.scroll_offset.y + event.y - self.HEAD
        if self.scene is not None and self.scroll_offset.y <= place < len(self.scene.board):
            self.post_message(self.Picked(self.scene.board.task(place)))

    def _bring_into_sight(self, place: int) -> None:
        top, height = self.scroll_offset.y, self.window
        if height and not top <= place < top + height:
            # Half a page at once: scrolled line by line, every key would send the whole list.
            self.scroll_to(y=place - height // 2, animate=False, force=True, immediate=True)

    def _instead(self, scene: Scene, width: int) -> tuple[Line, ...]:
        return empty_lines(scene.board, scene.view.filter, scene.identity.waiting, width)

    def _columns_at(self, width: int) -> Columns:
        if width != self._width:
            self._width, self._columns = width, columns(width)
        return self._columns

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
        return self.move(self.line_count)
