"""The reading side of a journal: `engine.ports.Reader`."""

from pathlib import Path

from tui.adapters.journal import attention, kept, lease_row
from tui.adapters.journal.boot import this_boot
from tui.adapters.journal.door import door
from tui.adapters.journal.opening import open_for_reading
from tui.adapters.journal.stored import StoredEntries, reading
from tui.adapters.journal.trail import end_of_trail
from tui.core.attention import Attention
from tui.core.entry import Entry
from tui.core.lease import LeaseView
from tui.core.timeline import Snapshot


class JournalReader:
    """Reads the journal at `path` and follows it; never holds a read lock between two calls.

    In a folder where nothing may be written it reads a journal that was closed properly, and sees no later writer.

    Raises:
        JournalError: from every method and from the constructor, in one line for the user.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._boot = this_boot()
        self._connection = open_for_reading(path)
        self._stored = StoredEntries(self._connection)
        self._version: int | None = None
        self._glanced: Snapshot | None = None
        """What `kept_glance` told last, until `kept` goes on from it."""

    def kept(self) -> Snapshot:
        """The newest stored fold; an empty Snapshot when there is none, or none this version can go on from."""
        glanced, self._glanced = self._glanced, None
        return self._kept(with_events=True, known=glanced)

    def trailed(self) -> int:
        """The last frame that the trail tells of; 0 when there is none, or none this version can use."""
        with reading(self._path):
            return end_of_trail(self._connection)

    def kept_glance(self) -> Snapshot:
        """`kept` without its log lines: 2,000 of them take as long as 1,000 tasks."""
        self._glanced = self._kept(with_events=False)
        return self._glanced

    def after(self, frame: int, limit: int = 5_000) -> list[tuple[int, Entry]]:
        """Up to `limit` entries with a higher frame than `frame`, in order."""
        with reading(self._path):
            return self._stored.select("WHERE entry.frame > ? ORDER BY entry.frame LIMIT ?", (frame, limit))

    def lease(self) -> LeaseView:
        """Who polls, how fast, and how many screens are open."""
        with reading(self._path):
            return lease_row.view(self._connection, self._boot)

    def attentions(self) -> tuple[Attention, ...]:
        """What all open screens show."""
        with reading(self._path):
            return attention.attentions(self._connection, self._boot)

    def changed(self) -> bool:
        """Whether anybody committed since the last call; the first call says True."""
        with reading(self._path):
            before = self._version
            (self._version,) = self._connection.execute("PRAGMA data_version").fetchone()
            return self._version != before

    def close(self) -> None:
        """Give the file back."""
        with door(self._path):
            self._connection.close()

    def _kept(self, *, with_events: bool, known: Snapshot | None = None) -> Snapshot:
        with reading(self._path):
            self._connection.execute("BEGIN")
            try:
                return kept.load(self._connection, with_events=with_events, known=known)
            finally:
                self._connection.execute("COMMIT")
