"""Pane 4: what happened, line by line."""

from collections.abc import Sequence

from textual import events, on

from tui.core.views import Event
from tui.render.line import Line
from tui.render.log_lines import log_line
from tui.render.view import LogScope, View
from tui.ui.line_cache import LineCache
from tui.ui.panes.pane import Pane
from tui.ui.scene import Scene


class LogPane(Pane):
    """One line an event, of all tasks or of the selected one; when following, the newest is always in sight."""

    def __init__(self) -> None:
        super().__init__(4)
        self._log: Sequence[Event] = ()
        self._made_lines = LineCache()

    def title(self) -> tuple[str, str]:
        """How many lines, whether they follow, and whose they are."""
        view = self.scene.view if self.scene is not None else View()
        scope = "all tasks" if view.log_scope is LogScope.ALL else "this task"
        return f"4 Log {len(self._log)}", f"{'follow F' if view.log_follow else 'stands F'}  {scope}"

    @property
    def line_count(self) -> int:
        """Events in scope."""
        return len(self._log)

    def line_at(self, y: int, width: int) -> Line:
        """The line of event `y`."""
        scene = self.scene
        if scene is None:
            return ()
        event = self._log[y]
        start_us = scene.start_us(event.task)
        name = scene.name(event.task) if event.task is not None else ""
        return self._made_lines.line(
            (event.frame, y),
            (event, name, start_us, scene.view.times, scene.now_us, width),
            lambda: log_line(event, lambda _: name, scene.view, scene.now_us, width, start_us=start_us),
        )

    @property
    def bottom(self) -> int:
        """The first line in sight when the newest is the last one."""
        return max(0, len(self._log) - self.window)

    def draw(self, scene: Scene) -> None:
        """Show the events of `scene`."""
        self._log = scene.snapshot.events
        if scene.view.log_scope is LogScope.TASK:
            chosen = scene.selected.task if scene.selected is not None else None
            self._log = [event for event in self._log if event.task is None or event.task == chosen]
        self._follow()
        self.repaint()

    @on(events.Resize)
    def _follow(self) -> None:
        """Bring the newest line into sight, if that is wanted."""
        self._measure_height()
        scene = self.scene
        if scene is not None and scene.view.log_follow and self.scroll_offset.y != self.bottom:
            self.scroll_to(y=self.bottom, animate=False, force=True, immediate=True)

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
        at_end = self.scroll_offset.y >= self.bottom
        if self.scene is None or self.scene.view.log_follow == at_end:
            return None
        return self.scene.view.follow()
