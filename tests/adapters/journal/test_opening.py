"""Where a journal may lie, who may see it, and what is said when it cannot be used."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tui.adapters.journal import JournalReader, JournalWriter, journal_path
from tui.core.entry import Note, Request, Topic, Verb
from tui.core.task import TaskRef
from tui.engine.ports import JournalError

NOTE = Note(1, Topic.POLLING_STARTED, "first")
UNPRIVILEGED = Path(__file__).with_name("unprivileged.py")
NOBODY = 65534


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_folder_and_files_are_for_this_user_alone(write: Callable[[], JournalWriter], path: Path) -> None:
    before = os.umask(0)
    try:
        writer = write()
    finally:
        os.umask(before)
    writer.append([NOTE])
    assert mode(path.parent) == 0o700
    assert {file.name.removeprefix(path.name): mode(file) for file in path.parent.iterdir()} == {
        "": 0o600,
        "-wal": 0o600,
        "-shm": 0o600,
    }


def test_rights_of_others_are_taken_away(path: Path) -> None:
    JournalWriter(path).close()
    path.chmod(0o644)
    path.parent.chmod(0o755)
    JournalWriter(path).close()
    assert (mode(path.parent), mode(path)) == (0o700, 0o600)


def test_a_closed_journal_is_one_file(path: Path) -> None:
    writer = JournalWriter(path)
    writer.append([NOTE])
    writer.close()
    assert list(path.parent.iterdir()) == [path]


def test_the_file_can_give_space_back_and_survives_a_kill(write: Callable[[], JournalWriter]) -> None:
    connection = write()._connection
    pragmas = ("journal_mode", "auto_vacuum", "synchronous", "wal_autocheckpoint", "busy_timeout")
    incremental, normal = 2, 1
    assert [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas] == [
        "wal",
        incremental,
        normal,
        1000,
        5000,
    ]


def test_a_batch_is_stored_whole_or_not_at_all(write: Callable[[], JournalWriter]) -> None:
    writer = write()
    too_large = Request(1, Verb.WATCH, TaskRef("ap-singapore", 1 << 70, "a"))
    with pytest.raises(JournalError, match="more than 64 bits"):
        writer.append([NOTE, too_large])
    assert writer.append([NOTE]) == 1


def test_there_is_nothing_to_read_before_there_was_a_writer(path: Path) -> None:
    with pytest.raises(JournalError, match=r"there is no journal at .*: start trtc-tui first"):
        JournalReader(path)
    assert not path.parent.exists()


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("")
    path = journal_path(tmp_path / "state", "a")
    with pytest.raises(JournalError, match=r"no journal can be written at .*: check the folder, or choose another"):
        JournalWriter(path)
    with pytest.raises(JournalError, match="there is no journal at"):
        JournalReader(path)


def test_a_journal_that_is_a_folder(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(JournalError, match="may not be opened or written by this user"):
        JournalWriter(path)


def test_a_writer_that_never_lets_go_is_named(
    write: Callable[[], JournalWriter], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = write()
    monkeypatch.setattr("tui.adapters.journal.door.BUSY_S", 0.01)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(JournalError, match=r"another program has kept .* locked"):
            writer.append([NOTE])
        other.execute("ROLLBACK")
    assert writer.append([NOTE]) == 1


def test_odd_characters_in_the_path(tmp_path: Path) -> None:
    path = journal_path(tmp_path / "100% ?a=b#c ü", "a")
    writer = JournalWriter(path)
    writer.append([NOTE])
    reader = JournalReader(path)
    assert reader.after(0) == [(1, NOTE)]
    reader.close()
    writer.close()
    assert list(path.parent.iterdir()) == [path]


@pytest.fixture
def foreign() -> Iterator[Path]:
    """A journal's path in a folder that an unprivileged process can reach, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp())
    yield folder / "journals" / "a.sqlite3"
    subprocess.run(["chmod", "-R", "u+w", folder], check=True)
    shutil.rmtree(folder)


def give_away_read_only(path: Path) -> None:
    """Files and folders belong to whoever `unprivileged` runs as, who may read them only."""
    top = path.parent.parent
    for found in (top, path.parent, *path.parent.iterdir()):
        if os.geteuid() == 0:
            os.chown(found, NOBODY, NOBODY)
        found.chmod(0o500 if found.is_dir() else 0o400)


def unprivileged(what: str, path: Path) -> str:
    done = subprocess.run(
        [sys.executable, UNPRIVILEGED, what, path], capture_output=True, text=True, timeout=30, check=True
    )
    return done.stdout.strip()


@pytest.mark.parametrize("beside", [[], ["-wal"]], ids=["alone", "with an empty log"])
def test_a_closed_journal_can_be_read_where_nothing_can_be_written(foreign: Path, beside: list[str]) -> None:
    writer = JournalWriter(foreign)
    writer.append([NOTE, NOTE])
    writer.close()
    for suffix in beside:
        Path(f"{foreign}{suffix}").touch()
    give_away_read_only(foreign)
    assert unprivileged("read", foreign) == "[1, 2]"


def test_a_journal_whose_writer_was_killed_can_be_read_where_nothing_can_be_written(
    foreign: Path, tmp_path: Path
) -> None:
    path = journal_path(tmp_path, "a")
    writer = JournalWriter(path)
    writer.append([NOTE, NOTE])
    shutil.copytree(path.parent, foreign.parent)
    writer.close()
    assert Path(f"{foreign}-wal").stat().st_size
    give_away_read_only(foreign)
    assert unprivileged("read", foreign) == "[1, 2]"


def test_a_log_that_cannot_be_read_is_not_passed_over(foreign: Path, tmp_path: Path) -> None:
    path = journal_path(tmp_path, "a")
    writer = JournalWriter(path)
    writer.append([NOTE, NOTE])
    foreign.parent.mkdir()
    for suffix in ("", "-wal"):
        shutil.copy(f"{path}{suffix}", f"{foreign}{suffix}")
    writer.close()
    give_away_read_only(foreign)
    assert "may not be opened or written by this user" in unprivileged("read", foreign)


def test_a_folder_that_may_not_be_entered(foreign: Path) -> None:
    JournalWriter(foreign).close()
    give_away_read_only(foreign)
    foreign.parent.chmod(0)
    for what in ("read", "write"):
        line = unprivileged(what, foreign)
        assert str(foreign.parent) in line
        assert "there is no journal" not in line


@pytest.mark.parametrize("made", [True, False], ids=["file", "no file"])
def test_a_writer_where_nothing_can_be_written(foreign: Path, *, made: bool) -> None:
    foreign.parent.mkdir()
    if made:
        JournalWriter(foreign).close()
    give_away_read_only(foreign)
    line = unprivileged("write", foreign)
    assert "--state-dir" in line
    assert str(foreign) in line
    assert "\n" not in line


def test_a_writer_of_a_file_that_is_read_only(foreign: Path) -> None:
    JournalWriter(foreign).close()
    give_away_read_only(foreign)
    foreign.parent.chmod(0o700)
    assert "may not be opened or written by this user" in unprivileged("write", foreign)
