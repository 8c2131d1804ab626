"""Everything as it was at any entry: what a fold of all entries up to there says, however one got there."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.entries import OTHER, ROOM, THIRD, at, fault, forget, gap, histories, note, numbered, poll, watch, wish
from tui.adapters.journal import JournalWriter
from tui.adapters.journal.past import JournalPast
from tui.core import trail
from tui.core.entry import Entry, Fault, GapCause, Mark, Poll, Topic, Verb
from tui.core.fault import FaultClass
from tui.core.lifecycle import OVER
from tui.core.position import Sight
from tui.core.task import TaskRef
from tui.core.timeline import Snapshot, Timeline, fold
from tui.core.trail import Trail

Write = Callable[[], JournalWriter]
TASKS = (ROOM, OTHER, THIRD)


def record(path: Path, entries: Sequence[Entry], kept_at: Sequence[int]) -> None:
    """Store the entries, and with the fold at each of these frames the trail that led there."""
    writer = JournalWriter(path)
    if entries:
        writer.append(entries)
    left = Trail()
    timeline, touched = Timeline(trail=left), set[TaskRef | None]()
    for frame, entry in numbered(list(entries)):
        touched.add(timeline.apply(frame, entry))
        if frame in kept_at:
            writer.keep(timeline.snapshot(), [task for task in touched if task is not None], left.stretch())
            left.drop(frame)
    writer.close()


@contextmanager
def past_of(entries: Sequence[Entry], kept_at: Sequence[int]) -> Iterator[JournalPast]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "journal.sqlite3"
        record(path, entries, kept_at)
        past = JournalPast(path)
        yield past
        past.close()


def same(found: Snapshot | None, expected: Snapshot) -> None:
    """Also in the order of the tasks, which a comparison of two dicts does not tell."""
    assert found is not None
    assert found == expected
    assert list(found.tasks) == list(expected.tasks)
    assert list(found.forgotten) == list(expected.forgotten)


kept_at = st.lists(st.integers(1, 60), max_size=4)
calm = st.lists(
    st.builds(
        poll,
        st.sampled_from(["Idle", "InProgress", FaultClass.END, FaultClass.NETWORK, FaultClass.SERVICE]),
        st.integers(0, 90),
        st.sampled_from(TASKS),
    ),
    max_size=60,
)
"""Few words, so that many polls tell nothing new."""


@settings(max_examples=60, deadline=None)
@given(histories | calm, kept_at, st.lists(st.integers(0, 60), min_size=1, max_size=8), st.integers(2, 5))
def test_it_is_the_fold_of_the_entries_before_however_one_got_there(
    entries: list[Entry], kept: list[int], frames: list[int], spacing: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trail, "VIEW_EVERY", 2 * spacing)
        patch.setattr(trail, "NEAR", spacing)
        patch.setattr(trail, "TOOL_EVERY", spacing)
        with past_of(entries, kept) as past:
            for frame in (min(frame, len(entries)) for frame in frames):
                same(past.whole(frame), fold(numbered(entries[:frame])))


@settings(max_examples=40, deadline=None)
@given(histories | calm, kept_at, st.lists(st.integers(0, 60), min_size=1, max_size=6), st.sets(st.sampled_from(TASKS)))
def test_what_is_wanted_is_of_the_frame_and_all_is_when_it_says_so(
    entries: list[Entry], kept: list[int], frames: list[int], wanted: set[TaskRef]
) -> None:
    with past_of(entries, kept) as past:
        sight = Sight()
        for frame in (min(frame, len(entries)) for frame in frames):
            expected = fold(numbered(entries[:frame]))
            sight = past.sight(frame, wanted, sight)
            if sight.complete:
                same(sight.snapshot, expected)
            for task in wanted:
                assert sight.snapshot.tasks.get(task) == expected.tasks.get(task)
                assert sight.snapshot.forgotten.get(task) == expected.forgotten.get(task)
            assert (sight.snapshot.tool, sight.snapshot.at_us) == (expected.tool, expected.at_us)
            assert sight.snapshot.events == expected.events


@settings(max_examples=40, deadline=None)
@given(histories | calm, kept_at, st.integers(0, 61), st.sampled_from(TASKS))
def test_errors_marks_and_ends_are_where_looking_at_everything_finds_them(
    entries: list[Entry], kept: list[int], frame: int, task: TaskRef
) -> None:
    marks = [n for n, entry in numbered(entries) if isinstance(entry, Mark)]
    faults = {
        n: entry.task for n, entry in numbered(entries) if isinstance(entry, Poll) and isinstance(entry.answer, Fault)
    }
    ends = [n for n in range(1, len(entries) + 1) if ended_at(entries, n, task)]
    with past_of(entries, kept) as past:
        assert past.last() == len(entries)
        assert past.next_error(frame) == min((n for n in faults if n > frame), default=None)
        assert past.previous_error(frame) == max((n for n in faults if n < frame), default=None)
        assert past.next_error(frame, task) == min((n for n in faults if n > frame and faults[n] == task), default=None)
        assert past.previous_error(frame, task) == max(
            (n for n in faults if n < frame and faults[n] == task), default=None
        )
        assert past.next_mark(frame) == min((n for n in marks if n > frame), default=None)
        assert past.previous_mark(frame) == max((n for n in marks if n < frame), default=None)
        assert past.next_end(frame, task) == min((n for n in ends if n > frame), default=None)
        assert past.previous_end(frame, task) == max((n for n in ends if n < frame), default=None)
        assert past.entry(frame) == (entries[frame - 1] if 1 <= frame <= len(entries) else None)


def ended_at(entries: list[Entry], frame: int, task: TaskRef) -> bool:
    lives = []
    for until in (frame - 1, frame):
        snapshot = fold(numbered(entries[:until]))
        view = snapshot.tasks.get(task) or snapshot.forgotten.get(task)
        lives.append(None if view is None else view.stage.life)
    return lives[1] in OVER and lives[1] is not lives[0]


def night() -> list[Entry]:
    """Much of the same for three tasks, with all that ends it."""
    entries: list[Entry] = [watch(task) for task in TASKS]
    second = 1.0
    for stretch in range(40):
        for _ in range(15 + stretch):
            second += 0.4
            entries.append(poll("Idle" if stretch % 3 else "InProgress", second, TASKS[len(entries) % 3]))
        entries += events_after(stretch, second)
        second += 20
    return entries


def events_after(stretch: int, second: float) -> list[Entry]:
    """One of ten things that happen."""
    happenings: list[list[Entry]] = [
        [gap(GapCause.NETWORK, second)],
        [poll(FaultClass.THROTTLED, second + n / 10, TASKS[n % 3]) for n in range(5)],
        [wish(Verb.HOLD, second), gap(GapCause.HELD, second, task=ROOM)],
        [wish(Verb.RELEASE, second), wish(Verb.POLL_NOW, second, OTHER)],
        [poll(FaultClass.END, second + n, OTHER) for n in range(3)],
        [forget(THIRD, second)],
        [watch(THIRD, second, "again")],
        [poll(fault(FaultClass.SERVICE, "InternalError"), second + n / 2, ROOM) for n in range(30)],
        [note(Topic.POLLING_STOPPED, second), note(Topic.POLLING_STARTED, second + 5)],
        [poll("Idle", second - 30, ROOM), gap(GapCause.DROPPED, second - 5, task=OTHER)],
    ]
    return happenings[stretch % 10]


@pytest.mark.parametrize("kept", [[], [1], [700], [300, 800, 1_000_000]], ids=["none", "hardly", "half", "all"])
def test_a_night_at_every_frame(kept: list[int]) -> None:
    entries = night()
    kept = [min(frame, len(entries)) for frame in kept]
    timeline = Timeline()
    with past_of(entries, kept) as past:
        for frame, entry in numbered(entries):
            timeline.apply(frame, entry)
            if frame % 7 == 0:
                same(past.whole(frame), timeline.snapshot())


@given(st.lists(st.integers(1, 1_200), min_size=1, max_size=6))
@settings(max_examples=8, deadline=None)
def test_forward_and_back_again_is_where_one_was(frames: list[int]) -> None:
    with past_of(night(), [900]) as past:
        there = [past.whole(frame) for frame in frames]
        back = [past.whole(frame) for frame in reversed(frames)]
        assert there == back[::-1]


def test_marked_places_of_a_task_that_only_just_changed_are_folded(path: Path) -> None:
    """So that a task that changes with each poll does not cost a whole view each time."""
    words = ["Idle", "InProgress"]
    entries: list[Entry] = [poll(words[n % 2], n) for n in range(100)]
    record(path, entries, [100])
    past = JournalPast(path)
    rows = past._connection.execute("SELECT typeof(view), count(*) FROM milestone GROUP BY 1").fetchall()
    assert dict(rows) == {"blob": 12, "null": 88}
    same(past.whole(99), fold(numbered(entries[:99])))
    past.close()


def test_a_stretch_that_would_leave_a_hole_is_not_stored(path: Path) -> None:
    entries = night()[:60]
    writer = JournalWriter(path)
    writer.append(entries)
    early, left = fold(numbered(entries[:20])), Trail(20)
    timeline = Timeline(early, left)
    for frame, entry in numbered(entries)[20:]:
        timeline.apply(frame, entry)
    writer.keep(timeline.snapshot(), [], left.stretch())
    past = JournalPast(path)
    assert past._connection.execute("SELECT frame FROM trail").fetchall() == [(0,)]
    same(past.whole(50), fold(numbered(entries[:50])))
    past.close()
    writer.close()


def test_what_somebody_else_stored_of_the_trail_is_gone_on_from(path: Path) -> None:
    entries = night()[:90]
    writer = JournalWriter(path)
    writer.append(entries)
    trails = [Trail(), Trail()]
    for left, end in zip(trails, (40, 90), strict=True):
        timeline = Timeline(trail=left)
        for frame, entry in numbered(entries[:end]):
            timeline.apply(frame, entry)
        writer.keep(timeline.snapshot(), TASKS, left.stretch())
    past = JournalPast(path)
    assert past._connection.execute("SELECT frame FROM trail").fetchall() == [(90,)]
    for frame in (39, 40, 41, 90):
        same(past.whole(frame), fold(numbered(entries[:frame])))
    past.close()
    writer.close()


def test_giving_up_on_the_rest_is_quick(path: Path) -> None:
    entries: list[Entry] = [watch(TaskRef("ap-guangzhou", 1, f"room-{n}")) for n in range(100)]
    record(path, entries, [100])
    past = JournalPast(path)
    asked: list[None] = []

    def going() -> bool:
        asked.append(None)
        return len(asked) < 3

    assert past.whole(100, going) is None
    assert len(asked) == 3
    past.close()


def test_it_sees_what_is_still_written(path: Path, write: Write) -> None:
    writer, left = write(), Trail()
    timeline = Timeline(trail=left)
    past = JournalPast(path)
    entries = night()[:400]
    for frame, entry in numbered(entries):
        assert writer.append([entry]) == frame
        timeline.apply(frame, entry)
        if frame % 90 == 0:
            writer.keep(timeline.snapshot(), TASKS, left.stretch())
            left.drop(frame)
        if frame % 20 == 0:
            same(past.whole(frame), timeline.snapshot())
            assert past.last() == frame
    past.close()


def test_a_read_only_copy_is_enough(path: Path, tmp_path: Path) -> None:
    entries = night()[:200]
    record(path, entries, [150])
    copy = tmp_path / "copy" / "journal.sqlite3"
    copy.parent.mkdir()
    copy.write_bytes(path.read_bytes())
    copy.chmod(0o400)
    copy.parent.chmod(0o500)
    past = JournalPast(copy)
    for frame in (100, 180):
        same(past.whole(frame), fold(numbered(entries[:frame])))
    past.close()
    copy.parent.chmod(0o700)


def test_a_moment_is_in_order(path: Path) -> None:
    record(path, [watch(second=1), poll("Idle", 2), poll("Idle", 3)], [3])
    past = JournalPast(path)
    assert past.seek(at(2.5)) == 2
    past.close()
