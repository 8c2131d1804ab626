"""What thinning out leaves folds to the same."""

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.core.entries import OTHER, ROOM, SECOND_US, THIRD, at, histories, note, numbered, poll, watch
from tui.core.entry import Ack, Entry, Fault, Gap, GapCause, Mark, Note, Poll, Request, Seen, Topic, Verb
from tui.core.fault import FaultClass
from tui.core.retention import ONE_EVERY_US, Sieve
from tui.core.task import TaskRef
from tui.core.timeline import Snapshot, fold
from tui.core.views import TaskView

NEVER_US = 10**17
"""All entries of tests are older than this."""

Journal = list[tuple[int, Entry]]


def thinned(entries: Journal, before_us: int = NEVER_US) -> Journal:
    sieve = Sieve(before_us)
    freed = {sieve.take(frame, entry) for frame, entry in entries}
    return [(frame, entry) for frame, entry in entries if frame not in freed]


def without_counts(snapshot: Snapshot) -> Snapshot:
    """What must not differ: all but counts, and what depends on how close requests were to each other."""
    tool = snapshot.tool
    return replace(
        snapshot,
        at_us=0,
        tasks={task: uncounted(view) for task, view in snapshot.tasks.items()},
        forgotten={task: uncounted(view) for task, view in snapshot.forgotten.items()},
        tool=replace(
            tool,
            polls=0,
            failures=0,
            throttled=0,
            strangers=0,
            recent=(),
            peak=type(tool.peak)(),
            tallies=(),
            latencies_us=(),
            skew=None,
            skew_at_us=0,
            streak=0,
        ),
        events=tuple(replace(event, count=0) for event in snapshot.events),
    )


def uncounted(view: TaskView) -> TaskView:
    return replace(
        view,
        polls=0,
        errors=0,
        trouble=view.trouble and replace(view.trouble, count=0),
        runs=tuple(replace(run, count=0) for run in view.runs),
    )


answers = st.sampled_from(
    [
        *[Seen("InProgress", 1)] * 8,
        Seen("Idle", 1),
        Seen("InProgress", 2),
        Seen("InProgress", 10**13),
        *[Fault(FaultClass.NETWORK, "Network.Timeout", "slow")] * 4,
        Fault(FaultClass.NETWORK, "Network.Connect", "down"),
        Fault(FaultClass.THROTTLED, "RequestLimitExceeded", "", 200),
        Fault(FaultClass.SERVICE, "InternalError", "", 200),
        Fault(FaultClass.END, "FailedOperation", "no task", 200),
        Fault(FaultClass.OURS, "InvalidParameter", "", 200),
    ]
)


FORTH = (SECOND_US, 3 * SECOND_US, 25 * SECOND_US)
AND_BACK = (*FORTH, -20 * SECOND_US)
"""Steps of a clock that is set now and then."""


@st.composite
def lives(draw: st.DrawFn, steps_us: tuple[int, ...] = AND_BACK) -> list[Entry]:
    """A journal as a poller writes one: many equal answers close to each other, and everything in between."""
    entries: list[Entry] = []
    now_us = at(0)
    for answer, tasks, step_us, count, latencies_us in draw(st.lists(stretches(steps_us), min_size=1, max_size=8)):
        for number in range(count):
            now_us += step_us
            asked = poll("Idle", 0, tasks[number % len(tasks)])
            latency_us = latencies_us[number % len(latencies_us)]
            entries.append(replace(asked, sent_us=now_us, latency_us=latency_us, answer=answer))
        entries += draw(st.lists(others(now_us), max_size=1))
    return entries


RULES = ["blind", "refused", "streak", "impossible", "not-found", "odd-status", "gap", "stale", "idle-long"]

Stretch = tuple[Seen | Fault, tuple[TaskRef, ...], int, int, tuple[int, ...]]


def stretches(steps_us: tuple[int, ...]) -> st.SearchStrategy[Stretch]:
    """Equal answers to some tasks in turn: how far apart, how many, and how late."""
    some_tasks = st.sampled_from([(ROOM,), (ROOM, OTHER), (THIRD, ROOM, ROOM), (ROOM, OTHER, THIRD)])
    latencies = st.sampled_from([(20_000,), (20_000, 4 * SECOND_US, 20_000)])
    return st.tuples(answers, some_tasks, st.sampled_from(steps_us), st.integers(1, 25), latencies)


def others(now_us: int) -> st.SearchStrategy[Entry]:
    """Anything but a poll."""
    tasks = st.sampled_from([ROOM, OTHER])
    since = st.integers(0, 10).map(lambda seconds: now_us - seconds * SECOND_US)
    return st.one_of(
        st.builds(Request, st.just(now_us), st.sampled_from(Verb), tasks),
        st.builds(Note, st.just(now_us), st.sampled_from(Topic), st.just("")),
        st.builds(Gap, st.just(now_us), since, st.sampled_from(GapCause), st.none() | tasks),
        st.builds(Mark, st.just(now_us), since, st.just(1), st.just(""), st.just(""), st.none() | tasks),
        st.builds(Ack, st.just(now_us), st.sampled_from(RULES), st.just(""), st.none() | tasks),
    )


@settings(max_examples=150, deadline=None)
@given(lives() | histories)
def test_the_fold_stays_the_same_but_for_counts(entries: list[Entry]) -> None:
    journal = numbered(entries)
    assert without_counts(fold(thinned(journal))) == without_counts(fold(journal))


@settings(max_examples=60, deadline=None)
@given(lives(FORTH), st.integers(0, 100))
def test_it_may_begin_and_be_stopped_anywhere(entries: list[Entry], place: int) -> None:
    journal = numbered(entries)
    pieces = thinned(journal[:place]) + thinned(journal[place:])
    assert without_counts(fold(pieces)) == without_counts(fold(journal))
    again = thinned(pieces)
    assert without_counts(fold(again)) == without_counts(fold(journal))


@settings(max_examples=60, deadline=None)
@given(lives())
def test_a_second_pass_finds_nothing(entries: list[Entry]) -> None:
    once = thinned(numbered(entries))
    assert thinned(once) == once


@settings(max_examples=60, deadline=None)
@given(lives(), st.integers(0, 300))
def test_what_is_not_old_stays(entries: list[Entry], seconds: int) -> None:
    journal = numbered(entries)
    gone = [entry for frame, entry in journal if frame not in dict(thinned(journal, at(seconds)))]
    assert all(isinstance(entry, Poll) and entry.sent_us < at(seconds) for entry in gone)


@settings(max_examples=60, deadline=None)
@given(lives())
def test_what_is_no_poll_stays(entries: list[Entry]) -> None:
    journal = numbered(entries)
    kept = [pair for pair in thinned(journal) if not isinstance(pair[1], Poll)]
    assert kept == [pair for pair in journal if not isinstance(pair[1], Poll)]


def test_an_hour_of_equal_polls_becomes_one_a_minute() -> None:
    entries: list[Entry] = [watch(), *(poll("InProgress", 2 * number) for number in range(1800))]
    left = thinned(numbered(entries))
    minutes = [entry.sent_us // ONE_EVERY_US for _, entry in left if isinstance(entry, Poll)]
    assert len(set(minutes)) == 61
    assert len(minutes) == 62, "the last look of all stands beside the first of its minute"
    assert left[-1] == (len(entries), entries[-1])


def test_a_run_keeps_its_first_and_its_last_poll() -> None:
    words = ["Idle"] * 20 + ["InProgress"] * 20 + ["Exited"] * 2
    left = thinned(numbered([poll(word, number / 2) for number, word in enumerate(words, 520)]))
    assert [frame for frame, _ in left] == [1, 20, 21, 40, 41, 42]


def test_polls_of_other_tasks_in_between_change_nothing() -> None:
    entries: list[Entry] = [poll("Idle", 260 + number / 2, (ROOM, OTHER, THIRD)[number % 3]) for number in range(60)]
    assert [frame for frame, _ in thinned(numbered(entries))] == [1, 2, 3, 58, 59, 60]


def test_failures_that_came_one_by_one_do_not_become_an_outage() -> None:
    """Without the looks in between, three lost packets would be three failures in a row."""
    entries: list[Entry] = []
    for number in range(90):
        answer: str | FaultClass = FaultClass.NETWORK if number % 20 == 10 else "InProgress"
        entries.append(poll(answer, 260 + number / 2))
    assert fold(thinned(numbered(entries))).tool.blindness is None
    assert not [event for event in fold(thinned(numbered(entries))).events if "blind" in event.text]


def test_a_long_outage_keeps_its_beginning_and_its_end() -> None:
    entries: list[Entry] = [poll("InProgress", 260), poll("InProgress", 241)]
    entries += [poll(FaultClass.NETWORK, 262 + number / 10) for number in range(300)]
    entries += [poll("InProgress", 310), poll("InProgress", 311), poll("InProgress", 312)]
    left = thinned(numbered(entries))
    assert [frame for frame, _ in left] == [1, 2, 3, 4, 5, 6, 7, 8, 302, 303, 305]


def test_both_sides_of_what_the_tool_or_the_operator_did_stay() -> None:
    before = [poll("Idle", 260 + number) for number in range(5)]
    after = [poll("Idle", 270 + number) for number in range(5)]
    for between in (note(Topic.POLLING_STOPPED, 266), Gap(at(269), at(265), GapCause.NETWORK), watch(second=266)):
        entries: list[Entry] = [*before, between, *after]
        left = thinned(numbered(entries))
        assert [frame for frame, _ in left] == [1, 5, 6, 7, 11]


def tasks_of(journal: Journal) -> set[TaskRef]:
    return {entry.task for _, entry in journal if isinstance(entry, Poll)}


@settings(max_examples=60, deadline=None)
@given(lives())
def test_the_newest_poll_of_every_task_stays(entries: list[Entry]) -> None:
    journal = numbered(entries)
    left = thinned(journal)
    for task in tasks_of(journal):
        newest = [frame for frame, entry in journal if isinstance(entry, Poll) and entry.task == task][-1]
        assert newest in {frame for frame, _ in left}
