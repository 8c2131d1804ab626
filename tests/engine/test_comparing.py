"""Which two polls are compared, over a real journal."""

from collections.abc import Iterator
from pathlib import Path
from queue import Queue

import pytest

from tests.core.entries import OTHER, ROOM, note, poll, watch
from tui.adapters.journal import JournalWriter
from tui.adapters.journal.past import JournalPast
from tui.core.entry import Entry, Topic
from tui.engine.comparing import polls_to_compare
from tui.engine.lookups import Lookups
from tui.engine.ports import JournalError, Past

ENTRIES: list[Entry] = [
    watch(),
    poll("Idle", 1),
    poll("Idle", 2, OTHER),
    poll("InProgress", 3),
    poll("InProgress", 4),
    note(Topic.POLLING_STARTED, 5),
    poll("InProgress", 6),
    watch(second=7),
]


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    path = tmp_path / "journal.sqlite3"
    writer = JournalWriter(path)
    writer.append(ENTRIES)
    writer.close()
    return path


@pytest.fixture
def past(journal: Path) -> Iterator[JournalPast]:
    opened = JournalPast(journal)
    yield opened
    opened.close()


def test_the_newest_poll_against_the_one_before(past: JournalPast) -> None:
    for frame in (7, 8, 99):
        found = polls_to_compare(past, frame, ROOM)
        assert found is not None
        assert (found.before_frame, found.after_frame) == (5, 7)
        assert (found.before, found.after) == (ENTRIES[4], ENTRIES[6])
        assert (found.between, found.equal) == (0, 3)


def test_other_tasks_stand_between_and_do_not_count(past: JournalPast) -> None:
    found = polls_to_compare(past, 4, ROOM)
    assert found is not None
    assert (found.before_frame, found.after_frame, found.between, found.equal) == (2, 4, 0, 1)


def test_against_a_mark_before_or_behind(past: JournalPast) -> None:
    for frame, mark in ((7, 3), (2, 8)):
        found = polls_to_compare(past, frame, ROOM, mark)
        assert found is not None
        assert (found.before_frame, found.after_frame, found.between) == (2, 7, 2)


@pytest.mark.parametrize(("frame", "against"), [(1, None), (2, None), (0, None), (7, 7), (7, 8), (7, 1), (1, 7)])
def test_there_are_not_two(past: JournalPast, frame: int, against: int | None) -> None:
    assert polls_to_compare(past, frame, ROOM, against) is None


def test_only_one_poll_of_the_task(past: JournalPast) -> None:
    assert polls_to_compare(past, 99, OTHER) is None


def test_lookups_are_done_one_after_the_other_in_another_thread(journal: Path) -> None:
    told, failures = Queue[object](), Queue[BaseException]()
    lookups = Lookups(lambda: JournalPast(journal), failures.put)
    lookups.fetch(lambda past: past.last(), told.put)
    lookups.fetch(lambda past: past.entry(2), told.put)
    lookups.stop()
    assert [told.get_nowait(), told.get_nowait()] == [8, ENTRIES[1]]
    assert failures.empty()


def test_a_journal_that_is_gone_is_told(tmp_path: Path) -> None:
    failures = Queue[BaseException]()

    def open_past() -> Past:
        return JournalPast(tmp_path / "nothing")

    lookups = Lookups(open_past, failures.put)
    lookups.fetch(lambda past: past.last(), lambda _: None)
    lookups.stop()
    assert isinstance(failures.get_nowait(), JournalError)
