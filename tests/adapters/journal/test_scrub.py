"""What a scrubber is told of a journal: by index the same as by looking at every entry."""

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.core.entries import OTHER, ROOM, START_US, at, gap, histories, note, numbered, poll, watch
from tests.core.scrubbing import facts_of
from tui.adapters.journal import JournalWriter, scrub, sights, told
from tui.adapters.journal.scrub import JournalScrub
from tui.core.entry import Entry, Gap, GapCause, Mark, Topic
from tui.core.fault import FaultClass
from tui.core.scrub import NO_FACTS, Column, Facts, Flag, Look, State, Unseen, columns
from tui.core.span import Span, ending_at
from tui.core.task import TaskRef
from tui.engine.ports import JournalError

Write = Callable[[], JournalWriter]
WHOLE = Span(at(0), at(100), 10)


@pytest.fixture
def opened(path: Path, write: Write) -> Iterator[JournalScrub]:
    write()
    scrubber = JournalScrub(path)
    yield scrubber
    scrubber.close()


def as_they_came(entries: list[Entry]) -> list[Entry]:
    """In order of time; a gap begins with the entry before it, as whoever noticed it looked until then."""
    ordered = sorted(entries, key=lambda entry: entry.at_us)
    return [
        replace(entry, since_us=ordered[place - 1].at_us if place else entry.at_us) if isinstance(entry, Gap) else entry
        for place, entry in enumerate(ordered)
    ]


def complete(scrubber: JournalScrub, span: Span, task: TaskRef | None) -> Facts:
    for _ in range(500):
        facts = scrubber.facts(span, task)
        if facts.complete:
            return facts
    raise AssertionError("never complete")


def told_by(column: Column) -> tuple[object, ...]:
    return column.state, column.word, bool(column.changes), bool(column.errors), column.gap


spans = st.builds(
    lambda second, columns, column_us: Span(at(second), at(second) + columns * column_us, columns),
    st.integers(-10, 100),
    st.integers(1, 12),
    st.sampled_from([100_000, 1_000_000, 7_300_000, 10**12]),
)


@settings(max_examples=80, deadline=None)
@given(histories.map(as_they_came), spans, st.sampled_from([ROOM, OTHER, None]), st.sampled_from([1, 3, 256]))
def test_what_is_found_is_what_is_there(entries: list[Entry], span: Span, task: TaskRef | None, at_once: int) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "journal.sqlite3"
        writer = JournalWriter(path)
        writer.append(entries)
        with patch.object(told, "AT_ONCE", at_once), patch.object(sights, "AT_ONCE", at_once):
            scrubber = JournalScrub(path)
            found, there = complete(scrubber, span, task), facts_of(numbered(entries), span, task)
        assert (found.first_us, found.looks, found.marks) == (there.first_us, there.looks, there.marks)
        assert found.errors == (there.errors if entries else ())
        assert columns(span, found, span.end_us) == columns(span, there, span.end_us)
        scrubber.close()
        writer.close()


@settings(max_examples=60, deadline=None)
@given(
    histories.map(as_they_came), spans.filter(lambda span: span.column_us < 60_000_000), st.sampled_from([ROOM, OTHER])
)
def test_in_a_crowded_span_every_column_tells_how_it_ended(entries: list[Entry], span: Span, task: TaskRef) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "journal.sqlite3"
        writer = JournalWriter(path)
        writer.append(entries)
        with patch.object(scrub, "ROWS_AT_ONCE", 1):
            scrubber = JournalScrub(path)
            found, there = complete(scrubber, span, task), facts_of(numbered(entries), span, task)
        crowded, exact = columns(span, found, span.end_us), columns(span, there, span.end_us)
        assert [told_by(column) for column in crowded] == [told_by(column) for column in exact]
        assert all(column.errors >= there.errors for column, there in zip(crowded, exact, strict=True))
        scrubber.close()
        writer.close()


def test_an_empty_journal(opened: JournalScrub) -> None:
    assert opened.facts(WHOLE, ROOM) == NO_FACTS


def test_a_task_that_the_journal_does_not_know(opened: JournalScrub, write: Write) -> None:
    write().append([poll("Idle", 1, OTHER)])
    assert opened.facts(WHOLE, ROOM) == Facts(at(1.02), errors=(0,) * 10)


def test_how_the_task_stood_before_the_span(opened: JournalScrub, write: Write) -> None:
    write().append([poll("Idle", 1), poll("InProgress", 2), poll(FaultClass.NETWORK, 3), poll("InProgress", 50)])
    looks = opened.facts(Span(at(40), at(60), 2), ROOM).looks
    assert [look.word for look in looks] == ["InProgress", "Network.Timeout", "InProgress"]
    assert looks[0] == Look(at(2.02), "InProgress", None)


def test_a_night_without_a_poller_is_told_by_who_comes_in_the_morning(opened: JournalScrub, write: Write) -> None:
    write().append([poll("InProgress", 1), gap(GapCause.NO_POLLER, 1, 99.5), poll("InProgress", 99.6)])
    night = Span(at(20), at(60), 4)
    facts = opened.facts(night, ROOM)
    assert facts.unseen == (Unseen(at(1), at(99.6), GapCause.NO_POLLER),)
    assert {column.state for column in columns(night, facts, at(100))} == {State.UNSEEN}


def test_a_long_outage_is_searched_in_parts(opened: JournalScrub, write: Write) -> None:
    failures = [poll(FaultClass.NETWORK, second) for second in range(10, 90)]
    write().append([poll("Idle", 1), gap(GapCause.NETWORK, 10), *failures, poll("Idle", 95)])
    with patch.object(sights, "AT_ONCE", 40):
        first = opened.facts(WHOLE, ROOM)
        assert not first.complete
        assert first.unseen == (Unseen(at(10), None, GapCause.NETWORK),)
        assert complete(opened, WHOLE, ROOM).unseen == (Unseen(at(10), at(95), GapCause.NETWORK),)


def test_marks_stand_at_the_moment_they_are_about(opened: JournalScrub, write: Write) -> None:
    odd = "\ud800 odd"
    write().append(
        [
            poll("Idle", 1),
            Mark(at(900), at(50), 1, "check audio", "alice"),
            Mark(at(901), at(20), 1, odd, "alice", ROOM),
            Mark(at(902), at(60), 1, "of another", "alice", OTHER),
        ]
    )
    assert opened.facts(WHOLE, ROOM).marks == (Flag(at(20), odd), Flag(at(50), "check audio"))


def test_it_sees_what_others_commit(opened: JournalScrub, write: Write) -> None:
    writer = write()
    writer.append([poll("Idle", 1), gap(GapCause.LIMITER, 1)])
    assert opened.facts(WHOLE, ROOM).unseen[0].until_us is None
    writer.append([poll("Exited", 30), poll(FaultClass.SERVICE, 31, OTHER)])
    facts = opened.facts(WHOLE, ROOM)
    assert facts.unseen[0].until_us == at(30)
    assert [look.word for look in facts.looks] == ["Idle", "Exited"]
    assert facts.errors[3] == 1


def test_a_steady_journal_is_found_by_columns(opened: JournalScrub, write: Write) -> None:
    flapping: list[Entry] = [poll("Idle" if number % 2 else "Exited", number / 10) for number in range(1, 1000)]
    write().append([watch(), *flapping, note(Topic.POLLING_STOPPED, 101)])
    span = ending_at(at(99.9), 100_000_000, 50)
    facts = opened.facts(span, ROOM)
    assert len(facts.looks) < 4 * span.columns
    made = columns(span, facts, at(100))
    exact = columns(span, facts_of(numbered([watch(), *flapping]), span, ROOM), at(100))
    assert [column.state for column in made] == [column.state for column in exact]
    assert min(column.changes for column in made[1:]) >= 2


def test_a_damaged_row_is_one_line(opened: JournalScrub, write: Write) -> None:
    writer = write()
    writer.append([gap(GapCause.LIMITER, 1)])
    writer._connection.execute('UPDATE entry SET note = \'{"type":"gap","since"\'')
    with pytest.raises(JournalError, match="holds rows that are no entries"):
        opened.facts(WHOLE, ROOM)


def test_times_begin_somewhere() -> None:
    assert WHOLE.start_us == START_US
