"""What keeps a journal small while others write it: `engine.ports.Keeper`."""

from collections.abc import Sequence
from pathlib import Path

from tui.adapters.journal import evidence
from tui.adapters.journal.door import BUSY_S, door, transaction
from tui.adapters.journal.frames import frame_at
from tui.adapters.journal.opening import open_for_writing
from tui.adapters.journal.stored import StoredEntries, reading
from tui.core.entry import Entry
from tui.core.retention import Sieve

LOOKED_AT = 250
"""Entries in one batch: some 5 ms of work, in a process that also has to send in time."""

_READERS_MS = 50
"""How long a checkpoint waits for readers: meanwhile nobody can write."""

_SPARE_PAGES = 1024
"""4 MiB: free pages that the polls of some 50 minutes will fill again."""

_PAGES_AT_ONCE = 64

_OLD_ENTRIES = "WHERE entry.frame > ? AND entry.frame <= ? ORDER BY entry.frame LIMIT ?"
_UNUSED_ANSWERS = "SELECT id FROM answer WHERE id NOT IN (SELECT answer FROM entry WHERE answer IS NOT NULL)"
_ANSWERS_SINCE = "SELECT DISTINCT answer FROM entry WHERE frame > ? AND answer IS NOT NULL"


class JournalKeeper:
    """Thins out the journal at `path` by `core.retention`, batch by batch, from where it stopped last time.

    The trail of the fold stays as it is: it counts the polls that are gone, and without it what is left could not be
    told at once.

    Bodies of deleted polls stay in `answer` until `drop_unused_answers`: to know whether another poll was told the same
    takes a look at all of them, or an index that costs more than the bodies.

    Raises:
        JournalError: from every method and from the constructor, in one line for the user.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = open_for_writing(path)
        self._stored = StoredEntries(self._connection)
        self._sieve: Sieve | None = None
        self.deleted = 0
        """Polls so far."""

    def thin(self, before_us: int) -> int:
        """Look at the next few entries and delete those polls from before `before_us` that tell nothing new.

        Returns how many entries it looked at; 0: there are none left for now.
        """
        with reading(self._path):
            thinned = self._thinned()
            end = frame_at(self._connection, before_us)
            entries = self._stored.select(_OLD_ENTRIES, (thinned, end, LOOKED_AT))
        sieve, self._sieve = self._sieve, None
        if not entries:
            return 0
        if sieve is None or sieve.before_us != before_us:
            sieve = Sieve(before_us)
        taken = (sieve.take(frame, entry) for frame, entry in entries)
        if self._delete([frame for frame in taken if frame], thinned, entries[-1]):
            self._sieve = sieve
        return len(entries)

    def give_back(self) -> int:
        """Give some unneeded space back to the disk; returns how many pages, 0 when there is none to spare."""
        with door(self._path):
            pages = min(_PAGES_AT_ONCE, self._free_pages() - _SPARE_PAGES)
            if pages <= 0:
                return 0
            self._connection.execute(f"PRAGMA incremental_vacuum({pages})").fetchall()
            return pages

    def checkpoint(self) -> None:
        """Bring what is in the log into the file, and empty it, unless somebody is reading."""
        with door(self._path):
            self._connection.execute(f"PRAGMA busy_timeout = {_READERS_MS}")
            try:
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            finally:
                self._connection.execute(f"PRAGMA busy_timeout = {BUSY_S * 1000:.0f}")

    def drop_unused_answers(self) -> int:
        """Delete the answers that no poll was told any more; returns how many. Reads all entries, but locks nobody out
        meanwhile."""
        with door(self._path):
            (newest,) = self._connection.execute("SELECT max(frame) FROM entry").fetchone()
            unused = {number for (number,) in self._connection.execute(_UNUSED_ANSWERS).fetchall()}
            with transaction(self._connection):
                used_since = {number for (number,) in self._connection.execute(_ANSWERS_SINCE, (newest or 0,))}
                unused -= used_since
                self._connection.executemany("DELETE FROM answer WHERE id = ?", [(number,) for number in unused])
        return len(unused)

    def vacuum(self) -> None:
        """Write the whole file anew, without holes. Nobody else can write meanwhile: 10 s for a GB."""
        with door(self._path):
            self._connection.execute("VACUUM")

    def close(self) -> None:
        """Give the file back."""
        with door(self._path):
            self._connection.close()

    def _thinned(self) -> int:
        (frame,) = self._connection.execute("SELECT frame FROM thinned").fetchone()
        return int(frame)

    def _free_pages(self) -> int:
        (pages,) = self._connection.execute("PRAGMA freelist_count").fetchone()
        return int(pages)

    def _delete(self, frames: Sequence[int], thinned: int, last: tuple[int, Entry]) -> bool:
        """Delete these polls, and remember how far we are; False when another process did the same meanwhile."""
        with door(self._path), transaction(self._connection):
            if self._thinned() != thinned:
                return False
            self._connection.executemany("DELETE FROM entry WHERE frame = ?", [(frame,) for frame in frames])
            self._connection.executemany("DELETE FROM fault WHERE frame = ?", [(frame,) for frame in frames])
            evidence.drop(self._connection, frames)
            self._connection.execute("UPDATE thinned SET frame = ?, at_us = ?", (last[0], last[1].at_us))
        self.deleted += len(frames)
        return True
