"""Which tasks were watched at an entry, which forgotten, and in which order."""

import sqlite3
from bisect import bisect_right
from operator import itemgetter

from tui.adapters.journal.stored import StoredEntries
from tui.core.task import TaskRef

_PLACINGS = "SELECT frame, task, forgotten FROM placing WHERE frame > ? ORDER BY frame"

Shelves = tuple[tuple[TaskRef, ...], tuple[TaskRef, ...]]
"""Tasks watched, and tasks forgotten."""


class PastShelves:
    """The tasks in the journal behind one connection. Its methods raise what `stored.reading` makes a JournalError of.

    What the trail tells of it is read once.
    """

    def __init__(self, connection: sqlite3.Connection, stored: StoredEntries) -> None:
        self._connection = connection
        self._stored = stored
        self._placings: list[tuple[int, TaskRef, bool]] = []
        self._last: tuple[int, Shelves] = (0, ((), ()))
        """What was told last, and from how many placings."""

    def at(self, frame: int) -> Shelves:
        """The tasks after all entries up to `frame`, which the trail reaches."""
        if not self._placings or self._placings[-1][0] < frame:
            self._read_on()
        count = bisect_right(self._placings, frame, key=itemgetter(0))
        if self._last[0] != count:
            self._last = count, self._after(count)
        return self._last[1]

    def _after(self, count: int) -> Shelves:
        watched, forgotten = dict[TaskRef, None](), dict[TaskRef, None]()
        for _, task, gone in self._placings[:count]:
            to, other = (forgotten, watched) if gone else (watched, forgotten)
            other.pop(task, None)
            to[task] = None
        return tuple(watched), tuple(forgotten)

    def _read_on(self) -> None:
        newest = self._placings[-1][0] if self._placings else 0
        rows = self._connection.execute(_PLACINGS, (newest,)).fetchall()
        self._placings += [(frame, self._stored.task(task), bool(gone)) for frame, task, gone in rows]
