"""The reading side of a journal: `engine.ports.Reader`."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sys import intern

from tui.adapters.journal import kept
from tui.adapters.journal.codec import AnswerRow, EntryRow, loaded_entry
from tui.adapters.journal.door import door
from tui.adapters.journal.opening import open_for_reading
from tui.adapters.journal.text import loaded_text
from tui.core.entry import Entry
from tui.core.task import TaskRef
from tui.core.timeline import Snapshot
from tui.engine.ports import JournalError

_ENTRY_COLUMNS = ", ".join("answer.id" if name == "answer" else f"entry.{name}" for name in EntryRow._fields)
_ANSWER_COLUMNS = ", ".join(f"answer.{name}" for name in AnswerRow._fields)
_ENTRIES_AFTER = (
    f"SELECT entry.frame, {_ENTRY_COLUMNS}, {_ANSWER_COLUMNS} "  # noqa: S608 -- names of our own
    "FROM entry LEFT JOIN answer ON answer.id = entry.answer WHERE entry.frame > ? ORDER BY entry.frame LIMIT ?"
)
_SPLIT = 1 + len(EntryRow._fields)
"""Where the columns of `answer` begin."""

_TASK = "SELECT kind, region, sdk_app_id, task_id FROM task WHERE id = ?"


class JournalReader:
    """Reads the journal at `path` and follows it; never holds a read lock between two calls.

    In a folder where nothing may be written it reads a journal that was closed properly, and sees no later writer.

    Raises:
        JournalError: from every method and from the constructor, in one line for the user.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = open_for_reading(path)
        self._tasks: dict[int, TaskRef] = {}
        self._version: int | None = None

    def kept(self) -> Snapshot:
        """The newest stored fold; an empty Snapshot when there is none, or none this version can go on from."""
        return self._kept(with_events=True)

    def kept_glance(self) -> Snapshot:
        """`kept` without its log lines: 2,000 of them take as long as 1,000 tasks."""
        return self._kept(with_events=False)

    def after(self, frame: int, limit: int = 5_000) -> list[tuple[int, Entry]]:
        """Up to `limit` entries with a higher frame than `frame`, in order."""
        with self._reading():
            rows = self._connection.execute(_ENTRIES_AFTER, (frame, limit)).fetchall()
            return [(row[0], self._entry(EntryRow._make(row[1:_SPLIT]), AnswerRow._make(row[_SPLIT:]))) for row in rows]

    def changed(self) -> bool:
        """Whether anybody committed since the last call; the first call says True."""
        with self._reading():
            before = self._version
            (self._version,) = self._connection.execute("PRAGMA data_version").fetchone()
            return self._version != before

    def close(self) -> None:
        """Give the file back."""
        with door(self._path):
            self._connection.close()

    def _kept(self, *, with_events: bool) -> Snapshot:
        with self._reading():
            self._connection.execute("BEGIN")
            try:
                return kept.load(self._connection, with_events=with_events)
            finally:
                self._connection.execute("COMMIT")

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            with door(self._path):
                yield
        except (ValueError, LookupError, zlib.error) as error:
            raise JournalError(
                f"{self._path} holds rows that are no entries ({error}): move it away, or choose another --state-dir"
            ) from error

    def _entry(self, row: EntryRow, answer: AnswerRow) -> Entry:
        task = None if row.task is None else self._task(row.task)
        return loaded_entry(row, task, None if row.answer is None else answer)

    def _task(self, number: int) -> TaskRef:
        """One TaskRef per task, however many entries tell of it."""
        if number not in self._tasks:
            ((kind, region, sdk_app_id, task_id),) = self._connection.execute(_TASK, (number,)).fetchall()
            self._tasks[number] = TaskRef(
                intern(loaded_text(region)), sdk_app_id, loaded_text(task_id), intern(loaded_text(kind))
            )
        return self._tasks[number]
