"""All keys, to read, to search in, and to run; and the words of a predicate."""

from typing import ClassVar

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from tui.core.predicate import GRAMMAR
from tui.core.predicate import WORDS as PREDICATE_WORDS
from tui.render.line import Line, Role, fit, line
from tui.render.text import column, cut, wrap
from tui.ui.commands.command import Command
from tui.ui.dialogs.dialog import Dialog
from tui.ui.drawn import DrawnBlock, DrawnLines
from tui.ui.still_input import StillInput

WORDS = (
    "Small letters go forward in time, capitals back.  Idle, InProgress, Exited come from the API.",
    "ENDED: a query error after a known life. NOT FOUND: never seen alive. UNKNOWN: the tool cannot see.",
    "Marks: ! needs you  a acked  ? unknown  ~ changing  x over  + pinned.  Line 2: the tool.  Line 3: who needs you.",
)

PREDICATES = "Predicates"

_GROUP_CELLS, _KEY_CELLS, _TITLE_CELLS = 13, 11, 30


class Row(Struct, frozen=True):
    """A line: a command, or something about predicates."""

    group: str
    keys: str
    title: str
    help: str
    command: str | None = None
    """What Enter runs; None when there is nothing to run."""

    @property
    def searched(self) -> str:
        """What typed words are looked for in; `words` finds those of a predicate."""
        also = "" if self.command else " words"
        return f"{self.group} {self.keys} {self.title} {self.help}{also}".lower()


def command_rows(commands: tuple[Command, ...]) -> tuple[Row, ...]:
    """A row a command."""
    return tuple(Row(one.group.value, one.key_text, one.title, one.help, one.id) for one in commands)


def predicate_rows() -> tuple[Row, ...]:
    """How a predicate is written, and a row a word of it."""
    grammar = (Row(PREDICATES, "", "how to write one", line_) for line_ in GRAMMAR)
    words = (Row(PREDICATES, word.name, word.unit, word.help) for word in PREDICATE_WORDS.values())
    return (*words, *grammar)


class Help(Dialog[str | None]):
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
        self._rows = (*command_rows(rows), *predicate_rows())
        self._list = _Rows(self._rows)
        self._told = DrawnBlock(id="help-chosen")

    def compose(self) -> ComposeResult:
        """A box that fills most of the screen."""
        with Vertical(classes="dialog dialog-tall"):
            yield StillInput(
                placeholder="Help: type to search (words: a predicate's)   Enter runs   Esc closes",
                id="help-search",
            )
            yield self._list
            yield self._told
            yield Static("\n".join(WORDS), markup=False, classes="help-words")

    def on_mount(self) -> None:
        """The first row is chosen."""
        self._tell_chosen()

    def action_move(self, lines: int) -> None:
        """Move the cursor."""
        self._list.move(lines)
        self._tell_chosen()

    @on(Input.Changed)
    def search(self, event: Input.Changed) -> None:
        """Show the rows that hold all words."""
        words = event.value.lower().split()
        self._list.show(tuple(row for row in self._rows if all(word in row.searched for word in words)))
        self._tell_chosen()

    @on(Input.Submitted)
    def run_chosen(self, event: Input.Submitted) -> None:
        """Run the row under the cursor."""
        event.stop()
        chosen = self._list.chosen
        if chosen is None or chosen.command is not None:
            self.dismiss(chosen.command if chosen is not None else None)

    def _tell_chosen(self) -> None:
        """The help of the chosen row, whole: beside the keys it may be cut."""
        chosen = self._list.chosen
        text = chosen.help if chosen is not None else "no command has all these words"
        self._told.show(lambda cells: [fit(line((part, Role.STRONG)), cells) for part in wrap(text, cells)])


class _Rows(DrawnLines):
    """A line a row, under the heading of its group."""

    def __init__(self, rows: tuple[Row, ...]) -> None:
        super().__init__(id="help-rows")
        self._rows = rows
        self._cursor = 0

    @property
    def chosen(self) -> Row | None:
        """The row under the cursor; None when nothing was found."""
        return self._rows[self._cursor] if self._rows else None

    @property
    def line_count(self) -> int:
        """Rows found."""
        return len(self._rows)

    def line_at(self, y: int, width: int) -> Line:
        """Group (where it begins), keys, title, help."""
        row = self._rows[y]
        begins = y == 0 or self._rows[y - 1].group != row.group
        return line(
            (column(row.group if begins else "", _GROUP_CELLS), Role.HEADING),
            (column(row.keys, _KEY_CELLS), Role.KEY),
            column(row.title, _TITLE_CELLS),
            (cut(row.help, width - _GROUP_CELLS - _KEY_CELLS - _TITLE_CELLS), Role.DIM),
        )

    def on_cursor(self, y: int) -> bool:
        """Whether Enter would run row `y`."""
        return y == self._cursor

    def show(self, rows: tuple[Row, ...]) -> None:
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
