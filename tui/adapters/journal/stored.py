"""Rows of a journal as entries, for everything that reads it."""

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sys import intern

from tui.adapters.journal.codec import AnswerRow, EntryRow, loaded_entry
from tui.adapters.journal.door import door
from tui.adapters.journal.text import Stored, loaded_text, stored_text
from tui.core.entry import Entry
from tui.core.task import TaskRef
from tui.engine.ports import JournalError

_ENTRY_COLUMNS = ", ".join("answer.id" if name == "answer" else f"entry.{name}" for name in EntryRow._fields)
_ANSWER_COLUMNS = ", ".join(f"answer.{name}" for name in AnswerRow._fields)
_SELECT = (
    f"SELECT entry.frame, {_ENTRY_COLUMNS}, {_ANSWER_COLUMNS} "  # noqa: S608 -- names of our own
    "FROM entry LEFT JOIN answer ON answer.id = entry.answer "
)
_SPLIT = 1 + len(EntryRow._fields)
"""Where the columns of `answer` begin."""

_TASK = "SELECT kind, region, sdk_app_id, task_id FROM task WHERE id = ?"
_TASK_NUMBER = "SELECT id FROM task WHERE kind = ? AND region = ? AND sdk_app_id = ? AND task_id = ?"

TaskColumns = tuple[Stored, Stored, int, Stored]
"""The columns of `task` behind its `id`."""


def task_columns(task: TaskRef) -> TaskColumns:
    """A task as a row."""
    return stored_text(task.kind), stored_text(task.region), task.sdk_app_id, stored_text(task.task_id)


def task_number(connection: sqlite3.Connection, columns: TaskColumns) -> int | None:
    """The id of a task; None when the journal does not know it."""
    found = connection.execute(_TASK_NUMBER, columns).fetchone()
    return int(found[0]) if found else None


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """What SQLite raises inside, and what rows that are no entries make raise, leaves as a `JournalError`."""
    try:
        with door(path):
            yield
    except (ValueError, LookupError, zlib.error) as error:
        raise JournalError(
            f"{path} holds rows that are no entries ({error}): move it away, or choose another --state-dir"
        ) from error


class StoredEntries:
    """The entries behind one connection. Its methods raise what `reading` makes a JournalError of."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._tasks: dict[int, TaskRef] = {}

    def select(self, which: str, values: tuple[object, ...]) -> list[tuple[int, Entry]]:
        """Frames and entries, by what follows on `FROM entry`: conditions, order and limit."""
        rows = self._connection.execute(_SELECT + which, values).fetchall()
        return [(row[0], self._entry(EntryRow._make(row[1:_SPLIT]), AnswerRow._make(row[_SPLIT:]))) for row in rows]

    def _entry(self, row: EntryRow, answer: AnswerRow) -> Entry:
        task = None if row.task is None else self.task(row.task)
        return loaded_entry(row, task, None if row.answer is None else answer)

    def task(self, number: int) -> TaskRef:
        """One TaskRef per task, however many entries tell of it."""
        if number not in self._tasks:
            ((kind, region, sdk_app_id, task_id),) = self._connection.execute(_TASK, (number,)).fetchall()
            self._tasks[number] = TaskRef(
                intern(loaded_text(region)), sdk_app_id, loaded_text(task_id), intern(loaded_text(kind))
            )
        return self._tasks[number]
