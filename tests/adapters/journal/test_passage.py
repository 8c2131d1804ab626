"""Ways through a journal: each leads where looking at all entries one by one leads."""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.entries import OTHER, ROOM, THIRD, at, histories, note, poll, watch
from tui.adapters.journal import JournalReader, JournalWriter
from tui.adapters.journal.passage import JournalPassage
from tui.core.entry import Entry, Note, Poll, Seen, Topic
from tui.core.task import TaskRef
from tui.engine.ports import JournalError

Write = Callable[[], JournalWriter]
STRANGER = TaskRef("ap-guangzhou", 1, "nobody knows me")


@pytest.fixture
def passage(path: Path, write: Write) -> Iterator[JournalPassage]:
    write()
    opened = JournalPassage(path)
    yield opened
    opened.close()


def hole(writer: JournalWriter, *frames: int) -> None:
    """What retention leaves."""
    writer._connection.executemany("DELETE FROM entry WHERE frame = ?", [(frame,) for frame in frames])


def task_of(entry: Entry) -> TaskRef | None:
    return None if isinstance(entry, Note) else entry.task


@settings(max_examples=60, deadline=None)
@given(histories, st.sets(st.integers(1, 40)), st.integers(0, 42), st.sampled_from([None, ROOM, OTHER, THIRD]))
def test_every_way_leads_where_looking_at_everything_leads(
    entries: list[Entry], holes: set[int], frame: int, task: TaskRef | None
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "journal.sqlite3"
        writer = JournalWriter(path)
        writer.append(entries)
        changes = {row[0] for row in writer._connection.execute("SELECT frame FROM entry WHERE changed = 1")}
        hole(writer, *holes)
        passage, reader = JournalPassage(path), JournalReader(path)
        own = [pair for pair in reader.after(0) if task in (None, task_of(pair[1]))]
        frames = [number for number, _ in own]
        news = [number for number in frames if number in changes]
        assert passage.next(frame, task) == min((n for n in frames if n > frame), default=None)
        assert passage.previous(frame, task) == max((n for n in frames if n < frame), default=None)
        assert passage.next_change(frame, task) == min((n for n in news if n > frame), default=None)
        assert passage.previous_change(frame, task) == max((n for n in news if n < frame), default=None)
        place = bisect_right(frames, frame)
        assert passage.around(frame, 3, 2, task) == own[max(0, place - 3) : place + 2]
        if task is not None:
            assert passage.rank(task, frame) == place
            assert [passage.nth(task, number) for number in range(len(frames) + 2)] == [None, *frames, None]
        for opened in (passage, reader, writer):
            opened.close()


def test_an_empty_journal_leads_nowhere(passage: JournalPassage) -> None:
    assert passage.next(0) is None
    assert passage.previous(10) is None
    assert passage.next_change(0) is None
    assert passage.seek(at(0)) == 0
    assert passage.around(0, 5, 5) == []


def test_a_task_that_the_journal_does_not_know(passage: JournalPassage, write: Write) -> None:
    write().append([poll("Idle", 1)])
    assert passage.next(0, STRANGER) is None
    assert passage.nth(STRANGER, 1) is None
    assert passage.rank(STRANGER, 5) == 0


def test_a_moment_is_found_whatever_holes_there_are(passage: JournalPassage, write: Write) -> None:
    writer = write()
    writer.append(
        [watch(second=1), *(poll("Idle", second) for second in range(2, 50)), note(Topic.POLLING_STOPPED, 60)]
    )
    hole(writer, *range(5, 20), *range(30, 45))
    assert passage.seek(at(0.9)) == 0
    assert passage.seek(at(1)) == 1
    assert passage.seek(at(10)) == 4
    assert passage.seek(at(22)) == 21
    assert passage.seek(at(22.02)) == 22, "a poll is there when its answer is"
    assert passage.seek(at(59)) == 49
    assert passage.seek(at(1000)) == 50


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=1, max_size=40), st.integers(-1, 31))
def test_a_clock_that_was_set_back_leads_to_a_frame_where_time_passes_the_moment(times: list[int], moment: int) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "journal.sqlite3"
        writer = JournalWriter(path)
        writer.append([Note(time, Topic.POLLING_STARTED, "") for time in times])
        passage = JournalPassage(path)
        frame = passage.seek(moment)
        assert frame == 0 or times[frame - 1] <= moment
        assert frame == len(times) or times[frame] > moment
        passage.close()
        writer.close()


def test_it_sees_what_others_commit(passage: JournalPassage, write: Write) -> None:
    assert passage.next(0) is None
    write().append([poll("Idle", 1)])
    assert passage.next(0) == 1


def test_a_damaged_row_is_one_line(passage: JournalPassage, write: Write) -> None:
    writer = write()
    writer.append([poll("Idle", 1)])
    writer._connection.execute("DELETE FROM answer")
    with pytest.raises(JournalError, match="holds rows that are no entries"):
        passage.around(1, 1, 1)


def test_there_is_no_journal(tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="there is no journal at"):
        JournalPassage(tmp_path / "nothing.sqlite3")


def test_around_brings_the_entries_themselves(passage: JournalPassage, write: Write) -> None:
    entries: list[Entry] = [watch(), poll("Idle", 1), poll("Idle", 2, OTHER), poll("Exited", 3)]
    write().append(entries)
    found = [entry for _, entry in passage.around(4, 2, 0, ROOM)]
    assert found == [entries[1], entries[3]]
    assert isinstance(found[0], Poll)
    assert isinstance(found[0].answer, Seen)
