"""Pane 3: how the selected task stood, and what happened, over a span of time."""

from typing import Protocol

from textual import events, on
from textual.message import Message

from tui.render.line import Line
from tui.render.text import cells as cells_of
from tui.render.view import View
from tui.ui.panes.pane import Pane
from tui.ui.panes.title import title_line
from tui.ui.scene import Scene

_RULES = 10
"""Cells of a title line beside its two texts."""

_LEAST_WORDS = 12
"""What is under the cursor is not told in fewer cells."""


class Picture(Protocol):
    """What is to be seen."""

    @property
    def title(self) -> str:
        """Which span."""

    def words(self, cells: int) -> str:
        """What is under the cursor, in at most so many cells."""

    def lines(self, cells: int, rows: int) -> tuple[Line, ...]:
        """The columns."""


class Scrubs(Protocol):
    """What makes the pictures: `ui.scrubber.Scrubber`, which is loaded after the first frame."""

    def look(self, scene: Scene, cells: int) -> None:
        """Ask for what is to be seen in so many cells, if that is not known yet."""

    def picture(self, scene: Scene) -> Picture | None:
        """What is known; None before anything is."""

    def step(self, by: int, scene: Scene) -> int:
        """Put the cursor so many columns further on; returns the moment it is at, µs UTC."""

    def go_to(self, at_us: int, scene: Scene) -> int:
        """Put the cursor on a moment, within the recording; returns it."""

    def zoomed(self, scene: Scene, *, nearer: bool) -> View:
        """How to look with half or twice the time in sight."""


class TimelinePane(Pane):
    """Draws the pictures, and moves the cursor in them: sideways by columns; up is nearer, down is farther."""

    class Sought(Message):
        """The operator put the cursor on a moment, µs UTC."""

        def __init__(self, at_us: int) -> None:
            super().__init__()
            self.at_us = at_us

    def __init__(self) -> None:
        super().__init__(3)
        self._scrubber: Scrubs | None = None
        self._picture: Picture | None = None

    def begin(self, scrubber: Scrubs) -> None:
        """Show something from now on: the first frame does not wait for it."""
        self._scrubber = scrubber
        self.watch_scene(self.scene)

    def head(self, width: int) -> tuple[Line, ...]:
        """The span; and in words what is under the cursor, as far as there is room."""
        if self._picture is None:
            return (title_line("3 Timeline", "", width, focused=self.has_focus),)
        left = self._picture.title
        room = width - cells_of(left) - _RULES
        words = self._picture.words(room) if room >= _LEAST_WORDS else ""
        return (title_line(left, words, width, focused=self.has_focus),)

    def draw(self, scene: Scene) -> None:
        """Show what is known, and ask for what is not."""
        if self._scrubber is None or not self.display or not self.size.width:
            return
        self._scrubber.look(scene, self.size.width)
        self._show_found(scene)

    def show_found(self) -> None:
        """Something was found."""
        if self.scene is not None:
            self._show_found(self.scene)

    def _show_found(self, scene: Scene) -> None:
        picture = self._picture = self._scrubber.picture(scene) if self._scrubber is not None else None
        rows = self.window
        self.show(lambda cells: picture.lines(cells, rows) if picture is not None else ())

    @on(events.Resize)
    def _look_again(self) -> None:
        """Another width is another number of columns."""
        self.watch_scene(self.scene)

    @property
    def page(self) -> int:
        """A page is a step: of the zoom."""
        return 1

    def move(self, lines: int) -> View | None:
        """Zoom: nearer for up, farther for down."""
        if self._scrubber is None or self.scene is None or not lines:
            return None
        return self._scrubber.zoomed(self.scene, nearer=lines < 0)

    def shift_by(self, cells: int) -> None:
        """Put the cursor one column to the left or to the right."""
        if self._scrubber is not None and self.scene is not None and cells:
            self._sought(self._scrubber.step(1 if cells > 0 else -1, self.scene))

    def to_top(self) -> View | None:
        """Put the cursor on the beginning of the recording."""
        self._go_to(0)
        return None

    def to_bottom(self) -> View | None:
        """Put the cursor on the newest column."""
        self._go_to(1 << 62)
        return None

    def _go_to(self, at_us: int) -> None:
        if self._scrubber is not None and self.scene is not None:
            self._sought(self._scrubber.go_to(at_us, self.scene))

    def _sought(self, at_us: int) -> None:
        self.watch_scene(self.scene)
        self.post_message(self.Sought(at_us))
