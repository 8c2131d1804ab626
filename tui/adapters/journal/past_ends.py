"""Where tasks were over."""

import sqlite3

from tui.adapters.journal.stored import StoredEntries
from tui.core import reading
from tui.core.entry import Poll
from tui.core.lifecycle import OVER
from tui.core.views import TaskView

_TOLD = "SELECT frame FROM ending WHERE task = ? AND frame > ? AND frame < ? ORDER BY frame"
_UNTOLD = "WHERE entry.task = ? AND entry.frame > ? AND entry.frame < ? ORDER BY entry.frame"


class PastEnds:
    """The ends in the journal behind one connection. Its methods raise what `stored.reading` makes
    a JournalError of."""

    def __init__(self, connection: sqlite3.Connection, stored: StoredEntries) -> None:
        self._connection = connection
        self._stored = stored

    def told(self, number: int, after: int, before: int) -> list[int]:
        """The entries between these two with which the task of that number was over, as far as the trail tells."""
        return [frame for (frame,) in self._connection.execute(_TOLD, (number, after, before))]

    def untold(self, number: int, view: TaskView, after: int, before: int, trailed: int) -> list[int]:
        """Those behind `after` that the trail does not tell, which reaches `trailed` and left the task as `view`."""
        ends: list[int] = []
        for frame, entry in self._stored.select(_UNTOLD, (number, trailed, before)):
            if isinstance(entry, Poll):
                was, (view, _) = view.stage.life, reading.read_task(frame, view, entry)
                if frame > after and view.stage.life in OVER and view.stage.life is not was:
                    ends.append(frame)
        return ends
