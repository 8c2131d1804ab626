"""Entries at their barest, for whoever goes through millions of them: `engine.ports.Rows`."""

from pathlib import Path

from tui.adapters.journal.door import door
from tui.adapters.journal.opening import open_for_reading
from tui.adapters.journal.stored import StoredEntries, reading
from tui.core.entry import Entry
from tui.core.row import Row
from tui.engine.ports import JournalError

_ROWS = """
    SELECT frame, at_us, task, answer, coalesce(latency_us, 0), skew_us, coalesce(skew_error_us, 0)
    FROM entry WHERE frame > ? AND frame <= ? ORDER BY frame LIMIT ?
"""
_ENDS = "SELECT coalesce(min(frame), 0), coalesce(max(frame), 0) FROM entry"


class JournalRows:
    """Reads the journal at `path`, and holds no read lock between two calls.

    Raises:
        JournalError: from every method and from the constructor, in one line for the user.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = open_for_reading(path)
        self._stored = StoredEntries(self._connection)

    def ends(self) -> tuple[int, int]:
        """The first and the last frame; 0 and 0 for an empty journal."""
        with door(self._path):
            first, last = self._connection.execute(_ENDS).fetchone()
        return int(first), int(last)

    def rows(self, after: int, until: int, limit: int) -> list[Row]:
        """Up to `limit` entries with a frame above `after` and not above `until`, in order."""
        with door(self._path):
            return self._connection.execute(_ROWS, (after, until, limit)).fetchall()

    def entry(self, frame: int) -> Entry:
        """The whole entry of that number, which is there."""
        with reading(self._path):
            found = self._stored.select("WHERE entry.frame = ?", (frame,))
        if not found:
            raise JournalError(f"{self._path} has lost entry {frame} while it was read: try again")
        return found[0][1]

    def close(self) -> None:
        """Give the file back."""
        with door(self._path):
            self._connection.close()
