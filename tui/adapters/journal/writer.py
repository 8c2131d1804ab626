"""The append-only side of a journal: `engine.ports.Writer`."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tui.adapters.journal.codec import AnswerRow, EntryRow, answer_row, digest, entry_row
from tui.adapters.journal.door import door, transaction
from tui.adapters.journal.kept import KeptFold
from tui.adapters.journal.opening import open_for_writing
from tui.adapters.journal.text import stored_text
from tui.core.entry import Entry, Note, Poll
from tui.core.task import TaskRef
from tui.core.timeline import Snapshot


def _insert(table: str, columns: tuple[str, ...]) -> str:
    return f"INSERT INTO {table}({', '.join(columns)}) VALUES({', '.join('?' * len(columns))})"


_INSERT_ENTRY = _insert("entry", ("frame", *EntryRow._fields))
_INSERT_ANSWER = _insert("answer", ("digest", *AnswerRow._fields))
_INSERT_TASK = _insert("task", ("kind", "region", "sdk_app_id", "task_id"))
_FIND_TASK = "SELECT id FROM task WHERE kind = ? AND region = ? AND sdk_app_id = ? AND task_id = ?"
_FIND_ANSWER = "SELECT id FROM answer WHERE digest = ?"


class JournalWriter:
    """Appends to the journal at `path`, which is made when it is not there. Several processes may do so at once.

    Raises:
        JournalError: from every method and from the constructor, in one line for the user.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = open_for_writing(path)
        self._kept = KeptFold()

    def append(self, entries: Sequence[Entry]) -> int:
        """Store all entries in one transaction; the first one's frame is returned, the others follow on it."""
        with self._transaction():
            (first,) = self._connection.execute("SELECT coalesce(max(frame), 0) + 1 FROM entry").fetchone()
            for frame, entry in enumerate(entries, first):
                self._connection.execute(_INSERT_ENTRY, (frame, *self._row(entry)))
        return int(first)

    def keep(self, snapshot: Snapshot, changed: Sequence[TaskRef]) -> None:
        """Store a fold. What is missing in `changed` is written as well after another writer or version was here."""
        kept, self._kept = self._kept, KeptFold()
        with self._transaction():
            kept.store(self._connection, snapshot, changed, self._task_id)
        self._kept = kept

    def close(self) -> None:
        """Give the file back; the last one to close it tidies up `-wal` and `-shm`."""
        with door(self._path):
            self._connection.close()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with door(self._path), transaction(self._connection):
            yield

    def _row(self, entry: Entry) -> EntryRow:
        task = None if isinstance(entry, Note) else self._task_id(entry.task)
        answer = self._answer_id(entry) if isinstance(entry, Poll) else None
        return entry_row(entry, task, answer)

    def _task_id(self, task: TaskRef) -> int:
        named = (stored_text(task.kind), stored_text(task.region), task.sdk_app_id, stored_text(task.task_id))
        return self._find(_FIND_TASK, named) or self._add(_INSERT_TASK, named)

    def _answer_id(self, poll: Poll) -> int:
        row = answer_row(poll.answer, poll.request_id)
        key = digest(row)
        return self._find(_FIND_ANSWER, (key,)) or self._add(_INSERT_ANSWER, (key, *row))

    def _find(self, query: str, values: tuple[object, ...]) -> int | None:
        found = self._connection.execute(query, values).fetchone()
        return int(found[0]) if found else None

    def _add(self, statement: str, values: tuple[object, ...]) -> int:
        ((added,),) = self._connection.execute(f"{statement} RETURNING id", values).fetchall()
        return int(added)
