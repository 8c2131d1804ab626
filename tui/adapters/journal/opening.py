"""Opening a journal: making a new one, upgrading an old one, reading where nothing may be written."""

import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from tui.adapters.folders import keep_private, make_private
from tui.adapters.journal.door import connect, door
from tui.adapters.journal.schema import SCHEMA_VERSION, upgrade, version_of
from tui.engine.ports import JournalError


def open_for_writing(path: Path) -> sqlite3.Connection:
    """A connection to the journal at `path`, which is made or upgraded when need be; file and folder are private.

    `synchronous=NORMAL`: a commit survives any end of the process. A power failure may take the last seconds, and
    leaves the file sound; to wait for the disk at each commit would delay polls (4 ms at p99, polling.md §4).

    Raises:
        JournalError: in one line, why not.
    """
    try:
        make_private(path.parent)
        if not path.exists():
            _make(path)
        keep_private(path)
    except OSError as error:
        raise JournalError(
            f"no journal can be written at {path} ({error.strerror}): check the folder, or choose another --state-dir"
        ) from error
    with door(path):
        connection = connect(path, "mode=rw")
        try:
            _prepare(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    version_of(connection, path)
    connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA wal_autocheckpoint = 1000")
    upgrade(connection, path)


def _make(path: Path) -> None:
    """Make a journal beside its place and link it in whole: two starting processes cannot meet in a half-made one.

    The file is never opened except by SQLite once it is in place: closing any other descriptor of it would drop the
    locks of all connections of this process (POSIX), and another process could then delete a log still in use.
    """
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    os.close(descriptor)
    draft = Path(name)
    try:
        with door(path), closing(connect(draft, "mode=rw")) as connection:
            _prepare(connection, path)
        path.hardlink_to(draft)
    except FileExistsError:
        return
    finally:
        for leftover in (draft, Path(f"{name}-wal"), Path(f"{name}-shm")):
            leftover.unlink(missing_ok=True)


def open_for_reading(path: Path) -> sqlite3.Connection:
    """A connection to the journal at `path` that changes nothing, except that an old layout is upgraded first.

    Raises:
        JournalError: in one line, why not.
    """
    connection, version = _open_readable(path)
    if version < SCHEMA_VERSION:
        connection.close()
        open_for_writing(path).close()
        connection, version = _open_readable(path)
    return connection


def _open_readable(path: Path) -> tuple[sqlite3.Connection, int]:
    try:
        return _try_readable(path, "mode=ro")
    except JournalError:
        if not _is_there(path):
            raise JournalError(
                f"there is no journal at {path}: start trtc-tui first, or check --profile and --state-dir"
            ) from None
        if not _lies_still(path):
            raise
        return _try_readable(path, "immutable=1")


def _try_readable(path: Path, query: str) -> tuple[sqlite3.Connection, int]:
    with door(path):
        connection = connect(path, query)
        try:
            return connection, version_of(connection, path)
        except BaseException:
            connection.close()
            raise


def _is_there(path: Path) -> bool:
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def _lies_still(path: Path) -> bool:
    """Whether nobody can be writing: SQLite wants to make a `-shm` even to read, which a read-only folder forbids.

    With nothing in a `-wal` the file is complete in itself, and where we may not write no program of ours can begin to.
    """
    if os.access(path.parent, os.W_OK) or not os.access(path, os.R_OK):
        return False
    log = Path(f"{path}-wal")
    return not (log.exists() and log.stat().st_size)
