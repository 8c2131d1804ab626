"""A recording to hand on: a journal as one packed file, and any journal opened only to be read.

What is opened here is never changed: a bundle, or a journal of an older layout, is read from a copy that goes with it.
"""

import gzip
import os
import shutil
import sqlite3
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tui.adapters.folders import keep_private
from tui.adapters.journal.door import connect, door
from tui.adapters.journal.opening import open_for_writing
from tui.adapters.journal.schema import SCHEMA_VERSION, version_of
from tui.engine.ports import JournalError

_GZIP = b"\x1f\x8b"
_AT_ONCE = 1 << 20


def write_bundle(journal: Path, bundle: Path) -> int:
    """Pack the journal as it is now, also while it is written, into `bundle`, for this user alone; its size in bytes.

    It holds all entries, and nothing of who polls or looks at present.

    Raises:
        JournalError: the journal cannot be read, or the bundle is there already or cannot be written.
    """
    if bundle.exists():
        raise JournalError(f"{bundle} is there already: name another file, or move it away")
    try:
        with tempfile.TemporaryDirectory(prefix=f".{bundle.name}-", dir=bundle.parent) as folder:
            copy, packed = Path(folder) / "journal", Path(folder) / "packed"
            _copy_compact(journal, copy)
            with copy.open("rb") as whole, gzip.open(packed, "wb", compresslevel=6) as pack:
                shutil.copyfileobj(whole, pack, _AT_ONCE)
            keep_private(packed)
            packed.replace(bundle)
    except OSError as error:
        raise JournalError(f"{bundle} cannot be written ({error.strerror}): check the folder and its space") from error
    return bundle.stat().st_size


def _copy_compact(journal: Path, copy: Path) -> None:
    with door(journal), closing(connect(journal, "mode=ro")) as connection:
        version_of(connection, journal)
        connection.execute("VACUUM INTO ?", (str(copy),))
    with door(journal), closing(connect(copy, "mode=rw")) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        for table, undo in (("viewer", "DELETE FROM viewer"), ("lease", "UPDATE lease SET owner = '', holder = ''")):
            if connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone():
                connection.execute(undo)


@contextmanager
def opened(recording: Path) -> Iterator[Path]:
    """A journal of the present layout that holds what `recording` does, to be read and followed.

    It is the file itself where that can be read as it is, also while somebody writes it.

    Raises:
        JournalError: it is neither a journal nor a bundle, or cannot be read.
    """
    packed, version = _kind(recording)
    if version == SCHEMA_VERSION:
        yield recording
        return
    with tempfile.TemporaryDirectory(prefix="trtc-tui-replay-") as folder:
        copy = Path(folder) / "journal.sqlite3"
        if packed:
            _unpack(recording, copy)
        else:
            _copy(recording, copy)
        open_for_writing(copy).close()  # brings it to the present layout
        yield copy


def _kind(recording: Path) -> tuple[bool, int | None]:
    """Whether it is a bundle, and else the layout of the journal."""
    try:
        with recording.open("rb") as file:
            packed = file.read(len(_GZIP)) == _GZIP
            empty = os.fstat(file.fileno()).st_size == 0
    except OSError as error:
        raise JournalError(f"{recording} cannot be read ({error.strerror}): check the name and your rights") from None
    if empty:
        raise JournalError(f"{recording} is empty: it is no recording")
    if packed:
        return True, None
    with door(recording), closing(_readable(recording)) as connection:
        return False, version_of(connection, recording)


def _readable(recording: Path) -> sqlite3.Connection:
    """A connection also where nothing may be written beside the file."""
    connection = connect(recording, "mode=ro")
    try:
        connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.OperationalError:
        connection.close()
        return connect(recording, "mode=ro&immutable=1")
    return connection


def _unpack(bundle: Path, copy: Path) -> None:
    try:
        with gzip.open(bundle, "rb") as pack, copy.open("wb") as whole:
            shutil.copyfileobj(pack, whole, _AT_ONCE)
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise JournalError(f"{bundle} is cut off or damaged: get it once more") from None
    except OSError as error:
        raise JournalError(f"{bundle} cannot be unpacked ({error.strerror}): see to space in {copy.parent}") from None


def _copy(journal: Path, copy: Path) -> None:
    with door(journal), closing(_readable(journal)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
