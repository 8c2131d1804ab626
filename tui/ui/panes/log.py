"""Pane 4: what happened, line by line."""

from collections.abc import Sequence

from textual import events, on

from tui.core.views import Event
from tui.render.line import Line
from tui.render.log_lines import log_line
from tui.render.view import LogScope, View
from tui.ui.drawn import DrawnLines
from tui.ui.panes.pane import Pane
from tui.ui.scene import Scene


class LogLines(DrawnLines):
    """One line an event; when following, the newest is always in sight."""

    def __init__(self) -> None:
        super().__init__(id="log-lines")
        self._scene: Scene | None = None
        self._events: Sequence[Event] = ()

    @property
    def line_count(self) -> int:
        """Events in scope."""
        return len(self._events)

    def line_at(self, y: int, width: int) -> Line:
        """The line of event `y`."""
        if self._scene is None:
            return ()
        scene = self._scene
        return log_line(self._events[y], scene.name, scene.view, scene.now_us, width)

    @property
    def bottom(self) -> int:
        """The first line in sight when the newest is the last one."""
        return max(0, len(self._events) - self.size.height)

    def show(self, scene: Scene, log: Sequence[Event]) -> None:
        """Draw these events."""
        self._scene, self._events = scene, log
        self._measure_height()
        self._follow()
        self.repaint()

    @on(events.Resize)
    def _follow(self) -> None:
        """Bring the newest line into sight, if that is wanted."""
        if self._scene is not None and self._scene.view.log_follow and self.scroll_offset.y != self.bottom:
            self.scroll_to(y=self.bottom, animate=False, force=True, immediate=True)


class LogPane(Pane):
    """The log of all tasks, or of the selected one."""

    def __init__(self) -> None:
        self.log_lines = LogLines()
        super().__init__(4, self.log_lines)

    def draw(self, scene: Scene) -> None:
        """Bring title and lines up to `scene`."""
        log: Sequence[Event] = scene.snapshot.events
        if scene.view.log_scope is LogScope.TASK:
            chosen = scene.selected.task if scene.selected is not None else None
            log = [event for event in log if event.task is None or event.task == chosen]
        scope = "all tasks" if scene.view.log_scope is LogScope.ALL else "this task"
        follow = "follow F" if scene.view.log_follow else "stands F"
        self.title_bar.tell(f"4 Log {len(log)}", f"{follow}  {scope}", focused=self.focused)
        self.log_lines.show(scene, log)

    def move(self, lines: int) -> View | None:
        """Go up or down; whoever reads further up is not pulled down by the next line."""
        super().move(lines)
        return self._follow_at_the_end()

    def to_top(self) -> View | None:
        """Go to the oldest line, and stay."""
        super().to_top()
        return self._follow_at_the_end()

    def to_bottom(self) -> View | None:
        """Go to the newest line, and follow."""
        super().to_bottom()
        return self._follow_at_the_end()

    def _follow_at_the_end(self) -> View | None:
        at_end = self.log_lines.scroll_offset.y >= self.log_lines.bottom
        if self.scene is None or self.scene.view.log_follow == at_end:
            return None
        return self.scene.view.follow()
