"""Hits in a journal file, forwards, backwards and counted: those of the definition, and no others."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.adapters.journal.test_past import record
from tests.core.breaking import breakpoints, hits, journals, long_evening
from tests.core.entries import ROOM, numbered, poll, watch
from tui.adapters.journal.past import JournalPast
from tui.adapters.journal.rows import JournalRows
from tui.core.breakpoint import Breakpoint, Count
from tui.core.entry import Entry
from tui.core.position import Found
from tui.core.predicate import PredicateError
from tui.engine import hunting
from tui.engine.hunting import JournalHunter, count_hits
from tui.engine.ports import GivenUp

EVENING = long_evening(3)
ENTRIES = numbered(EVENING)


@contextmanager
def stored(entries: Sequence[Entry], kept_at: Sequence[int]) -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "journal.sqlite3"
        record(path, entries, kept_at)
        yield path


@contextmanager
def hunting_in(path: Path, *, going: bool = True) -> Iterator[JournalHunter]:
    hunter = JournalHunter(JournalRows(path), JournalPast(path), lambda: going)
    yield hunter
    hunter.close()


def all_hits(hunter: JournalHunter, one: Breakpoint, last: int, *, back: bool) -> list[int]:
    """The frames one comes to by going on and on."""
    frames, frame = list[int](), last + 1 if back else 0
    while (found := hunter.next_hit(frame, (one,), back=back)) is not None:
        assert found.frame is not None
        frame = found.frame
        frames.append(frame)
    return frames


@settings(deadline=None, max_examples=25)
@given(breakpoints, journals, st.sampled_from([(), (5,), (1, 9, 20)]))
def test_forwards_and_backwards_one_comes_to_the_same_hits(
    one: Breakpoint, entries: list[Entry], kept_at: tuple[int, ...]
) -> None:
    expected = sorted({hit.frame for hit in hits(one, numbered(entries))})
    with pytest.MonkeyPatch.context() as patch, stored(entries, kept_at) as path, hunting_in(path) as hunter:
        patch.setattr(hunting, "BLOCK", 3)
        patch.setattr(hunting, "AT_ONCE", 4)
        assert all_hits(hunter, one, len(entries), back=False) == expected
        assert all_hits(hunter, one, len(entries), back=True) == expected[::-1]


@pytest.mark.parametrize("when", ["edge", "age > 2s", "data > 2s", "rtt > 50ms", "unknown", "polls > 20"])
def test_all_are_counted(when: str) -> None:
    one = Breakpoint(1, when)
    expected, told = hits(one, ENTRIES), list[Count]()

    def keep(so_far: Count) -> bool:
        told.append(so_far)
        return True

    with stored(EVENING, (50,)) as path:
        rows = JournalRows(path)
        count = count_hits(rows, one, keep)
        rows.close()
    assert (count.hits, count.tasks) == (len(expected), len({hit.task for hit in expected}))
    assert count.newest == expected[-1]
    assert told[-1] == count
    assert count.complete


def test_whoever_does_not_want_to_know_any_more_is_let_go() -> None:
    with stored(EVENING, (50,)) as path, hunting_in(path, going=False) as hunter:
        for back in (False, True):
            with pytest.raises(GivenUp):
                hunter.next_hit(100, (Breakpoint(1, "illegal"),), back=back)
        rows = JournalRows(path)
        with pytest.raises(GivenUp):
            count_hits(rows, Breakpoint(1, "edge"), lambda _: False)
        rows.close()


def test_the_line_names_breakpoint_and_task() -> None:
    entries: list[Entry] = [watch(name="live-1"), poll("Idle", 1), poll("Exited", 2), poll("Exited", 3)]
    with stored(entries, ()) as path, hunting_in(path) as hunter:
        told = "BP#2 status == Exited: live-1"
        assert hunter.next_hit(1, (Breakpoint(2, "status == Exited"),), back=False) == Found(3, told, ROOM)
        assert hunter.until(1, ROOM, "polls == 3") == Found(4, "polls == 3: live-1", ROOM)
        assert hunter.until(4, ROOM, "polls == 3") is None


def test_only_the_task_one_runs_with_counts() -> None:
    one = hits(Breakpoint(0, "age > 2s", str(ROOM)), ENTRIES)[0]
    with stored(EVENING, ()) as path, hunting_in(path) as hunter:
        found = hunter.until(0, ROOM, "age > 2s")
        assert found is not None
        assert found.frame == one.frame


def test_what_is_no_predicate_is_refused() -> None:
    with stored(EVENING, ()) as path, hunting_in(path) as hunter, pytest.raises(PredicateError):
        hunter.next_hit(1, back=False, breakpoints=(Breakpoint(1, "statsu == Idle"),))


def test_in_an_empty_journal_there_are_none() -> None:
    with stored([], ()) as path, hunting_in(path) as hunter:
        assert hunter.next_hit(0, back=True, breakpoints=(Breakpoint(1, "edge"),)) is None
        assert hunter.next_hit(0, back=False, breakpoints=(Breakpoint(1, "edge"),)) is None
        rows = JournalRows(path)
        assert count_hits(rows, Breakpoint(1, "edge"), lambda _: True) == Count()
        rows.close()
