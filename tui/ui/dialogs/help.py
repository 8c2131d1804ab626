"""All keys, to read, to search in, and to run."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tui.render.line import Line, Role, line
from tui.render.text import column
from tui.ui.commands.command import Command
from tui.ui.drawn import DrawnLines
from tui.ui.still_input import StillInput

WORDS = (
    "Idle, InProgress, Exited come from the API. ENDED: a query error after a known life.",
    "NOT FOUND: never seen alive. UNKNOWN: the tool is blind (key, clock, limit, network); the task may be fine.",
    "Marks: ! needs you   ? unknown   ~ changing   x over.   Line 2: is the tool well?   Line 3: who needs you?",
)


class Help(ModalScreen[str | None]):
    """Closes with the id of the command to run."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Close", show=False),
        Binding("down", "move(1)", "Down", show=False, priority=True),
        Binding("up", "move(-1)", "Up", show=False, priority=True),
        Binding("pagedown", "move(10)", "Page down", show=False, priority=True),
        Binding("pageup", "move(-10)", "Page up", show=False, priority=True),
    ]

    def __init__(self, rows: tuple[Command, ...]) -> None:
        super().__init__()
        self._rows = rows
        self._list = _Rows(rows)

    def compose(self) -> ComposeResult:
        """A box that fills most of the screen."""
        with Vertical(classes="dialog dialog-tall"):
            yield StillInput(placeholder="Help: type to search   Enter runs   Esc closes", id="help-search")
            yield self._list
            yield Static("\n".join(WORDS), markup=False, classes="help-words")

    def action_move(self, lines: int) -> None:
        """Move the cursor."""
        self._list.move(lines)

    @on(Input.Changed)
    def search(self, event: Input.Changed) -> None:
        """Show the rows that hold all words."""
        words = event.value.lower().split()
        self._list.show(tuple(row for row in self._rows if all(word in _searched(row) for word in words)))

    @on(Input.Submitted)
    def run_chosen(self, event: Input.Submitted) -> None:
        """Run the row under the cursor."""
        event.stop()
        self.dismiss(self._list.chosen)


def _searched(command: Command) -> str:
    return f"{command.key_text} {command.title} {command.help}".lower()


class _Rows(DrawnLines):
    """A line a command, under the heading of its group."""

    def __init__(self, rows: tuple[Command, ...]) -> None:
        super().__init__(id="help-rows")
        self._rows = rows
        self._cursor = 0

    @property
    def chosen(self) -> str | None:
        """The id under the cursor; None when nothing was found."""
        return self._rows[self._cursor].id if self._rows else None

    @property
    def line_count(self) -> int:
        """Rows found."""
        return len(self._rows)

    def line_at(self, y: int, width: int) -> Line:  # noqa: ARG002 - cut to width by the caller
        """Group (where it begins), keys, title, help."""
        row = self._rows[y]
        begins = y == 0 or self._rows[y - 1].group != row.group
        return line(
            (column(row.group.value if begins else "", 13), Role.HEADING),
            (column(row.key_text, 11), Role.KEY),
            column(row.title, 29) + " ",
            (row.help, Role.DIM),
        )

    def on_cursor(self, y: int) -> bool:
        """Whether Enter would run row `y`."""
        return y == self._cursor

    def show(self, rows: tuple[Command, ...]) -> None:
        """Show these rows, the cursor on the first one."""
        self._rows, self._cursor = rows, 0
        self.scroll_home(animate=False, force=True, immediate=True)
        self.repaint()

    def move(self, lines: int) -> None:
        """Move the cursor by so many rows."""
        self._cursor = min(max(0, self._cursor + lines), max(0, len(self._rows) - 1))
        top, height = self.scroll_offset.y, self.size.height
        if not top <= self._cursor < top + height:
            target = self._cursor if self._cursor < top else self._cursor - height + 1
            self.scroll_to(y=target, animate=False, force=True, immediate=True)
        self.repaint()
