"""The only way in and out of SQLite: connections, and its exceptions as one line for the user."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tui.engine.ports import JournalError

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
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?{query}",
        uri=True,
        timeout=BUSY_S,
        isolation_level=None,
        check_same_thread=False,
    )


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
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _line(path: Path, error: sqlite3.Error) -> str:
    extended = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    primary = extended & 0xFF
    return (_LINES.get(primary, _ANY_OTHER) + _WAY_OUT).format(path=path, error=error)
