"""The list of the editor: breakpoints, then watch expressions."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from tui.core.breakpoint import Breakpoint, Watch
from tui.render.breakpoint_rows import breakpoint_row, heading
from tui.render.line import Line, Role, fit, line
from tui.ui.drawn import DrawnLines
from tui.ui.stops import Stops


class BreakList(DrawnLines, can_focus=True):
    """A row each, and a cursor. What its keys do is the editor's business."""

    HEAD = 1
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "screen.move(1)", "Down", show=False),
        Binding("up,k", "screen.move(-1)", "Up", show=False),
        Binding("space", "screen.switch", "On/off", show=False),
        Binding("delete", "screen.remove", "Delete", show=False),
        Binding("U", "screen.undo", "Undo", show=False),
        Binding("n", "screen.new", "New", show=False),
        Binding("t", "screen.test", "Test", show=False),
        Binding("enter", "screen.edit", "Edit", show=False),
        *(Binding(str(key), f"screen.ready_made({key})", "Ready made", show=False) for key in range(1, 9)),
    ]

    def __init__(self, stops: Stops, now_us: int) -> None:
        super().__init__(id="break-list")
        self._stops = stops
        self._now_us = now_us
        self.cursor = 0

    @property
    def rows(self) -> tuple[Breakpoint | Watch, ...]:
        """What there is."""
        return (*self._stops.breaks.breakpoints, *self._stops.breaks.watches)

    @property
    def chosen(self) -> Breakpoint | Watch | None:
        """The row under the cursor; None when there is none."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    @property
    def line_count(self) -> int:
        """Rows, or one line that tells how to get some."""
        return max(1, len(self.rows))

    def head(self, width: int) -> tuple[Line, ...]:
        """The names of the columns."""
        return (heading(width),)

    def line_at(self, y: int, width: int) -> Line:
        """Row `y`."""
        if not self.rows:
            return fit(line(("none yet: n makes one, 1 to 8 a ready-made one", Role.KEY)), width)
        one = self.rows[y]
        if isinstance(one, Watch):
            what = "watch, stops when it changes" if one.stops else "watch"
            return fit(line(f" {'*' if one.stops else ' '} {what}: ", (one.text, Role.STRONG)), width)
        mistaken = one.number in self._stops.mistakes
        return breakpoint_row(one, self._stops.tally(one), self._now_us, width, mistaken=mistaken)

    def on_cursor(self, y: int) -> bool:
        """Whether keys are about row `y`."""
        return y == self.cursor and bool(self.rows)

    def move(self, lines: int) -> None:
        """Move the cursor by so many rows."""
        self.cursor = min(max(0, self.cursor + lines), max(0, len(self.rows) - 1))
        top, height = self.scroll_offset.y, max(1, self.window)
        if not top <= self.cursor < top + height:
            target = self.cursor if self.cursor < top else self.cursor - height + 1
            self.scroll_to(y=target, animate=False, force=True, immediate=True)
        self.repaint()

    def point_at(self, number: int) -> None:
        """Put the cursor on the breakpoint of this number."""
        places = [place for place, one in enumerate(self.rows) if isinstance(one, Breakpoint) and one.number == number]
        self.cursor = places[0] if places else self.cursor
        self.move(0)
