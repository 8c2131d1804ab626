"""What is found in a journal by its indexes is what is found by reading all of it."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.core.entries import OTHER, ROOM, START_MS, fault, numbered, poll, requests
from tui.adapters.journal import JournalWriter
from tui.adapters.journal.conduct import conduct
from tui.core.checking import findings
from tui.core.conformance import Found
from tui.core.entry import Entry, Poll, Seen
from tui.core.fault import WRONG_TASK, FaultClass
from tui.core.task import TaskRef
from tui.engine.ports import JournalError

END = FaultClass.END
NAMESAKE = replace(ROOM, region="eu-frankfurt")


def bodied(entry: Entry) -> Entry:
    """The poll with the body the service would have sent: with TaskId and StartTime."""
    if not isinstance(entry, Poll) or not isinstance(entry.answer, Seen):
        return entry
    seen = entry.answer
    told = f'"Status":"{seen.status}","StartTime":{seen.start_time_ms},"TaskId":"{entry.task.task_id}"'
    return replace(entry, answer=replace(seen, body=f'{{"Response":{{{told}}}}}'.encode()))


def stored(path: Path, entries: list[Entry]) -> list[tuple[int, Entry]]:
    writer = JournalWriter(path)
    writer.append(entries)
    writer.close()
    return list(conduct(path))


def both(path: Path, entries: list[Entry]) -> tuple[list[Found], list[Found]]:
    return list(findings(stored(path, entries))), list(findings(numbered(entries)))


tasks = st.sampled_from([ROOM, OTHER, NAMESAKE])
words = st.sampled_from(["Idle", "InProgress", "Exited", "Odd"])
starts = st.sampled_from([START_MS, START_MS, START_MS - 1, 1 << 52])
failures = st.sampled_from(
    [fault(END), fault(END, "Other"), fault(FaultClass.NETWORK), fault(FaultClass.SERVICE, WRONG_TASK)]
)


@st.composite
def runs(draw: st.DrawFn) -> list[Entry]:
    """Equal answers in a row, as journals are full of."""
    task: TaskRef = draw(tasks)
    second, count = draw(st.integers(0, 60)), draw(st.integers(1, 5))
    answer = draw(st.one_of(words, failures))
    start_ms = draw(starts)
    equal = [poll(answer, second + number, task, start_ms) for number in range(count)]
    return [bodied(one) for one in equal] if draw(st.sampled_from([True, True, False])) else [*equal]


@given(st.lists(runs() | st.lists(requests, max_size=1), max_size=12))
@settings(max_examples=150, deadline=None)
def test_what_the_indexes_find_is_all_there_is(parts: list[list[Entry]]) -> None:
    entries = [entry for part in parts for entry in part]
    if not entries:
        return
    with TemporaryDirectory() as folder:
        by_index, by_reading = both(Path(folder) / "journal.sqlite3", entries)
    assert by_index == by_reading


def test_of_equal_polls_hardly_any_is_read(tmp_path: Path) -> None:
    many = [bodied(poll("InProgress", second)) for second in range(2_000)]
    read = stored(tmp_path / "journal.sqlite3", [*many, poll(END, 2_000), poll(END, 2_001)])
    assert [frame for frame, _ in read] == [1, 2_000, 2_001, 2_002]


def test_a_start_that_changes_within_a_word_is_found(tmp_path: Path) -> None:
    calm = [bodied(poll("Idle", second, OTHER)) for second in range(50)]
    odd = [bodied(poll("Idle", second, start_ms=START_MS - (second == 30))) for second in range(50)]
    read = stored(tmp_path / "journal.sqlite3", [*calm, *odd])
    assert [frame for frame, _ in read] == [1, 51, 81, 82]
    assert [one.finding.rule for one in findings(read)] == ["S1", "S1"]


def test_where_no_journal_is_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="there is no journal at"):
        list(conduct(tmp_path / "none.sqlite3"))
