"""The layout of a journal file, and how an older file becomes one of the present layout.

Append only: no row of `task`, `answer` or `entry` is ever changed; retention deletes polls that told nothing new. What
is equal from poll to poll is stored once, in `answer`; a poll that tells nothing new costs one row of `entry`. The
`kept_` tables hold a fold of the entries, so that a start need not read them all, and those of the trail what makes the
fold of only some of them quick to be had; both can be thrown away at any time.
So can what requests left behind (`evidence.py`): of the newest polls all of it, of few polls for ever.

Columns of type ANY hold text as TEXT, or as BLOB where TEXT cannot hold it (`text.py`).
"""

import sqlite3
from pathlib import Path

from tui.adapters.journal.door import transaction
from tui.engine.ports import JournalError

APPLICATION_ID = 0x74727463
"""`trtc` in ASCII: tells a journal from any other SQLite file."""

_ENTRIES = (
    """CREATE TABLE task(
        id INTEGER PRIMARY KEY,
        kind ANY NOT NULL, region ANY NOT NULL, sdk_app_id INTEGER NOT NULL, task_id ANY NOT NULL,
        UNIQUE(task_id, sdk_app_id, region, kind)
    ) STRICT""",
    """CREATE TABLE answer(
        id INTEGER PRIMARY KEY,
        digest BLOB NOT NULL UNIQUE,    -- of the columns below, 16 bytes
        fault_class TEXT,               -- NULL: the service told a status
        word ANY NOT NULL,              -- the status, or the code of the failure
        message ANY,
        start_time_ms INTEGER,
        http_status INTEGER,
        body BLOB NOT NULL,
        cut INTEGER NOT NULL,           -- 1: `body` holds {RequestId} where each poll has its own
        packed INTEGER NOT NULL         -- 1: `body` is compressed by zlib
    ) STRICT""",
    """CREATE TABLE entry(
        frame INTEGER PRIMARY KEY,
        at_us INTEGER NOT NULL,         -- a poll: when it was sent; anything else: when it happened
        task INTEGER,
        answer INTEGER,                 -- NULL: no poll
        latency_us INTEGER,
        request_id ANY,                 -- 16 bytes for a UUID
        reason INTEGER,                 -- index in codec.REASONS
        skew_us INTEGER,
        skew_error_us INTEGER,
        note ANY                        -- JSON, for anything but a poll
    ) STRICT""",
    "CREATE INDEX entry_task ON entry(task)",
)

_KEPT_FOLD = (
    """CREATE TABLE kept(
        id INTEGER PRIMARY KEY CHECK(id = 1),
        frame INTEGER NOT NULL, at_us INTEGER NOT NULL, fold_version INTEGER NOT NULL, tool ANY NOT NULL
    ) STRICT""",
    """CREATE TABLE kept_task(
        task INTEGER PRIMARY KEY,
        forgotten INTEGER NOT NULL, position INTEGER NOT NULL, view ANY NOT NULL
    ) STRICT""",
    """CREATE TABLE kept_event(
        frame INTEGER NOT NULL, nth INTEGER NOT NULL, event ANY NOT NULL,
        PRIMARY KEY(frame, nth)
    ) STRICT, WITHOUT ROWID""",
)

_LEASE = (
    """CREATE TABLE lease(
        id INTEGER PRIMARY KEY CHECK(id = 1),
        owner TEXT NOT NULL,            -- token of one process; empty: nobody
        holder TEXT NOT NULL,           -- the same for people
        epoch INTEGER NOT NULL,         -- raised with every new owner: what an older one sends or writes is refused
        until_us INTEGER NOT NULL,      -- boot clock
        locked INTEGER NOT NULL,        -- 1: the owner also holds the lock file, so its death is seen at once
        free_us INTEGER NOT NULL,       -- boot clock: when the next request may be sent
        interval_us INTEGER NOT NULL,   -- the present spacing
        boot TEXT NOT NULL              -- of which boot the two clocks are
    ) STRICT""",
    "INSERT INTO lease VALUES(1, '', '', 0, 0, 0, 0, 55556, '')",
    """CREATE TABLE viewer(
        id TEXT PRIMARY KEY,            -- token of one screen
        until_us INTEGER NOT NULL,      -- boot clock
        boot TEXT NOT NULL,
        attention ANY NOT NULL          -- JSON
    ) STRICT, WITHOUT ROWID""",
)

_CHANGES = (
    # 1 where a task's word differs from the poll before: transitions are found without reading what lies between.
    "ALTER TABLE entry ADD COLUMN changed INTEGER",
    """UPDATE entry SET changed = 1 WHERE frame IN (
        SELECT frame FROM (
            SELECT entry.frame AS frame, answer.word AS word, answer.fault_class AS class,
                lag(answer.word) OVER past AS word_before, lag(answer.fault_class) OVER past AS class_before
            FROM entry JOIN answer ON answer.id = entry.answer
            WINDOW past AS (PARTITION BY entry.task ORDER BY entry.frame)
        ) WHERE word IS NOT word_before OR class IS NOT class_before
    )""",
    # Every index ends with the frame: the first finds the changes of a task, the second those of all.
    "CREATE INDEX entry_task_change ON entry(task, changed) WHERE changed = 1",
    "CREATE INDEX entry_change ON entry(changed) WHERE changed = 1",
)

_THINNED = (
    """CREATE TABLE thinned(
        id INTEGER PRIMARY KEY CHECK(id = 1),
        frame INTEGER NOT NULL,         -- retention has dealt with the entries up to this one
        at_us INTEGER NOT NULL          -- the time of that entry
    ) STRICT""",
    "INSERT INTO thinned VALUES(1, 0, 0)",
)

_FAULTS = (
    # Polls that told no status: found without reading those between, of one task and of all.
    "CREATE TABLE fault(frame INTEGER PRIMARY KEY, task INTEGER NOT NULL) STRICT",
    """INSERT INTO fault SELECT entry.frame, entry.task FROM entry JOIN answer ON answer.id = entry.answer
        WHERE answer.fault_class IS NOT NULL AND entry.task IS NOT NULL ORDER BY entry.frame""",
    "CREATE INDEX fault_task ON fault(task)",
    # What is no poll, by the first letters of what it is (JSON begins with its type).
    "CREATE INDEX entry_note ON entry(substr(CAST(note AS TEXT), 1, 14)) WHERE note IS NOT NULL",
)

_TRAIL = (
    # What the fold left behind as it went (`core.trail`). Every table can be thrown away, with `trail` set to 0.
    """CREATE TABLE trail(
        id INTEGER PRIMARY KEY CHECK(id = 1),
        frame INTEGER NOT NULL,         -- the trail tells of the entries up to this one
        fold_version INTEGER NOT NULL
    ) STRICT""",
    "INSERT INTO trail VALUES(1, 0, 0)",
    """CREATE TABLE milestone(
        frame INTEGER PRIMARY KEY,
        task INTEGER NOT NULL,
        view ANY                        -- BLOB: packed. Else to be folded: NULL, or TEXT: the cause of the gap it tells
    ) STRICT""",
    "CREATE INDEX milestone_task ON milestone(task)",
    "CREATE TABLE tool_milestone(frame INTEGER PRIMARY KEY, at_us INTEGER NOT NULL, tool BLOB NOT NULL) STRICT",
    "CREATE TABLE placing(frame INTEGER PRIMARY KEY, task INTEGER NOT NULL, forgotten INTEGER NOT NULL) STRICT",
    """CREATE TABLE line(
        place INTEGER PRIMARY KEY,      -- 8 times its frame, and which of the lines of this frame it is
        task INTEGER,
        event BLOB NOT NULL
    ) STRICT""",
    """CREATE TABLE repeat(
        line INTEGER NOT NULL, frame INTEGER NOT NULL, count INTEGER NOT NULL, at_us INTEGER NOT NULL,
        PRIMARY KEY(line, frame)
    ) STRICT, WITHOUT ROWID""",
    "CREATE TABLE ending(frame INTEGER PRIMARY KEY, task INTEGER NOT NULL) STRICT",
)

_EVIDENCE = (
    """CREATE TABLE evidence(
        frame INTEGER PRIMARY KEY,      -- of the poll that left it behind
        facts BLOB NOT NULL             -- JSON, as evidence.py packs it
    ) STRICT""",
    """CREATE TABLE recent_evidence(
        place INTEGER PRIMARY KEY,      -- frame modulo evidence.RECENT: the newest one stays
        frame INTEGER NOT NULL,
        facts BLOB NOT NULL
    ) STRICT""",
)

MIGRATIONS = (_ENTRIES, _KEPT_FOLD, (*_LEASE, *_CHANGES, *_THINNED), (*_FAULTS, *_TRAIL, *_EVIDENCE))
"""Statement by statement, what makes version n + 1 of version n. Those released are never edited."""

SCHEMA_VERSION = len(MIGRATIONS)


def upgrade(connection: sqlite3.Connection, path: Path) -> None:
    """Bring the file to `SCHEMA_VERSION`, in one transaction; an empty file starts at version 0.

    Raises:
        JournalError: the file is no journal, or a newer program's.
        sqlite3.Error: it cannot be written.
    """
    with transaction(connection):
        version = version_of(connection, path)
        if version == SCHEMA_VERSION:
            return
        for statements in MIGRATIONS[version:]:
            for statement in statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def version_of(connection: sqlite3.Connection, path: Path) -> int:
    """The version of a journal; 0 for an empty file.

    Raises:
        JournalError: the file is no journal, or a newer program's.
        sqlite3.Error: it cannot be read.
    """
    version = _number(connection, "PRAGMA user_version")
    if _number(connection, "PRAGMA application_id") != APPLICATION_ID:
        if version or _number(connection, "SELECT count(*) FROM sqlite_master"):
            raise JournalError(
                f"{path} is a database of some other program: move it away, or choose another --state-dir"
            )
        return 0
    if version > SCHEMA_VERSION:
        raise JournalError(
            f"{path} was written by a newer trtc-tui (schema {version}, this one knows {SCHEMA_VERSION}): "
            "upgrade trtc-tui, or choose another --state-dir"
        )
    return version


def _number(connection: sqlite3.Connection, query: str) -> int:
    (number,) = connection.execute(query).fetchone()
    return int(number)
