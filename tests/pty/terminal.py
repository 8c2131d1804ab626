"""A language for tests at a real terminal: press keys, say what the screen shows.

Every sentence waits for its condition, and fails at the deadline with the screen as it last was.
"""

import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import NoReturn

import pexpect
import pyte

from tests.pty.part import Part
from tests.pty.program import PROGRAM, environment

DEADLINE_S = 20.0
LOOK_EVERY_S = 0.05
QUIET_S = 0.3

KEYS = {
    "Enter": "\r",
    "Esc": "\x1b",
    "Tab": "\t",
    "Shift-Tab": "\x1b[Z",
    "Space": " ",
    "Del": "\x1b[3~",
    "Backspace": "\x7f",
    "Up": "\x1b[A",
    "Down": "\x1b[B",
    "PgDn": "\x1b[6~",
    "F1": "\x1bOP",
    "F9": "\x1b[20~",
    "Ctrl-C": "\x03",
    "Ctrl-P": "\x10",
    "Ctrl-Q": "\x11",
    "Ctrl-U": "\x15",
    "Ctrl-Z": "\x1a",
}
"""What a terminal sends for keys that have a name; any other text is typed as it is."""

RULES = ("──", "══")
"""How the title of a pane begins; the second one has the focus."""


class Screen:
    """A program at a terminal, as somebody sits in front of it."""

    def __init__(self, child: "pexpect.spawn[bytes]", size: tuple[int, int]) -> None:
        self._child = child
        self._picture = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._picture)
        self.sent = b""
        """All bytes that the program has sent so far."""

    @property
    def lines(self) -> list[str]:
        """The rows, from the top."""
        return list(self._picture.display)

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.lines)

    def cells(self, row: int, column: int) -> str:
        """Row `row` from cell `column` on; both count from 0."""
        cells = self._picture.buffer[row]
        return "".join(cells[x].data for x in range(column, self._picture.columns))

    def place(self, text: str) -> tuple[int, int]:
        """Row and cell where `text` begins, the topmost; it must be there, and nothing wider than a cell before it."""
        row = next((row for row, line in enumerate(self.lines) if text in line), None)
        if row is None:
            self._fail(f"{text!r} is nowhere")
        return row, self.lines[row].index(text)

    def pane_text(self, number: int) -> str:
        """The title and the lines of a pane; empty when it is not there. For screens less than 120 columns wide."""
        starts = [row for row, line in enumerate(self.lines) if line.startswith(RULES)] + [len(self.lines) - 1]
        for start, end in pairwise(starts):
            if self.lines[start][3:].startswith(f"{number} "):
                return "\n".join(line.rstrip() for line in self.lines[start:end])
        return ""

    def shows(self, *texts: str) -> None:
        """All texts are somewhere."""
        self.wait(lambda: all(text in self.text for text in texts), f"shows {texts}")

    def hides(self, *texts: str) -> None:
        """None of the texts is anywhere."""
        self.wait(lambda: not any(text in self.text for text in texts), f"hides {texts}")

    def line(self, number: int) -> Part:
        """Line `number` from the top, from 1; from the bottom when negative."""
        index = number - 1 if number > 0 else number
        return Part(self.wait, f"line {number}", lambda: self.lines[index])

    def row(self, name: str) -> Part:
        """The row of a task in pane 1."""

        def found() -> str:
            rows = self.pane_text(1).split("\n")[2:]
            return next((row for row in rows if name in row), "")

        return Part(self.wait, f"row {name!r}", found)

    def selects(self, name: str) -> None:
        """The cursor of pane 1 is on the row of this task."""

        def selected() -> bool:
            return any(row.startswith(">") and name in row for row in self.pane_text(1).split("\n"))

        self.wait(selected, f"selects {name!r}")

    def pane(self, number: int) -> Part:
        return Part(self.wait, f"pane {number}", lambda: self.pane_text(number))

    def press(self, *keys: str) -> None:
        """Press these keys, or type these texts."""
        for key in keys:
            self._child.send(KEYS.get(key, key).encode())

    def filters_by(self, text: str) -> None:
        """Open the filter line, type, and keep it."""
        self.press("/")
        self.shows("── 1 Tasks")
        self.press(text)
        self.pane(1).says(f"/{text}")
        self.press("Enter")
        self.shows("══ 1 Tasks")

    def resize(self, columns: int, rows: int) -> None:
        """Make the window this large."""
        self._picture.resize(rows, columns)
        self._child.setwinsize(rows, columns)

    def signal(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        self._child.kill(number)

    def settles(self) -> None:
        """Nothing has been sent for a moment."""
        deadline = time.monotonic() + DEADLINE_S
        while self._read(QUIET_S):
            if time.monotonic() > deadline:
                self._fail("does not settle")

    def quits_with(self, code: int) -> None:
        """The program ends, with this exit code."""
        deadline = time.monotonic() + DEADLINE_S
        while self._child.isalive() and time.monotonic() < deadline:
            self._read(LOOK_EVERY_S)
        if self._child.isalive():
            self._fail("still runs")
        while self._read(0):
            pass
        assert (self._child.exitstatus, self._child.signalstatus) == (code, None), self.text

    @property
    def runs(self) -> bool:
        return bool(self._child.isalive())

    def wait(self, condition: Callable[[], bool], what: str) -> None:
        """`condition` holds; `what` says it in words, for when it does not."""
        deadline = time.monotonic() + DEADLINE_S
        while not condition():
            if time.monotonic() > deadline:
                self._fail(f"not so after {DEADLINE_S:.0f} s: {what}")
            if not self._read(LOOK_EVERY_S) and not self._child.isalive() and not self._read(0):
                if condition():
                    return
                self._fail(f"ended with {self._child.exitstatus} instead of: {what}")

    def _read(self, timeout_s: float) -> bool:
        """Take what was sent, waiting at most so long for it; False when there was nothing."""
        try:
            piece = self._child.read_nonblocking(65_536, timeout_s)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return False
        self.sent += piece
        self._stream.feed(piece)
        return True

    def _fail(self, what: str) -> NoReturn:
        raise AssertionError(f"{what}\n{self.text}")


@contextmanager
def screen(
    arguments: Sequence[str],
    home: Path,
    *,
    size: tuple[int, int] = (110, 40),
    changes: Mapping[str, str | None] | None = None,
    stdin: Path | None = None,
) -> Iterator[Screen]:
    """Start the program at a terminal of `size` (columns, rows); it is gone when the block ends.

    Args:
        home: its home folder; `changes` to its environment are those of `program.environment`.
        stdin: a file in place of the keyboard as standard input.
    """
    command = [PROGRAM, *arguments]
    if stdin is not None:
        command = ["/bin/sh", "-c", 'list=$1; shift; exec "$@" <"$list"', "sh", str(stdin), *command]
    child: pexpect.spawn[bytes] = pexpect.spawn(
        command[0],
        command[1:],
        env=environment(home, changes),  # type: ignore[arg-type]  # the stubs want os.environ itself
        cwd=str(home),
        dimensions=(size[1], size[0]),
    )
    child.delaybeforesend = None
    try:
        yield Screen(child, size)
    finally:
        child.kill(signal.SIGKILL)
        child.close()
