"""Entries as the tool's own numbers need them: without RequestIds and bodies, in a quarter of the time."""

import sqlite3
from collections.abc import Iterator
from functools import lru_cache

from tui.adapters.journal.codec import REASONS, AnswerRow, EntryRow, loaded_answer, loaded_entry
from tui.adapters.journal.stored import StoredEntries
from tui.core.entry import Entry, Fault, Poll, Seen, Skew
from tui.core.trail import Spent, answered

_COLUMNS = "frame, at_us, task, answer, latency_us, reason, skew_us, skew_error_us, note"
_BETWEEN = f"SELECT {_COLUMNS} FROM entry WHERE frame > ? AND frame <= ? ORDER BY frame"  # noqa: S608 -- our own names
_LAST = (
    "SELECT at_us, reason, latency_us, answer FROM entry WHERE frame <= ? AND answer IS NOT NULL "
    "ORDER BY frame DESC LIMIT ?"
)
_ANSWER = "SELECT fault_class, word, message, start_time_ms, http_status, x'', 0, 0 FROM answer WHERE id = ?"

_ANSWERS_KEPT = 16_384

_Row = tuple[int, int, int | None, int | None, int | None, int | None, int | None, int | None, str | bytes | None]


class LeanEntries:
    """The entries behind one connection. Its methods raise what `stored.reading` makes a JournalError of."""

    def __init__(self, connection: sqlite3.Connection, stored: StoredEntries) -> None:
        self._connection = connection
        self._task = stored.task
        self._answer = lru_cache(_ANSWERS_KEPT)(self._load_answer)

    def between(self, after: int, frame: int) -> Iterator[tuple[int, Entry]]:
        """All entries behind `after` and up to `frame`, in order."""
        for row in self._connection.execute(_BETWEEN, (after, frame)):
            yield row[0], self._entry(row)

    def spent(self, frame: int, count: int) -> Iterator[Spent]:
        """What the newest polls up to `frame` have cost, in order."""
        for at_us, reason, latency_us, answer in reversed(self._connection.execute(_LAST, (frame, count)).fetchall()):
            yield at_us, REASONS[reason or 0], latency_us if answered(self._answer(answer)) else None

    def _entry(self, row: _Row) -> Entry:
        _, at_us, task_number, answer, latency_us, reason, skew_us, skew_error_us, note = row
        task = None if task_number is None else self._task(task_number)
        if note is not None or task is None or answer is None:
            return loaded_entry(EntryRow(at_us, note=note), task, None)
        skew = None if skew_us is None else Skew(skew_us, skew_error_us or 0)
        return Poll(task, at_us, latency_us or 0, REASONS[reason or 0], self._answer(answer), None, skew)

    def _load_answer(self, number: int) -> Seen | Fault:
        ((*columns,),) = self._connection.execute(_ANSWER, (number,)).fetchall()
        return loaded_answer(AnswerRow(*columns), None)
