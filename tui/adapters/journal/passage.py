"""Finding one's way in a journal of any length: `engine.ports.Passage`, and `engine.ports.Witness`."""

from pathlib import Path

from tui.adapters.journal.door import door
from tui.adapters.journal.evidence import find
from tui.adapters.journal.frames import frame_at
from tui.adapters.journal.opening import open_for_reading
from tui.adapters.journal.stored import StoredEntries, reading, task_columns, task_number
from tui.core.entry import Entry
from tui.core.task import TaskRef
from tui.protocol.evidence import Evidence

_NO_TASK = -1
"""An id that no row has."""

_OF_ALL = "entry WHERE"
_OF_TASK = "entry INDEXED BY entry_task WHERE task = ? AND"
_CHANGES_OF_ALL = "entry INDEXED BY entry_change WHERE changed = 1 AND"
_CHANGES_OF_TASK = "entry INDEXED BY entry_task_change WHERE changed = 1 AND task = ? AND"


class JournalPassage:
    """Ways through the journal at `path`: from a frame to the next one of a kind, and to a moment.

    Every step is a look into an index; only `nth` and `rank` count, which takes 20 ms for a million entries of a task.

    Raises:
        JournalError: from every method and from the constructor, in one line for the user.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = open_for_reading(path)
        self._stored = StoredEntries(self._connection)

    def next(self, frame: int, task: TaskRef | None = None) -> int | None:
        """The frame of the first entry after `frame`, of `task` alone if given; None at the end."""
        return self._after(_OF_ALL if task is None else _OF_TASK, frame, task)

    def previous(self, frame: int, task: TaskRef | None = None) -> int | None:
        """The frame of the last entry before `frame`, of `task` alone if given; None at the beginning."""
        return self._before(_OF_ALL if task is None else _OF_TASK, frame, task)

    def next_change(self, frame: int, task: TaskRef | None = None) -> int | None:
        """The first poll after `frame` that told another word than the one before; None when there is none."""
        return self._after(_CHANGES_OF_ALL if task is None else _CHANGES_OF_TASK, frame, task)

    def previous_change(self, frame: int, task: TaskRef | None = None) -> int | None:
        """The last poll before `frame` that told another word than the one before; None when there is none."""
        return self._before(_CHANGES_OF_ALL if task is None else _CHANGES_OF_TASK, frame, task)

    def nth(self, task: TaskRef, number: int) -> int | None:
        """The frame of entry `number` of a task, from 1, counted among those that retention has left."""
        if number < 1:
            return None
        return self._frame(
            f"SELECT frame FROM {_OF_TASK} 1 ORDER BY frame LIMIT 1 OFFSET ?",  # noqa: S608 -- a text of our own
            (self._number(task), number - 1),
        )

    def rank(self, task: TaskRef, frame: int) -> int:
        """How many entries of a task there are up to `frame`: `nth` the other way round."""
        counted = self._frame(f"SELECT count(*) FROM {_OF_TASK} frame <= ?", (self._number(task), frame))  # noqa: S608
        return counted or 0

    def seek(self, at_us: int) -> int:
        """The newest frame at a moment, µs UTC; 0 before the first one.

        Where a clock was set back, a moment that came twice has more than one such frame: it is one of them.
        """
        with door(self._path):
            return frame_at(self._connection, at_us)

    def around(self, frame: int, before: int, after: int, task: TaskRef | None = None) -> list[tuple[int, Entry]]:
        """The newest `before` entries up to `frame`, itself among them, and the next `after`; in order."""
        of_task, own = ("", ()) if task is None else ("entry.task = ? AND ", (self._number(task),))
        with reading(self._path):
            past = self._stored.select(
                f"WHERE {of_task}entry.frame <= ? ORDER BY entry.frame DESC LIMIT ?", (*own, frame, before)
            )
            coming = self._stored.select(
                f"WHERE {of_task}entry.frame > ? ORDER BY entry.frame LIMIT ?", (*own, frame, after)
            )
        return past[::-1] + coming

    def evidence(self, frame: int) -> Evidence | None:
        """What the poll at `frame` left behind; None when nothing is kept of it."""
        with reading(self._path):
            return find(self._connection, frame)

    def close(self) -> None:
        """Give the file back."""
        with door(self._path):
            self._connection.close()

    def _after(self, among: str, frame: int, task: TaskRef | None) -> int | None:
        query = f"SELECT frame FROM {among} frame > ? ORDER BY frame LIMIT 1"  # noqa: S608 -- texts of our own
        return self._frame(query, (*self._own(task), frame))

    def _before(self, among: str, frame: int, task: TaskRef | None) -> int | None:
        query = f"SELECT frame FROM {among} frame < ? ORDER BY frame DESC LIMIT 1"  # noqa: S608 -- texts of our own
        return self._frame(query, (*self._own(task), frame))

    def _own(self, task: TaskRef | None) -> tuple[int, ...]:
        return () if task is None else (self._number(task),)

    def _number(self, task: TaskRef) -> int:
        with door(self._path):
            return task_number(self._connection, task_columns(task)) or _NO_TASK

    def _frame(self, query: str, values: tuple[int, ...]) -> int | None:
        with door(self._path):
            found = self._connection.execute(query, values).fetchone()
        return int(found[0]) if found else None
