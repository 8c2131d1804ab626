"""Waking who follows a journal, at once and without looking again and again: `engine.ports.Bell`.

Who has committed something that others wait for touches the journal's file, which inotify tells to all who watch it.
To watch for writes to the log (`-wal`) instead would wake everybody for every slot the poller takes, and shortly before
a commit can be seen rather than after it.
"""

import os
import select
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

from tui.engine.ports import Bell

LOOK_EVERY_S = 0.08
"""Where the system cannot tell."""

_IN_ATTRIB = 0x4
"""inotify(7): the file's times or rights changed."""

_ENOUGH_BYTES = 64 * 1024


def toll(journal: Path) -> None:
    """Wake all who follow `journal`; call it after the commit. They look for themselves in a while if this fails."""
    now_ns = time.time_ns()
    with suppress(OSError):
        # Not "now": the system's own idea of it is the same for several milliseconds.
        os.utime(journal, ns=(now_ns, now_ns))


def open_bell(journal: Path) -> Bell:
    """The best there is here. Open it before the first look at the journal: it tells what came after."""
    if sys.platform == "linux":
        # No more watches, no more files, no such file system: there is always the other way.
        with suppress(OSError):
            return WatchingBell(journal)
    return LookingBell(journal)


class WatchingBell:
    """Sleeps until inotify or another thread wakes it.

    Raises:
        OSError: from the constructor: inotify refuses.
    """

    def __init__(self, journal: Path) -> None:
        self._own = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        try:
            self._watch = _watch(journal)
        except OSError:
            os.close(self._own)
            raise
        self._open = True
        self._ends = threading.Lock()
        self._poll = select.poll()
        for descriptor in (self._watch, self._own):
            self._poll.register(descriptor, select.POLLIN)

    def wait(self, timeout_s: float) -> bool:
        """Wait for a ring; False after `timeout_s`."""
        ready = self._poll.poll(timeout_s * 1000)
        for descriptor, _ in ready:
            os.read(descriptor, _ENOUGH_BYTES)
        return bool(ready)

    def ring(self) -> None:
        """End the wait of this process. Nothing after `close`."""
        with self._ends:
            if self._open:
                os.eventfd_write(self._own, 1)

    def close(self) -> None:
        """Give back what it holds; nobody may be waiting."""
        with self._ends:
            if self._open:
                os.close(self._watch)
                os.close(self._own)
            self._open = False


def _watch(journal: Path) -> int:
    """A descriptor that can be read when `journal` was touched.

    By two calls of the C library: the packages for it (inotify_simple, asyncinotify) start `ldconfig` to find
    what is loaded already, and take 20 to 80 ms for that.
    """
    import ctypes  # noqa: PLC0415 - 5 ms; a first frame does not wait for them

    libc = ctypes.CDLL(None, use_errno=True)
    descriptor: int = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
    if descriptor < 0:
        raise OSError(ctypes.get_errno(), "inotify_init1")
    if libc.inotify_add_watch(descriptor, os.fsencode(journal), _IN_ATTRIB) < 0:
        os.close(descriptor)
        raise OSError(ctypes.get_errno(), "inotify_add_watch")
    return descriptor


class LookingBell:
    """Looks at the journal's file every `LOOK_EVERY_S`."""

    def __init__(self, journal: Path) -> None:
        self._journal = journal
        self._rung = threading.Event()
        self._seen = self._touched_ns()

    def wait(self, timeout_s: float) -> bool:
        """Wait for a ring; False after `timeout_s`."""
        end_s = time.monotonic() + timeout_s
        while not self._is_touched():
            left_s = end_s - time.monotonic()
            if self._rung.wait(min(max(0, left_s), LOOK_EVERY_S)):
                self._rung.clear()
                return True
            if left_s <= 0:
                return False
        return True

    def ring(self) -> None:
        """End the wait of this process."""
        self._rung.set()

    def close(self) -> None:
        """Nothing is held."""

    def _is_touched(self) -> bool:
        before, self._seen = self._seen, self._touched_ns()
        return self._seen != before

    def _touched_ns(self) -> int:
        try:
            return self._journal.stat().st_mtime_ns
        except OSError:
            return 0
