"""The only way in and out of SQLite: connections, and its exceptions as one line for the user."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tui.engine.ports import JournalError

CACHE_KIB = 256
"""Pages that a connection keeps to itself. The system has them anyway; SQLite's own choice of 2 MiB, for each of some
connections, is a tenth of the memory of the whole program."""

BUSY_S = 5.0
"""How long another writer is waited for. Transactions here last milliseconds."""

_NO_RIGHT = "{path} may not be opened or written by this user: check the owner and mode of it and of its folder"
_LINES = {
    sqlite3.SQLITE_FULL: "the disk is full, {path} cannot grow: free some space",
    sqlite3.SQLITE_READONLY: _NO_RIGHT,
    sqlite3.SQLITE_CANTOPEN: _NO_RIGHT,
    sqlite3.SQLITE_PERM: _NO_RIGHT,
    sqlite3.SQLITE_IOERR: "the disk refuses to read or write {path} ({error}): check its space, quota and health",
    sqlite3.SQLITE_NOTADB: "{path} is not a journal: move it away",
    sqlite3.SQLITE_CORRUPT: "{path} is damaged: move it away; `sqlite3 FILE .recover` may save what it holds",
    sqlite3.SQLITE_BUSY: f"another program has kept {{path}} locked for more than {BUSY_S:g} s: end it",
}
_ANY_OTHER = "{path} cannot be used ({error}): move it away"
_WAY_OUT = ", or choose another --state-dir"


def connect(path: Path, query: str) -> sqlite3.Connection:
    """Open the existing file at `path` with the URI parameters of `query`; every statement is its own transaction.

    A connection may be made in one thread and then used in another, so SQLite's own check is off.
    """
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{query}",
        uri=True,
        timeout=BUSY_S,
        isolation_level=None,
        check_same_thread=False,
    )
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    return connection


@contextmanager
def door(path: Path) -> Iterator[None]:
    """What SQLite raises inside leaves as a `JournalError`."""
    try:
        yield
    except sqlite3.Error as error:
        raise JournalError(_line(path, error)) from error
    except OverflowError as error:
        raise JournalError("a number has more than 64 bits, no journal can hold it: check the SdkAppId") from error


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing, with the write lock taken at once: a later upgrade of a read lock could fail without waiting."""
    _begin(connection)
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _begin(connection: sqlite3.Connection) -> None:
    """Take the write lock, asking every millisecond.

    SQLite's own waiting asks ever less often: of eight busy writers some waited for 2 s, this way for 0.1 s.
    """
    end_s = time.monotonic() + BUSY_S
    connection.execute("PRAGMA busy_timeout = 1")
    try:
        while not _has_begun(connection, or_fail=time.monotonic() > end_s):
            pass
    finally:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_S * 1000:.0f}")


def _has_begun(connection: sqlite3.Connection, *, or_fail: bool) -> bool:
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if or_fail or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


def _line(path: Path, error: sqlite3.Error) -> str:
    extended = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    primary = extended & 0xFF
    return (_LINES.get(primary, _ANY_OTHER) + _WAY_OUT).format(path=path, error=error)
