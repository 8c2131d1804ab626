"""Which polls tell a change: known while they are written, so that nobody has to read everything to find them."""

import sqlite3

from tui.adapters.journal.codec import AnswerRow
from tui.adapters.journal.text import Stored

_LAST_WORD = (
    "SELECT answer.fault_class, answer.word FROM entry JOIN answer ON answer.id = entry.answer "
    "WHERE entry.task = ? ORDER BY entry.frame DESC LIMIT 1"
)
_POLLED_SINCE = "SELECT 1 FROM entry WHERE frame >= ? AND answer IS NOT NULL LIMIT 1"

_Word = tuple[str | None, Stored]
"""What a change is told by: the class of a failure, and the status or the code."""


class LastWords:
    """What each task was last told, as far as it was asked for. To be thrown away when a transaction fails."""

    def __init__(self) -> None:
        self._by_task: dict[int, _Word] = {}
        self._shared: dict[_Word, _Word] = {}
        self._next_frame = 0

    def begin(self, connection: sqlite3.Connection, first_frame: int, count: int) -> None:
        """The caller's transaction is to store `count` entries from `first_frame` on.

        All words are forgotten when another process polled in between; what it only asked for changes none.
        """
        if first_frame != self._next_frame and self._by_task:
            others = connection.execute(_POLLED_SINCE, (self._next_frame,)).fetchone()
            if others is not None:
                self._by_task.clear()
        self._next_frame = first_frame + count

    def changes(self, connection: sqlite3.Connection, task: int, answer: AnswerRow) -> bool:
        """Whether `answer`, the newest one of `task`, tells another word than the one before; the first one does."""
        now: _Word = (answer.fault_class, answer.word)
        before = self._by_task.get(task) or connection.execute(_LAST_WORD, (task,)).fetchone()
        self._by_task[task] = self._shared.setdefault(now, now)
        return bool(before != now)
