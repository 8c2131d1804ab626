"""What polls left behind, beside them in the journal."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.adapters.journal.test_schema import VERSION_2, sql
from tests.core.entries import at, note, poll, watch
from tests.protocol.sent import evidence
from tui.adapters.journal import JournalReader, JournalWriter
from tui.adapters.journal import evidence as kept_evidence
from tui.adapters.journal.evidence import _packed, _unpacked
from tui.adapters.journal.passage import JournalPassage
from tui.adapters.journal.retention import JournalKeeper
from tui.core.entry import Entry, Poll, Reason, Topic
from tui.core.fault import FaultClass
from tui.engine.ports import JournalError
from tui.protocol.evidence import Answered, Evidence, Timing

LEFT = evidence(timing=Timing(1_200, None, None, 900, 38_000, 2_100))

Write = Callable[[], JournalWriter]


def of(second: float) -> Evidence:
    """Evidence that is told apart by its time."""
    return replace(LEFT, timing=Timing(slot_us=at(second)))


@pytest.fixture
def passage(path: Path, write: Write) -> Iterator[JournalPassage]:
    write()
    found = JournalPassage(path)
    yield found
    found.close()


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> int:
    """How many frames are recent; fewer than outside of tests, so that they are over sooner."""
    monkeypatch.setattr(kept_evidence, "RECENT", 200)
    return 200


def quiet(seconds: range) -> list[Poll]:
    return [poll("Idle", second) for second in seconds]


def test_it_lies_beside_its_poll(write: Write, passage: JournalPassage) -> None:
    first = write().append([watch(), poll("Idle", 1), note(Topic.POLLING_STARTED), poll("Exited", 2)], None, {1: LEFT})
    assert passage.evidence(first + 1) == LEFT
    assert [passage.evidence(frame) for frame in (first, first + 2, first + 3, 99)] == [None] * 4


def test_entries_are_what_they_were_without_it(write: Write, read: Callable[[], JournalReader]) -> None:
    entries: list[Entry] = [watch(), poll("Idle", 1)]
    write().append(entries, None, {1: LEFT})
    assert [entry for _, entry in read().after(0)] == entries


def test_what_told_nothing_new_makes_room_for_what_comes(write: Write, passage: JournalPassage, ring: int) -> None:
    writer = write()
    writer.append(quiet(range(2)), None, {0: of(0), 1: of(1)})
    assert passage.evidence(2) == of(1)
    writer.append(quiet(range(2, ring + 1)))
    assert passage.evidence(2) == of(1)
    writer.append(quiet(range(ring + 1, ring + 2)), None, {0: of(ring + 1)})
    assert passage.evidence(2) is None
    assert passage.evidence(2 + ring) == of(ring + 1)


@pytest.mark.parametrize(
    "kept",
    [
        poll("Exited", 1),
        poll(FaultClass.AUTH, 1),
        poll(FaultClass.NETWORK, 1),
        replace(poll("Idle", 1), reason=Reason.YOU),
    ],
)
def test_what_somebody_will_ask_about_stays(write: Write, passage: JournalPassage, ring: int, kept: Poll) -> None:
    writer = write()
    writer.append([poll("Idle", 0), kept], None, {0: of(0), 1: of(1)})
    writer.append(quiet(range(2, 2 * ring)), None, dict.fromkeys(range(2 * ring - 2), of(9)))
    assert passage.evidence(2) == of(1)


def test_the_file_has_a_bound(write: Write, path: Path, ring: int) -> None:
    writer = write()
    sizes = []
    for first in range(0, 5 * ring, ring):
        writer.append(quiet(range(first, first + ring)), None, dict.fromkeys(range(ring), LEFT))
        with closing(sqlite3.connect(path)) as connection:
            sizes.append(connection.execute("SELECT count(*), sum(length(facts)) FROM recent_evidence").fetchone())
    assert sizes[1:] == [sizes[1]] * 4
    assert sizes[1][0] == ring
    assert sizes[1][1] < 300 * ring


def test_it_goes_with_its_poll(path: Path, write: Write, passage: JournalPassage) -> None:
    polls = [poll(FaultClass.OURS, second) for second in range(300)]
    write().append(polls, None, {place: of(place) for place in range(300)})
    keeper = JournalKeeper(path)
    while keeper.thin(10**17):
        continue
    keeper.close()
    left = {frame for frame, _ in passage.around(300, 300, 0)}
    assert 0 < len(left) < 300
    assert {frame for frame in range(1, 301) if passage.evidence(frame) is not None} == left


def test_an_older_file_has_none_and_can_be_given_some(path: Path, write: Write) -> None:
    sql(path, VERSION_2)
    frame = write().append([poll("Idle", 1)], None, {0: LEFT})
    with closing(JournalPassage(path)) as passage:
        assert passage.evidence(2) is None
        assert passage.evidence(frame) == LEFT


def test_a_damaged_row_is_told_in_one_line(path: Path, write: Write, passage: JournalPassage) -> None:
    write().append([poll("Idle", 1)], None, {0: LEFT})
    sql(path, "UPDATE evidence SET facts = x'00'")
    with pytest.raises(JournalError, match="holds rows that are no entries"):
        passage.evidence(1)


def test_a_usual_one_takes_less_than_300_bytes() -> None:
    assert len(_packed(LEFT)) < 300


names = st.text(max_size=20)


@given(st.lists(st.tuples(names, names), max_size=5), st.text(max_size=9) | st.just("\ud800"))
def test_whatever_it_says_it_comes_back(headers: list[tuple[str, str]], source: str) -> None:
    left = replace(
        LEFT,
        answered=Answered("HTTP/1.0", 502, "", tuple(headers)),
        meant=replace(LEFT.meant, key_source=source),
    )
    assert _unpacked(_packed(left)) == left
