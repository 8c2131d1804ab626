"""What a journal looks like from outside: how big, how old, how full, and whether it is sound."""

import sqlite3
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from tui.adapters.journal.door import door
from tui.adapters.journal.opening import open_for_reading
from tui.engine.ports import JournalError

_COUNTS = """
    SELECT
        (SELECT count(*) FROM entry),
        (SELECT count(*) FROM entry WHERE answer IS NULL),
        (SELECT count(*) FROM entry WHERE answer IS NULL AND CAST(note AS TEXT) LIKE '{"type":"gap"%'),
        (SELECT count(*) FROM entry INDEXED BY entry_change WHERE changed = 1),
        (SELECT count(*) FROM task)
"""
_FIRST = "SELECT at_us FROM entry ORDER BY frame LIMIT 1"
_LAST = "SELECT at_us + coalesce(latency_us, 0) FROM entry ORDER BY frame DESC LIMIT 1"
_THINNED = "SELECT at_us FROM thinned WHERE frame > 0"

_WORST = 20
"""So many lines tell that a file is damaged; SQLite would tell 100."""

_STRAYS = {
    "{} entries tell of a task that is not there": (
        "SELECT count(*) FROM entry WHERE task IS NOT NULL AND task NOT IN (SELECT id FROM task)"
    ),
    "{} polls refer to an answer that is not there": (
        "SELECT count(*) FROM entry WHERE answer IS NOT NULL AND answer NOT IN (SELECT id FROM answer)"
    ),
    "{} entries are neither a poll nor anything else": (
        "SELECT count(*) FROM entry WHERE answer IS NULL AND note IS NULL OR answer IS NOT NULL AND task IS NULL"
    ),
}


class Shape(Struct, frozen=True):
    """What a journal holds. Times are µs UTC, None where there is none."""

    schema: int
    file_bytes: int
    log_bytes: int
    """Of the `-wal` beside it: what is not yet in the file."""
    entries: int
    polls: int
    gaps: int
    changes: int
    tasks: int
    first_us: int | None
    last_us: int | None
    thinned_us: int | None
    """Up to when polls that told nothing new are one a minute."""

    @property
    def bytes_per_poll(self) -> float | None:
        """All of the file, divided by the polls; None without any."""
        return self.file_bytes / self.polls if self.polls else None


def shape_of(path: Path) -> Shape:
    """The shape of the journal at `path`: a second for 10 million entries.

    Raises:
        JournalError: it cannot be read.
    """
    with closing(open_for_reading(path)) as connection, door(path):
        entries, others, gaps, changes, tasks = connection.execute(_COUNTS).fetchone()
        return Shape(
            schema=_number(connection, "PRAGMA user_version") or 0,
            file_bytes=_size(path),
            log_bytes=_size(Path(f"{path}-wal")),
            entries=entries,
            polls=entries - others,
            gaps=gaps,
            changes=changes,
            tasks=tasks,
            first_us=_number(connection, _FIRST),
            last_us=_number(connection, _LAST),
            thinned_us=_number(connection, _THINNED),
        )


def damages(path: Path) -> list[str]:
    """What is wrong with the journal at `path`, a line each; empty when it is sound. Reads all of it.

    Raises:
        JournalError: it is not there, is none, or may not be read.
    """
    try:
        with closing(open_for_reading(path)) as connection, door(path):
            told = [str(line) for (line,) in connection.execute(f"PRAGMA integrity_check({_WORST})").fetchall()]
            if told != ["ok"]:
                return told
            counted = ((line, _number(connection, query)) for line, query in _STRAYS.items())
            return [line.format(count) for line, count in counted if count]
    except JournalError as error:
        cause = error.__cause__
        if isinstance(cause, sqlite3.DatabaseError) and cause.sqlite_errorcode & 0xFF == sqlite3.SQLITE_CORRUPT:
            return [str(cause)]
        raise


def _number(connection: sqlite3.Connection, query: str) -> int | None:
    found = connection.execute(query).fetchone()
    return None if found is None else int(found[0])


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
