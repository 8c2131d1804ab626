"""The lock file beside a journal: the system lets it go when its holder dies, however it dies."""

import fcntl
import os
import stat
from contextlib import suppress
from pathlib import Path


class LockFile:
    """The right to `<journal>.lock`, for one holder among all processes.

    A stopped holder keeps it. The file itself stays for ever: a lock on a deleted file would exclude nobody.
    """

    def __init__(self, journal: Path) -> None:
        self._path = journal.with_name(f"{journal.name}.lock")
        self._descriptor: int | None = None
        self._held = False

    def take(self) -> bool:
        """Whether it is ours, now or since before. Never waits, never raises: without it, time alone must tell."""
        if not self._held:
            with suppress(OSError):
                fcntl.flock(self._open(), fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._held = True
        return self._held

    def let_go(self) -> None:
        """Leave it to others; nothing when it is not ours."""
        if self._held and self._descriptor is not None:
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)
        self._held = False

    def close(self) -> None:
        """Let go, and give the file back."""
        self._held = False
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _open(self) -> int:
        if self._descriptor is None:
            self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, stat.S_IRUSR | stat.S_IWUSR)
        return self._descriptor
