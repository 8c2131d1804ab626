"""Wishes over a real journal, in a real thread: each leads where its words say, and tells why when it leads nowhere."""

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.entries import OTHER, ROOM, at, numbered, poll, watch
from tui.adapters.journal import JournalWriter
from tui.adapters.journal.past import JournalPast
from tui.core.breakpoint import Breakpoint
from tui.core.entry import Entry
from tui.core.fault import FaultClass
from tui.core.position import Arrival, Found, Sight, Way, Wish
from tui.core.task import TaskRef
from tui.core.timeline import Snapshot, Timeline, fold
from tui.core.trail import Trail
from tui.engine.ports import GivenUp, Hunter, JournalError, Past
from tui.engine.traveller import Traveller

DEADLINE_S = 20

ENTRIES: list[Entry] = [
    watch(ROOM, name="live final"),
    watch(OTHER),
    poll("Idle", 1),
    poll("Idle", 2, OTHER),
    poll("Idle", 3),
    poll(FaultClass.SERVICE, 4, OTHER),
    poll("InProgress", 5),
    poll("Idle", 6, OTHER),
    poll("InProgress", 7),
    poll("Exited", 8),
    poll(FaultClass.END, 9),
    poll(FaultClass.END, 10),
]


def record(path: Path, entries: list[Entry], kept_at: int) -> None:
    writer, left = JournalWriter(path), Trail()
    writer.append(entries)
    timeline = Timeline(trail=left)
    for frame, entry in numbered(entries[:kept_at]):
        timeline.apply(frame, entry)
    snapshot = timeline.snapshot()
    writer.keep(snapshot, [*snapshot.tasks, *snapshot.forgotten], left.stretch())
    writer.close()


class Trip:
    """A traveller, and somebody who waits for it."""

    def __init__(self, open_past: Callable[[], Past], open_hunter: Callable[[], Hunter] | None = None) -> None:
        self.errors: list[BaseException] = []
        self._told = threading.Semaphore(0)
        self.traveller = Traveller(
            open_past, self._fail, None if open_hunter is None else lambda _wanted: open_hunter()
        )
        self.traveller.listen(self._told.release)

    def go(self, wish: Wish, wanted: tuple[TaskRef, ...] = (), shown: Snapshot | None = None) -> Arrival:
        """Where a wish has led, with everything."""
        self.traveller.go(wish, wanted, shown)
        return self.rest(self.news())

    def rest(self, arrival: Arrival) -> Arrival:
        while not arrival.complete:
            arrival = self.news()
        return arrival

    def news(self) -> Arrival:
        """What is told next."""
        while True:
            assert self._told.acquire(timeout=DEADLINE_S)
            arrival = self.traveller.take()
            if arrival is not None:
                return arrival

    def _fail(self, error: BaseException) -> None:
        self.errors.append(error)
        self._told.release()

    def wait_failed(self) -> BaseException:
        assert self._told.acquire(timeout=DEADLINE_S)
        return self.errors[0]


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    path = tmp_path / "journal.sqlite3"
    record(path, ENTRIES, 10)
    return path


@pytest.fixture
def trip(journal: Path) -> Iterator[Trip]:
    trip = Trip(lambda: JournalPast(journal))
    trip.traveller.start(6)
    yield trip
    trip.traveller.stop()


WAYS = {
    "a step": (Wish(Way.STEP), 7),
    "a step back": (Wish(Way.STEP, back=True), 5),
    "a step of a task": (Wish(Way.STEP, task=OTHER), 8),
    "a step back of a task": (Wish(Way.STEP, back=True, task=OTHER), 4),
    "a page": (Wish(Way.PAGE), 12),
    "a page back": (Wish(Way.PAGE, back=True), 1),
    "a change": (Wish(Way.CHANGE, task=ROOM), 7),
    "a change back": (Wish(Way.CHANGE, back=True), 4),
    "an error": (Wish(Way.ERROR), 11),
    "an error back": (Wish(Way.ERROR, back=True, origin=9), 6),
    "the end": (Wish(Way.END, task=ROOM), 12),
    "a frame": (Wish(Way.FRAME, frame=2), 2),
    "a frame behind the last": (Wish(Way.FRAME, frame=99), 12),
    "a moment": (Wish(Way.TIME, at_us=at(5.5)), 7),
    "a moment before the first": (Wish(Way.TIME, at_us=at(-100)), 1),
    "the first": (Wish(Way.FIRST), 1),
    "the first of a task": (Wish(Way.FIRST, task=OTHER), 2),
    "the last": (Wish(Way.LAST), 12),
    "the last of a task": (Wish(Way.LAST, task=OTHER), 8),
    "from elsewhere": (Wish(Way.STEP, origin=1), 2),
}


@pytest.mark.parametrize(("wish", "frame"), WAYS.values(), ids=WAYS)
def test_a_wish_leads_where_it_says(trip: Trip, wish: Wish, frame: int) -> None:
    arrival = trip.go(wish)
    assert arrival.moved
    assert arrival.snapshot == fold(numbered(ENTRIES[:frame]))
    assert arrival.entry == ENTRIES[frame - 1]
    assert arrival.newest == len(ENTRIES)


NOWHERE = {
    "this is the newest frame": Wish(Way.STEP, origin=12),
    "this is the newest frame of live final": Wish(Way.STEP, task=ROOM, origin=12),
    "this is the first frame": Wish(Way.STEP, back=True, origin=1),
    "this is the first frame of room-2": Wish(Way.PAGE, back=True, task=OTHER, origin=2),
    "no later change of live final is recorded": Wish(Way.CHANGE, task=ROOM, origin=12),
    "no earlier change is recorded": Wish(Way.CHANGE, back=True, origin=1),
    "no later error is recorded": Wish(Way.ERROR, origin=12),
    "no earlier mark is recorded": Wish(Way.MARK, back=True),
    "no later end of room-2 is recorded": Wish(Way.END, task=OTHER),
    "choose a task to go to its end": Wish(Way.END),
    "this is frame 6": Wish(Way.FRAME, frame=6),
    "frame 12 is the newest": Wish(Way.FRAME, frame=80, origin=12),
    "frame 6 is the newest at that time": Wish(Way.TIME, at_us=at(4.5)),
    "nobody can look for breakpoints here": Wish(Way.HIT),
}


@pytest.mark.parametrize(("told", "wish"), NOWHERE.items(), ids=NOWHERE)
def test_a_wish_that_leads_nowhere_says_why(trip: Trip, told: str, wish: Wish) -> None:
    trip.go(Wish(Way.STEP, origin=5))
    arrival = trip.go(wish)
    assert (arrival.moved, arrival.told) == (False, told)
    assert arrival.snapshot == fold(numbered(ENTRIES[: wish.origin or 6]))


def test_an_empty_journal_leads_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    JournalWriter(path).close()
    trip = Trip(lambda: JournalPast(path))
    trip.traveller.start(0)
    for way in (Way.FRAME, Way.TIME):
        assert trip.go(Wish(way)).told == "nothing is recorded yet"
    assert trip.go(Wish(Way.FIRST)).told == "this is the first frame"
    trip.traveller.stop()


wishes = st.builds(
    Wish,
    st.sampled_from([Way.STEP, Way.PAGE, Way.CHANGE, Way.ERROR, Way.END, Way.FIRST, Way.LAST]),
    st.booleans(),
    st.sampled_from([None, ROOM, OTHER]),
)


@settings(max_examples=15, deadline=None)
@given(st.lists(wishes, max_size=12))
def test_wherever_one_has_come_it_is_the_fold(tmp_path_factory: pytest.TempPathFactory, wished: list[Wish]) -> None:
    path = tmp_path_factory.mktemp("trip") / "journal.sqlite3"
    record(path, ENTRIES, 10)
    trip = Trip(lambda: JournalPast(path))
    trip.traveller.start(6)
    for wish in [Wish(Way.FRAME, frame=5), *wished]:
        arrival = trip.go(wish, (ROOM,))
        assert arrival.snapshot == fold(numbered(ENTRIES[: arrival.snapshot.frame]))
    trip.traveller.stop()


def test_steps_forward_and_as_many_back_lead_where_one_was(trip: Trip) -> None:
    there = trip.go(Wish(Way.STEP, origin=3))
    for back in (False, True):
        for _ in range(5):
            arrival = trip.go(Wish(Way.STEP, back=back))
    assert arrival.snapshot == there.snapshot


def test_wishes_are_done_one_after_the_other(trip: Trip) -> None:
    for _ in range(4):
        trip.traveller.go(Wish(Way.STEP))
    arrival = trip.news()
    while arrival.snapshot.frame < 10:
        arrival = trip.news()
    assert arrival.snapshot == fold(numbered(ENTRIES[:10]))


class SlowPast(JournalPast):
    """Never near enough to tell all at once; tells the rest when it is let."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.begun = threading.Semaphore(0)
        self.go_on = threading.Semaphore(0)

    def sight(self, frame: int, wanted: object, before: Sight) -> Sight:  # noqa: ARG002 - a port
        known = fold(numbered(ENTRIES[:frame]))
        return Sight(known, complete=False)

    def whole(self, frame: int, going: Callable[[], bool] = lambda: True) -> Snapshot | None:
        self.begun.release()
        assert self.go_on.acquire(timeout=DEADLINE_S)
        return super().whole(frame, going) if going() else None


def test_the_rest_is_given_up_when_somebody_wishes_on(journal: Path) -> None:
    past = SlowPast(journal)
    trip = Trip(lambda: past)
    trip.traveller.start(6, fold(numbered(ENTRIES[:6])))
    trip.traveller.go(Wish(Way.STEP))
    assert past.begun.acquire(timeout=DEADLINE_S)
    first = trip.news()
    assert (first.snapshot.frame, first.complete) == (7, False)
    trip.traveller.go(Wish(Way.STEP))
    past.go_on.release(2)
    second = trip.news()
    assert second.snapshot.frame == 8
    assert trip.rest(second).complete
    trip.traveller.stop()


def test_what_was_not_taken_is_told_with_what_came_after_it(journal: Path) -> None:
    past = SlowPast(journal)
    trip = Trip(lambda: past)
    trip.traveller.start(6, fold(numbered(ENTRIES[:6])))
    past.go_on.release(2)
    trip.traveller.go(Wish(Way.STEP, task=ROOM))
    trip.traveller.go(Wish(Way.STEP, task=OTHER))
    for _ in range(2):
        assert past.begun.acquire(timeout=DEADLINE_S)
    trip.traveller.stop()
    arrival = trip.traveller.take()
    assert arrival is not None
    assert (arrival.snapshot.frame, arrival.changed) == (8, frozenset({ROOM, OTHER}))


def test_what_changed_is_told_since_what_is_shown(trip: Trip) -> None:
    shown = fold(numbered(ENTRIES))
    arrival = trip.go(Wish(Way.STEP, back=True, origin=12), shown=shown)
    assert arrival.changed == frozenset({ROOM})
    assert trip.go(Wish(Way.FRAME, frame=1)).changed is None, "there are other tasks"


class Scripted:
    """`ports.Hunter` that finds what it was told."""

    def __init__(self, finds: Found | Exception | None) -> None:
        self.finds = finds
        self.asked: list[tuple[object, ...]] = []
        self.closed = False

    def next_hit(self, frame: int, breakpoints: Sequence[Breakpoint], *, back: bool) -> Found | None:
        self.asked.append((frame, back, breakpoints))
        return self._found()

    def until(self, frame: int, task: TaskRef | None, predicate: str) -> Found | None:
        self.asked.append((frame, task, predicate))
        return self._found()

    def close(self) -> None:
        self.closed = True

    def _found(self) -> Found | None:
        if isinstance(self.finds, Exception):
            raise self.finds
        return self.finds


@pytest.mark.parametrize(
    ("finds", "told", "frame"),
    [
        (Found(9, "BP#3 hit", ROOM), "BP#3 hit", 9),
        (None, "no breakpoint hits before this frame", 6),
        (ValueError("unknown name"), "unknown name", 6),
        (JournalError("the disk refuses"), "the disk refuses", 6),
    ],
)
def test_hits_are_found_by_whoever_can_find_them(
    journal: Path, finds: Found | Exception | None, told: str, frame: int
) -> None:
    hunter = Scripted(finds)
    trip = Trip(lambda: JournalPast(journal), lambda: hunter)
    trip.traveller.start(6, fold(numbered(ENTRIES[:6])))
    arrival = trip.go(Wish(Way.HIT, back=True))
    assert arrival.task == (finds.task if isinstance(finds, Found) else None)
    assert (arrival.told, arrival.moved, arrival.snapshot.frame) == (told, frame == 9, frame)
    assert hunter.asked == [(6, True, ())]
    trip.traveller.stop()
    assert hunter.closed


def test_a_predicate_that_holds_nowhere(journal: Path) -> None:
    hunter = Scripted(None)
    trip = Trip(lambda: JournalPast(journal), lambda: hunter)
    trip.traveller.start(6)
    arrival = trip.go(Wish(Way.UNTIL, task=ROOM, predicate="age > 5"))
    assert arrival.told == "age > 5 becomes true nowhere behind this frame"
    assert hunter.asked == [(6, ROOM, "age > 5")]
    trip.traveller.stop()


def test_a_search_that_was_given_up_tells_nothing(journal: Path) -> None:
    hunter = Scripted(GivenUp())
    trip = Trip(lambda: JournalPast(journal), lambda: hunter)
    trip.traveller.start(6)
    trip.traveller.go(Wish(Way.HIT))
    assert trip.go(Wish(Way.STEP)).snapshot.frame == 7
    trip.traveller.stop()


def test_a_long_way_without_a_trail_is_given_up_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    record(path, [poll("Idle", n) for n in range(2_000)], 0)
    past = JournalPast(path)
    past.interrupt()
    with pytest.raises(GivenUp):
        past.sight(2_000, (), Sight(fold(numbered(ENTRIES))))
    past.close()
    trip = Trip(lambda: JournalPast(path))
    trip.traveller.start(0)
    trip.traveller.go(Wish(Way.LAST))
    trip.traveller.stop()
    assert not trip.errors


def test_a_journal_that_is_not_there_is_told(tmp_path: Path) -> None:
    trip = Trip(lambda: JournalPast(tmp_path / "nothing.sqlite3"))
    trip.traveller.start(0)
    assert "there is no journal" in str(trip.wait_failed())
    trip.traveller.stop()


def test_damage_is_told_where_it_is_met_and_leads_nowhere(journal: Path, trip: Trip) -> None:
    trip.go(Wish(Way.FRAME, frame=5))
    writer = JournalWriter(journal)
    writer._connection.execute("DELETE FROM answer")
    writer.close()
    arrival = trip.go(Wish(Way.LAST))
    assert (arrival.moved, arrival.snapshot.frame) == (False, 5)
    assert "holds rows that are no entries" in arrival.told
