import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.breaking import PREDICATES, breakpoints, compiled, hits, journals, long_evening
from tests.core.entries import ROOM, at, numbered, poll, watch
from tui.core.breakpoint import Breakpoint, Hit
from tui.core.entry import Entry, Fault, Poll, Seen
from tui.core.predicate import WORDS
from tui.core.row import Row
from tui.core.sentry import Guard
from tui.core.sweep import Sweep
from tui.core.timeline import fold


def rows_of(entries: list[tuple[int, Entry]]) -> list[Row]:
    """The entries as a journal has them: tasks and answers by number."""
    tasks, answers, rows = list[object](), list[Seen | Fault](), list[Row]()
    for frame, entry in entries:
        task = getattr(entry, "task", None)
        number = _number(tasks, task) if task is not None else None
        if not isinstance(entry, Poll):
            rows.append((frame, entry.at_us, number, None, 0, None, 0))
            continue
        skew = (entry.skew.offset_us, entry.skew.error_us) if entry.skew else (None, 0)
        rows.append((frame, entry.sent_us, number, _number(answers, entry.answer), entry.latency_us, *skew))
    return rows


def _number(known: list[object] | list[Seen | Fault], one: object) -> int:
    if one not in known:
        known.append(one)  # type: ignore[arg-type]
    return known.index(one)  # type: ignore[arg-type]


def swept(
    some: list[Breakpoint], entries: list[tuple[int, Entry]], past: int = 0, loaded: list[int] | None = None
) -> list[Hit]:
    """What a sweep finds behind the first `past` entries, in two parts."""
    known = dict(entries)

    def entry(frame: int) -> Entry:
        if loaded is not None:
            loaded.append(frame)
        return known[frame]

    sweep = Sweep(Guard(some), fold(entries[:past]), entry)
    rows = rows_of(entries)[past:]
    half = len(rows) // 2
    return [*sweep.run(rows[:half]), *sweep.run(iter(rows[half:]))]


@settings(deadline=None, max_examples=40)
@given(breakpoints, journals)
def test_it_finds_what_the_definition_says(one: Breakpoint, entries: list[Entry]) -> None:
    assert swept([one], numbered(entries)) == hits(one, numbered(entries))


@settings(deadline=None, max_examples=40)
@given(breakpoints, journals, st.data())
def test_from_anywhere_on(one: Breakpoint, entries: list[Entry], data: st.DataObject) -> None:
    rows = numbered(entries)
    past = data.draw(st.integers(0, len(rows)))
    assert swept([one], rows, past) == [hit for hit in hits(one, rows) if hit.frame > past]


@settings(deadline=None, max_examples=40)
@given(st.lists(breakpoints, min_size=1, max_size=3), journals)
def test_several_together(some: list[Breakpoint], entries: list[Entry]) -> None:
    found = swept(some, numbered(entries))
    assert sorted(found, key=str) == sorted((hit for one in some for hit in hits(one, numbered(entries))), key=str)


def test_quiet_polls_are_not_even_read() -> None:
    entries: list[Entry] = [watch(), *(poll("Idle", second) for second in range(1, 500)), poll("Exited", 500)]
    loaded = list[int]()
    one = Breakpoint(1, "status == Exited | age > 10s | rtt > 1s | polls > 9999")
    assert swept([one], numbered(entries), loaded=loaded) == [Hit(501, at(500) + 20_000, 1, ROOM)]
    assert loaded == [1, 2, 501]


@pytest.mark.parametrize("when", PREDICATES)
def test_through_long_evenings_too(when: str) -> None:
    for seed in range(4):
        entries = numbered(long_evening(seed))
        expected = hits(Breakpoint(1, when), entries)
        assert swept([Breakpoint(1, when)], entries) == expected
        assert swept([Breakpoint(1, when)], entries, 50) == [hit for hit in expected if hit.frame > 50]


def test_every_word_of_the_language_is_among_the_predicates() -> None:
    asked = frozenset[str]().union(*(compiled(text).words for text in PREDICATES))
    assert asked == frozenset(WORDS)
