"""What all panes have in common: a number, a title, and lines one can move in."""

from textual.reactive import var

from tui.render.line import Line
from tui.render.view import View
from tui.ui.drawn import DrawnBlock
from tui.ui.panes.title import title_line
from tui.ui.scene import Scene


class Pane(DrawnBlock, can_focus=True):
    """A title over lines, all drawn by one widget: each widget more is felt at the start."""

    HEAD = 1

    scene: var[Scene | None] = var(None)
    """Bound to the screen's."""

    def __init__(self, number: int) -> None:
        super().__init__(id=f"pane-{number}", classes="pane")
        self.number = number

    def title(self) -> tuple[str, str]:
        """The texts at the left and at the right of the title."""
        return str(self.number), ""

    def head(self, width: int) -> tuple[Line, ...]:
        """The title; it tells whether keys go to this pane."""
        left, right = self.title()
        return (title_line(left, right, width, focused=self.has_focus),)

    def watch_scene(self, scene: Scene | None) -> None:
        """New facts, or a new way to look at them."""
        if scene is not None:
            self.draw(scene)

    def watch_has_focus(self, has_focus: bool) -> None:  # noqa: FBT001 - as Textual calls it
        """The title tells it."""
        super().watch_has_focus(has_focus)
        self.repaint()

    def draw(self, scene: Scene) -> None:  # noqa: ARG002 - what is drawn is the pane's own matter
        """Bring the lines up to `scene`."""
        self.repaint()

    def move(self, lines: int) -> View | None:
        """Go up (negative) or down by so many lines; the View to look with then, if it is another one."""
        self.scroll_relative(y=lines, animate=False, force=True, immediate=True)
        return None

    def to_top(self) -> View | None:
        """Go to the first line."""
        self.scroll_home(animate=False, force=True, immediate=True)
        return None

    def to_bottom(self) -> View | None:
        """Go to the last line."""
        self.scroll_end(animate=False, force=True, immediate=True)
        return None

    @property
    def page(self) -> int:
        """How many lines a page is."""
        return max(1, self.window - 1)
