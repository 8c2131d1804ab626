"""Recordings to hand on, and journals of others that are only read."""

import gzip
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.adapters.journal.test_schema import OF_VERSION_1, VERSION_1, VERSION_2
from tests.core.entries import OTHER, ROOM, poll, watch
from tui.adapters.journal import JournalReader, JournalWriter
from tui.adapters.journal.bundle import opened, write_bundle
from tui.adapters.journal.lease import JournalLease
from tui.adapters.journal.schema import SCHEMA_VERSION
from tui.core.entry import Entry
from tui.core.timeline import fold
from tui.engine.ports import JournalError

ENTRIES: list[Entry] = [watch(), watch(OTHER), *(poll("Idle", n, (ROOM, OTHER)[n % 2]) for n in range(200))]


def entries_of(path: Path) -> list[tuple[int, Entry]]:
    with closing(JournalReader(path)) as reader:
        return reader.after(0)


@pytest.fixture
def journal(path: Path, write: Callable[[], JournalWriter]) -> Path:
    """A journal that somebody writes."""
    write().append(ENTRIES)
    return path


def test_a_bundle_holds_all_entries_and_is_private(journal: Path, tmp_path: Path) -> None:
    bundle = tmp_path / "incident.trtc"
    assert write_bundle(journal, bundle) == bundle.stat().st_size < journal.stat().st_size
    assert bundle.stat().st_mode & 0o077 == 0
    with opened(bundle) as copy:
        assert entries_of(copy) == entries_of(journal) == list(enumerate(ENTRIES, 1))
    assert not copy.exists()
    assert list(tmp_path.glob(".incident*")) == []


def test_a_bundle_tells_nothing_of_who_polls_or_looks(journal: Path, tmp_path: Path) -> None:
    with closing(JournalLease(journal, "alice, pid 4711")) as lease:
        assert lease.campaign() is not None
        write_bundle(journal, tmp_path / "one")
    whole = gzip.decompress((tmp_path / "one").read_bytes())
    assert b"pid 4711" not in whole
    with opened(tmp_path / "one") as copy, closing(JournalReader(copy)) as reader:
        assert not reader.lease().owner


def test_the_fold_comes_along(journal: Path, tmp_path: Path, write: Callable[[], JournalWriter]) -> None:
    snapshot = fold(enumerate(ENTRIES, 1))
    write().keep(snapshot, [ROOM, OTHER])
    write_bundle(journal, tmp_path / "one")
    with opened(tmp_path / "one") as copy, closing(JournalReader(copy)) as reader:
        assert reader.kept() == snapshot


def test_nothing_is_written_over(journal: Path, tmp_path: Path) -> None:
    (tmp_path / "there").write_text("mine")
    with pytest.raises(JournalError, match="is there already"):
        write_bundle(journal, tmp_path / "there")
    assert (tmp_path / "there").read_text() == "mine"


def test_what_cannot_be_written_is_told(journal: Path, tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="cannot be written"):
        write_bundle(journal, tmp_path / "no folder" / "one")


def test_a_journal_that_is_written_is_read_as_it_is(journal: Path, write: Callable[[], JournalWriter]) -> None:
    with opened(journal) as same:
        assert same == journal
        with closing(JournalReader(same)) as reader:
            write().append([poll("Exited", 300)])
            assert reader.after(len(ENTRIES)) == [(len(ENTRIES) + 1, poll("Exited", 300))]


@pytest.mark.parametrize("script", [VERSION_1, VERSION_2], ids=["version 1", "version 2"])
def test_a_journal_of_an_older_version_is_read_and_left_as_it_is(tmp_path: Path, script: str) -> None:
    old = tmp_path / "old.sqlite3"
    with closing(sqlite3.connect(old)) as connection:
        connection.executescript(script)
    before = old.read_bytes()
    with opened(old) as copy:
        assert entries_of(copy)[: len(OF_VERSION_1)] == OF_VERSION_1
        with closing(sqlite3.connect(copy)) as connection:
            assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    assert old.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["old.sqlite3"]


def test_a_bundle_of_an_older_version_is_read(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "old")) as connection:
        connection.executescript(VERSION_2)
    (tmp_path / "bundle").write_bytes(gzip.compress((tmp_path / "old").read_bytes()))
    with opened(tmp_path / "bundle") as copy:
        assert entries_of(copy)[: len(OF_VERSION_1)] == OF_VERSION_1


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", "is empty"),
        (b"just some text that is no journal", "is not a journal"),
        (gzip.compress(b"x" * 5000)[:-9], "cut off or damaged"),
        (b"\x1f\x8bnonsense", "cut off or damaged"),
        (gzip.compress(b"packed, but no journal"), "is not a journal"),
    ],
)
def test_what_is_no_recording_is_told_in_one_line(tmp_path: Path, content: bytes, line: str) -> None:
    (tmp_path / "odd").write_bytes(content)
    with pytest.raises(JournalError, match=line) as told, opened(tmp_path / "odd"):
        pass
    assert "\n" not in str(told.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="No such file"), opened(tmp_path / "none"):
        pass


def test_a_newer_version_is_refused(journal: Path, tmp_path: Path) -> None:
    write_bundle(journal, tmp_path / "one")
    newer = tmp_path / "newer.sqlite3"
    newer.write_bytes(gzip.decompress((tmp_path / "one").read_bytes()))
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    with pytest.raises(JournalError, match="newer trtc-tui"), opened(newer):
        pass
