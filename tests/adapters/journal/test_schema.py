"""Files of other versions, of other programs, and of nobody."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tui.adapters.journal import JournalReader, JournalWriter, schema
from tui.adapters.journal.lease import JournalLease
from tui.core.entry import Note, Poll, Reason, Request, Seen, Topic, Verb
from tui.core.task import TaskRef
from tui.core.timeline import fold
from tui.engine.ports import JournalError

VERSION_1 = """
    PRAGMA application_id = 0x74727463;
    PRAGMA user_version = 1;
    CREATE TABLE task(id INTEGER PRIMARY KEY, kind ANY NOT NULL, region ANY NOT NULL, sdk_app_id INTEGER NOT NULL,
        task_id ANY NOT NULL, UNIQUE(task_id, sdk_app_id, region, kind)) STRICT;
    CREATE TABLE answer(id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, fault_class TEXT, word ANY NOT NULL,
        message ANY, start_time_ms INTEGER, http_status INTEGER, body BLOB NOT NULL, cut INTEGER NOT NULL,
        packed INTEGER NOT NULL) STRICT;
    CREATE TABLE entry(frame INTEGER PRIMARY KEY, at_us INTEGER NOT NULL, task INTEGER, answer INTEGER,
        latency_us INTEGER, request_id ANY, reason INTEGER, skew_us INTEGER, skew_error_us INTEGER, note ANY) STRICT;
    CREATE INDEX entry_task ON entry(task);
    INSERT INTO task VALUES(1, 'transcription', 'ap-singapore', 1400000000, 'm9-a');
    INSERT INTO answer VALUES(1, zeroblob(16), NULL, 'Idle', NULL, 1772433534515, NULL,
        CAST('{"RequestId":"{RequestId}"}' AS BLOB), 1, 0);
    INSERT INTO entry(frame, at_us, task, note)
        VALUES(1, 1000, 1, '{"type":"request","verb":"watch","operator":"op","name":""}');
    INSERT INTO entry(frame, at_us, task, answer, latency_us, request_id, reason)
        VALUES(2, 2000, 1, 1, 30, x'f83001c57e3cdfacba3e236bf063c8d1', 1);
    INSERT INTO entry(frame, at_us, note)
        VALUES(3, 3000, '{"type":"note","topic":"polling stopped","text":"bye","level":"warn"}');
"""
"""A file as version 1 wrote it: entries, and no kept fold."""

VERSION_2 = f"""
    {VERSION_1}
    PRAGMA user_version = 2;
    CREATE TABLE kept(id INTEGER PRIMARY KEY CHECK(id = 1), frame INTEGER NOT NULL, at_us INTEGER NOT NULL,
        fold_version INTEGER NOT NULL, tool ANY NOT NULL) STRICT;
    CREATE TABLE kept_task(task INTEGER PRIMARY KEY, forgotten INTEGER NOT NULL, position INTEGER NOT NULL,
        view ANY NOT NULL) STRICT;
    CREATE TABLE kept_event(frame INTEGER NOT NULL, nth INTEGER NOT NULL, event ANY NOT NULL,
        PRIMARY KEY(frame, nth)) STRICT, WITHOUT ROWID;
    INSERT INTO task VALUES(2, 'transcription', 'ap-singapore', 1400000000, 'm9-b');
    INSERT INTO answer VALUES(2, x'02', NULL, 'InProgress', NULL, 1772433534515, NULL, x'', 0, 0);
    INSERT INTO answer VALUES(3, x'03', 'network', 'timeout', 'none in 3 s', NULL, NULL, x'', 0, 0);
    INSERT INTO answer VALUES(4, x'04', 'network', 'timeout', 'none in 5 s', NULL, NULL, x'', 0, 0);
    INSERT INTO answer VALUES(5, x'05', 'service', 'timeout', 'told so', NULL, 200, x'', 0, 0);
    INSERT INTO entry(frame, at_us, task, answer, latency_us, reason) VALUES
        (4, 4000, 2, 1, 30, 0), (5, 5000, 1, 1, 30, 0), (6, 6000, 2, 2, 30, 0), (7, 7000, 1, 3, 30, 0),
        (8, 8000, 2, 2, 30, 0), (9, 9000, 1, 4, 30, 0), (10, 10000, 1, 5, 30, 0), (12, 12000, 1, 1, 30, 0),
        (13, 13000, 1, 1, 30, 0);
    INSERT INTO entry(frame, at_us, task, note)
        VALUES(11, 11000, 1, '{{"type":"request","verb":"poll now","operator":"op","name":""}}');
"""
"""A file as version 2 wrote it, with changes of two tasks."""

CHANGES_OF_VERSION_2 = [2, 4, 6, 7, 10, 12]
"""A failure of another class is another word; another message is not."""

OWN = "f83001c5-7e3c-dfac-ba3e-236bf063c8d1"
TASK = TaskRef("ap-singapore", 1400000000, "m9-a")
OF_VERSION_1 = [
    (1, Request(1000, Verb.WATCH, TASK, "op")),
    (
        2,
        Poll(
            TASK, 2000, 30, Reason.CONFIRM, Seen("Idle", 1772433534515, f'{{"RequestId":"{OWN}"}}'.encode()), OWN, None
        ),
    ),
]


@pytest.fixture(params=[VERSION_1, VERSION_2], ids=["version 1", "version 2"])
def old(path: Path, request: pytest.FixtureRequest) -> Path:
    """A journal of an older version."""
    sql(path, request.param)
    return path


def sql(path: Path, script: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)


def test_a_writer_upgrades_an_old_file_and_goes_on(
    old: Path, write: Callable[[], JournalWriter], read: Callable[[], JournalReader]
) -> None:
    with closing(sqlite3.connect(old)) as before:
        ((newest,),) = before.execute("SELECT max(frame) FROM entry").fetchall()
    writer = write()
    assert writer.append([Note(4000, Topic.POLLING_STARTED, "again")]) == newest + 1
    reader = read()
    entries = reader.after(0)
    assert len(entries) == newest + 1
    assert entries[:2] == OF_VERSION_1
    snapshot = fold(entries)
    writer.keep(snapshot, [TASK])
    assert reader.kept() == snapshot


def test_a_reader_upgrades_an_old_file_too(old: Path, read: Callable[[], JournalReader]) -> None:
    reader = read()
    assert reader.kept().frame == 0
    assert reader.after(0)[:2] == OF_VERSION_1


def test_an_upgraded_file_has_the_tables_of_a_new_one(old: Path, tmp_path: Path) -> None:
    new = tmp_path / "new.sqlite3"
    JournalWriter(old).close()
    JournalWriter(new).close()
    assert layout(old) == layout(new)


def test_an_upgrade_finds_the_changes_a_writer_would_have_marked(path: Path) -> None:
    sql(path, VERSION_2)
    JournalWriter(path).close()
    with closing(sqlite3.connect(path)) as connection:
        changes = connection.execute("SELECT frame FROM entry WHERE changed = 1 ORDER BY frame").fetchall()
        assert changes == [(frame,) for frame in CHANGES_OF_VERSION_2]
        assert connection.execute("SELECT changed FROM entry WHERE frame = 5").fetchall() == [(None,)]


def test_an_upgrade_finds_the_errors_a_writer_would_have_marked(path: Path) -> None:
    sql(path, VERSION_2)
    JournalWriter(path).close()
    with closing(sqlite3.connect(path)) as connection:
        faults = connection.execute("SELECT frame, task FROM fault ORDER BY frame").fetchall()
    assert faults == [(7, 1), (9, 1), (10, 1)]


def test_an_upgraded_file_has_a_free_lease(old: Path) -> None:
    lease = JournalLease(old, "first")
    tenure = lease.campaign()
    lease.close()
    assert tenure is not None
    assert (tenure.epoch, tenure.predecessor) == (1, "")


def layout(path: Path) -> list[tuple[str, str, str]]:
    """All columns and indexes, and the version."""
    described = (
        "SELECT m.name, c.name, c.type || c.pk || c.'notnull' FROM sqlite_master m, pragma_table_info(m.name) c "
        "UNION ALL SELECT m.name, i.name, i.origin FROM sqlite_master m, pragma_index_list(m.name) i "
        "UNION ALL SELECT 'version', user_version, '' FROM pragma_user_version ORDER BY 1, 2"
    )
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(described).fetchall()


def test_an_upgrade_that_fails_changes_nothing(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = layout(old)
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS[:-1], (*schema.MIGRATIONS[-1], "CREATE nonsense")))
    with pytest.raises(JournalError):
        JournalWriter(old)
    assert layout(old) == before


def test_a_file_of_a_newer_version_is_left_alone(path: Path) -> None:
    JournalWriter(path).close()
    sql(path, "PRAGMA user_version = 9")
    content = path.read_bytes()
    for end in (JournalWriter, JournalReader):
        with pytest.raises(JournalError) as caught:
            end(path)
        assert str(caught.value) == (
            f"{path} was written by a newer trtc-tui (schema 9, this one knows {schema.SCHEMA_VERSION}): "
            "upgrade trtc-tui, or choose another --state-dir"
        )
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_left_alone(path: Path) -> None:
    sql(path, "CREATE TABLE bookmark(url TEXT)")
    content = path.read_bytes()
    for end in (JournalWriter, JournalReader):
        with pytest.raises(JournalError, match="is a database of some other program: move it away"):
            end(path)
    assert path.read_bytes() == content


def test_what_is_no_database_is_left_alone(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_text("Dear diary, " * 500)
    for end in (JournalWriter, JournalReader):
        with pytest.raises(JournalError, match="is not a journal: move it away, or choose another --state-dir"):
            end(path)
    assert path.read_text() == "Dear diary, " * 500


def test_an_empty_file_becomes_a_journal(
    path: Path, write: Callable[[], JournalWriter], read: Callable[[], JournalReader]
) -> None:
    path.parent.mkdir(parents=True)
    path.touch()
    assert write().append([Note(1, Topic.POLLING_STARTED, "first")]) == 1
    assert read().after(0) == [(1, Note(1, Topic.POLLING_STARTED, "first"))]


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE entry SET note = 'no JSON' WHERE frame = 3",
        "UPDATE entry SET reason = 77 WHERE frame = 2",
        "UPDATE entry SET task = NULL WHERE frame = 2",
        "UPDATE answer SET packed = 1",
        "UPDATE answer SET fault_class = 'unheard of'",
        "DELETE FROM task",
        "DELETE FROM answer",
    ],
)
def test_rows_somebody_spoilt_are_told_in_one_line(old: Path, read: Callable[[], JournalReader], damage: str) -> None:
    sql(old, damage)
    reader = read()
    with pytest.raises(JournalError) as caught:
        reader.after(0)
    assert "holds rows that are no entries" in str(caught.value)
    assert "\n" not in str(caught.value)
