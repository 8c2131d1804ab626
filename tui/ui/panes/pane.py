"""What all panes have in common: a number, a title, and lines one can move in."""

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.reactive import var

from tui.render.view import View
from tui.ui.drawn import DrawnLines
from tui.ui.panes.title import PaneTitle
from tui.ui.scene import Scene


class Pane(Vertical):
    """A title over drawn lines. The lines take the focus; the pane tells it in its title."""

    scene: var[Scene | None] = var(None)
    """Bound to the screen's."""

    def __init__(self, number: int, lines: DrawnLines) -> None:
        super().__init__(id=f"pane-{number}", classes="pane")
        self.number = number
        self.lines = lines
        self.title_bar = PaneTitle(classes="title")
        lines.can_focus = True

    def compose(self) -> ComposeResult:
        """Title and lines."""
        yield self.title_bar
        yield self.lines

    @property
    def focused(self) -> bool:
        """Whether keys go to this pane."""
        return self.lines.has_focus

    def watch_scene(self, scene: Scene | None) -> None:
        """New facts, or a new way to look at them."""
        if scene is not None and self.is_mounted:
            self.draw(scene)

    @on(events.DescendantFocus)
    def _gain_focus(self) -> None:
        """The title tells it."""
        self._draw_again()

    @on(events.DescendantBlur)
    def _lose_focus(self) -> None:
        """The title tells it."""
        self._draw_again()

    def draw(self, scene: Scene) -> None:
        """Bring title and lines up to `scene`."""

    def move(self, lines: int) -> View | None:
        """Go up (negative) or down by so many lines; the View to look with then, if it is another one."""
        self.lines.scroll_relative(y=lines, animate=False, force=True, immediate=True)
        return None

    def to_top(self) -> View | None:
        """Go to the first line."""
        self.lines.scroll_home(animate=False, force=True, immediate=True)
        return None

    def to_bottom(self) -> View | None:
        """Go to the last line."""
        self.lines.scroll_end(animate=False, force=True, immediate=True)
        return None

    @property
    def page(self) -> int:
        """How many lines a page is."""
        return max(1, self.lines.size.height - 1)

    def _draw_again(self) -> None:
        if self.scene is not None:
            self.draw(self.scene)
