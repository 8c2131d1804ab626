from hypothesis import given, settings

from tests.core.breaking import PREDICATES, breakpoints, hits, journals
from tests.core.entries import OTHER, ROOM, SECOND_US, at, numbered, poll, watch
from tui.core.breakpoint import Breakpoint, Hit
from tui.core.entry import Entry, Note, Topic
from tui.core.sentry import Guard
from tui.core.timeline import Timeline


def guarded(breakpoints: list[Breakpoint], entries: list[tuple[int, Entry]], past: int = 0) -> list[Hit]:
    """What a guard tells that begins behind the first `past` entries."""
    guard, timeline, told = Guard(breakpoints), Timeline(), list[Hit]()
    for place, (frame, entry) in enumerate(entries):
        if place == past:
            guard.begin(timeline)
        task = timeline.apply(frame, entry)
        if place >= past:
            told.extend(guard.see(frame, task, timeline))
    return told


@settings(deadline=None, max_examples=40)
@given(breakpoints, journals)
def test_followed_entry_by_entry_it_hits_where_the_definition_says(one: Breakpoint, entries: list[Entry]) -> None:
    assert guarded([one], numbered(entries)) == hits(one, numbered(entries))


@settings(deadline=None, max_examples=40)
@given(breakpoints, journals)
def test_wherever_one_begins_the_later_hits_are_the_same(one: Breakpoint, entries: list[Entry]) -> None:
    rows = numbered(entries)
    past = len(rows) // 2
    assert guarded([one], rows, past) == [hit for hit in hits(one, rows) if hit.frame > past]


@settings(deadline=None, max_examples=40)
@given(journals)
def test_several_hit_as_each_alone(entries: list[Entry]) -> None:
    some = [Breakpoint(number, when) for number, when in enumerate(PREDICATES[:12])]
    together = guarded(some, numbered(entries))
    for one in some:
        assert [hit for hit in together if hit.number == one.number] == guarded([one], numbered(entries))


def test_what_time_alone_makes_true_hits_with_the_next_entry_of_anything() -> None:
    entries: list[Entry] = [watch(), poll("Idle", 0), Note(at(30), Topic.CLOCK_CORRECTED, ""), poll("Idle", 31)]
    assert guarded([Breakpoint(7, "age > 10s")], numbered(entries)) == [Hit(3, at(30), 7, ROOM)]


def test_who_is_out_of_scope_is_not_hit_and_a_new_name_counts_at_once() -> None:
    entries: list[Entry] = [watch(), poll("Idle", 1), watch(OTHER, 2, "live-2"), poll("Idle", 3, OTHER)]
    entries.append(watch(ROOM, 4, "live-1"))
    assert guarded([Breakpoint(1, "status == Idle", "live-*")], numbered(entries)) == [
        Hit(4, at(3) + 20_000, 1, OTHER),
        Hit(5, at(4), 1, ROOM),
    ]


def test_from_its_expiry_on_nothing_hits() -> None:
    entries: list[Entry] = [watch(), poll("Idle", 1), poll("Exited", 2), poll("Idle", 3)]
    one = Breakpoint(1, "status == Idle", expires_us=at(2))
    assert [hit.frame for hit in guarded([one], numbered(entries))] == [2]


def test_moments_that_are_outdated_do_not_pile_up() -> None:
    guard, timeline = Guard([Breakpoint(1, "age > 1d")]), Timeline()
    guard.begin(timeline)
    for frame in range(1, 2_000):
        guard.see(frame, timeline.apply(frame, poll("Idle", frame) if frame > 1 else watch()), timeline)
    assert len(guard._posts[0][1]._heap) < 100
    assert guard.due_us > at(1_000) + 80_000 * SECOND_US
