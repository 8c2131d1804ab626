"""Panes that draw their own lines, and send only the cells that changed.

A `DataTable` repaints itself for one changed cell, 19.7 kB at 120x40; lines compared span by span cost about 100 B
(performance.md, "Tables and logs").
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events, on
from textual.color import Color
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.render.line import Line, Role, crop, fit
from tui.ui.look import CURSOR_LINE, role_style

WIDEST_SHIFT = 400
"""Nobody reads further to the right than this."""


def changed_spans(old: Line, new: Line) -> Iterator[tuple[int, int]]:
    """Where two lines of equal width differ: (first cell, number of cells), by whole spans of the new line."""
    x = 0
    for index, (text, role) in enumerate(new):
        width = cell_len(text)
        before = old[index] if index < len(old) else None
        if before is None or cell_len(before[0]) != width:
            yield x, sum(cell_len(rest) for rest, _ in new[index:])
            return
        if before != (text, role):
            yield x, width
        x += width


MakeLines = Callable[[int], Iterable[Line]]


def _nothing(_width: int) -> tuple[Line, ...]:
    return ()


class DrawnLines(ScrollView, can_focus=False):
    """Lines computed when they come into sight. A subclass says how many there are, and what each one is."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id, classes=classes)
        self._shown: dict[int, tuple[Line, bool]] = {}
        """What each row of the window holds: the line, and whether the cursor is on it."""
        self._shown_at: tuple[int, int, int] = (0, 0, 0)
        """Top line, width and sideways shift that `_shown` is for; at others it is worth nothing."""
        self._styles: dict[tuple[Role, bool], Style] = {}
        self._shift = 0
        """By how many cells the lines are scrolled to the left."""

    HEAD = 0
    """How many lines stand on top and do not scroll."""

    def head(self, width: int) -> tuple[Line, ...]:  # noqa: ARG002 - for those that have one
        """The lines on top, `HEAD` of them."""
        return ()

    @property
    def window(self) -> int:
        """How many lines are in sight below the head."""
        return max(0, self.size.height - self.HEAD)

    @property
    def line_count(self) -> int:
        """How many lines there are to scroll in."""
        return 0

    def line_at(self, y: int, width: int) -> Line:
        """Line `y`, for `width` cells; asked only for lines in sight."""
        return ((" " * width, Role.PLAIN),) if y < 0 else ()

    def on_cursor(self, y: int) -> bool:
        """Whether line `y` is to be drawn as the one the cursor is on."""
        return y < 0

    def shift_by(self, cells: int) -> None:
        """Scroll sideways; lines are made wider for what comes into sight."""
        self._shift = min(max(0, self._shift + cells), WIDEST_SHIFT)
        self.repaint()

    def repaint(self) -> None:
        """Something behind the lines changed: send what differs on the screen, and nothing else."""
        self._measure_height()
        before = self._still_shown()
        width, height = self.size
        head, count = self.head(width), self.line_count
        regions: list[Region] = []
        for row in range(height):
            old = before.get(row)
            new = self._row(row, width, head, count)
            if old is None or old[1] != new[1]:
                regions.append(Region(0, row, width, 1))
            elif old[0] != new[0]:
                regions.extend(Region(x, row, width, 1) for x, width in changed_spans(old[0], new[0]))
            self._shown[row] = new
        if regions:
            self.refresh(*regions)

    def render_line(self, y: int) -> Strip:
        """Row `y` of the window, as Textual asks for it."""
        shown = self._still_shown()
        if y not in shown:
            width = self.size.width
            shown[y] = self._row(y, width, self.head(width), self.line_count)
        line, cursor = shown[y]
        segments = [
            Segment("".join(text for text, _ in spans), self._style(role, cursor=cursor))
            for role, spans in groupby(line, key=itemgetter(1))
        ]
        return Strip(segments, self.size.width)

    def notify_style_update(self) -> None:
        """The theme changed: styles are looked up anew."""
        self._styles.clear()
        super().notify_style_update()

    def _still_shown(self) -> dict[int, tuple[Line, bool]]:
        """`_shown`, emptied when the window has moved or changed its width since."""
        at = (self.scroll_offset.y, self.size.width, self._shift)
        if at != self._shown_at:
            self._shown_at = at
            self._shown.clear()
        return self._shown

    def _measure_height(self) -> None:
        """Tell how far one can scroll. There is no scrollbar to draw, so a new line in the log is no new layout."""
        size = Size(self.size.width, self.line_count + self.HEAD)
        if size != self.virtual_size:
            self.set_reactive(ScrollView.virtual_size, size)
            self.scroll_y = self.validate_scroll_y(self.scroll_y)

    def _row(self, row: int, width: int, head: tuple[Line, ...], count: int) -> tuple[Line, bool]:
        """What belongs in this row of the window, and whether the cursor is on it."""
        if row < self.HEAD:
            return fit(head[row], width), False
        y = self.scroll_offset.y + row - self.HEAD
        if y >= count:
            return ((" " * width, Role.PLAIN),), False
        wide = width + self._shift
        return crop(fit(self.line_at(y, wide), wide), self._shift), self.on_cursor(y)

    def _style(self, role: Role, *, cursor: bool) -> Style:
        if (role, cursor) not in self._styles:
            variables = self.app.theme_variables
            background = Color.parse(variables[CURSOR_LINE]) if cursor else self.background_colors[1]
            self._styles[role, cursor] = role_style(role, variables, background)
        return self._styles[role, cursor]

    @on(events.Resize)
    def _measure_lines(self) -> None:
        """Another width is another set of lines; Textual has drawn those in sight already."""
        self.repaint()


class MadeLines:
    """Lines that are made for a number of cells when somebody wants to see them."""

    def __init__(self, make: MakeLines = _nothing) -> None:
        self._make = make
        self._made: tuple[Line, ...] = ()
        self._width = 0

    def at(self, width: int) -> tuple[Line, ...]:
        """The lines for `width` cells; none for none."""
        if width != self._width:
            self._made, self._width = tuple(self._make(width)) if width else (), width
        return self._made


class DrawnBlock(DrawnLines):
    """A few lines, made to measure when they are drawn."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id, classes=classes)
        self._made = MadeLines()

    @property
    def line_count(self) -> int:
        """How many lines there are."""
        return len(self._made.at(self.size.width + self._shift))

    def line_at(self, y: int, width: int) -> Line:
        """Line `y`."""
        return self._made.at(width)[y]

    def show(self, make: MakeLines) -> None:
        """Show the lines that `make` makes for a number of cells; it must give the same ones whenever it is asked."""
        self._made = MadeLines(make)
        self.repaint()
