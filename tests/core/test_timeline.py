"""General rules of the fold, over any entries in any order."""

from unittest.mock import patch

import msgspec
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.core.entries import ROOM, gap, histories, numbered, poll, tasks, watch, wish
from tui.core import timeline
from tui.core.entry import Entry, Fault, GapCause, Poll, Request, Verb
from tui.core.fault import BLINDING, FaultClass
from tui.core.lifecycle import OVER
from tui.core.task import TaskRef
from tui.core.timeline import Snapshot, Timeline, fold
from tui.core.views import TaskView, ToolView

OUTAGE: list[Entry] = [watch(), poll("Idle"), *[poll(FaultClass.NETWORK, n) for n in range(8)], poll("Idle", 9)]

BLIND_SPOTS: list[Entry] = [
    watch(),
    poll("Idle"),
    gap(GapCause.NETWORK, 1),
    gap(GapCause.NO_POLLER, 4),
    wish(Verb.HOLD, 5),
    gap(GapCause.HELD, 5, task=ROOM),
    poll("Idle", 60),
    wish(Verb.RELEASE, 61),
]

LIMITED: list[Entry] = [watch(), *[poll(FaultClass.THROTTLED if n % 2 else "Idle", n) for n in range(12)]]


@given(histories)
def test_any_entries_in_any_order_fold(entries: list[Entry]) -> None:
    snapshot = fold(numbered(entries))
    assert snapshot.frame == len(entries)
    assert snapshot.at_us == max([0, *(entry.at_us for entry in entries)])
    assert not set(snapshot.tasks) & set(snapshot.forgotten)
    assert all(view.task == task for task, view in (*snapshot.tasks.items(), *snapshot.forgotten.items()))
    frames = [event.frame for event in snapshot.events]
    assert frames == sorted(frames)


@given(histories, st.integers(0, 40))
@example(OUTAGE, 5)
@example(LIMITED, 6)
@example(BLIND_SPOTS, 5)
def test_a_fold_goes_on_where_another_ended(entries: list[Entry], cut: int) -> None:
    rows = numbered(entries)
    assert fold(rows) == fold(rows[cut:], fold(rows[:cut]))


@given(histories, st.integers(0, 40))
@example(OUTAGE, 5)
@example([*LIMITED, *[watch(second=n) for n in range(4)], *LIMITED[1:]], 14)
@example([poll(FaultClass.NETWORK), *[watch(second=n) for n in range(4)], poll(FaultClass.NETWORK, 5)], 5)
@settings(max_examples=50)
def test_so_it_does_when_the_log_is_full(entries: list[Entry], cut: int) -> None:
    with patch.object(timeline, "EVENTS_KEPT", 4), patch.object(timeline, "_EVENTS_SLACK", 2):
        rows = numbered(entries)
        whole = fold(rows)
        assert len(whole.events) <= 4
        assert whole == fold(rows[cut:], fold(rows[:cut]))


@given(histories)
@example(BLIND_SPOTS)
@settings(max_examples=50)
def test_a_fold_can_be_written_and_read_back(entries: list[Entry]) -> None:
    snapshot = fold(numbered(entries))
    for view in (*snapshot.tasks.values(), *snapshot.forgotten.values()):
        assert msgspec.json.decode(msgspec.json.encode(view), type=TaskView) == view
    assert msgspec.json.decode(msgspec.json.encode(snapshot.tool), type=ToolView) == snapshot.tool


@given(histories)
def test_a_snapshot_stays_what_it_was(entries: list[Entry]) -> None:
    rows, live = numbered(entries), Timeline()
    taken: list[Snapshot] = []
    for frame, entry in rows:
        live.apply(frame, entry)
        taken.append(live.snapshot())
    assert taken == [fold(rows[:frame]) for frame, _ in rows]


@given(histories)
def test_apply_names_the_task_it_touched(entries: list[Entry]) -> None:
    live = Timeline()
    for frame, entry in numbered(entries):
        before = live.snapshot()
        touched = live.apply(frame, entry)
        after = live.snapshot()
        others = {task: view for task, view in (*after.tasks.items(), *after.forgotten.items()) if task != touched}
        assert others == {t: v for t, v in (*before.tasks.items(), *before.forgotten.items()) if t != touched}


@given(histories)
def test_every_poll_is_counted_once(entries: list[Entry]) -> None:
    snapshot = fold(numbered(entries))
    polls = [entry for entry in entries if isinstance(entry, Poll)]
    views = [*snapshot.tasks.values(), *snapshot.forgotten.values()]
    assert snapshot.tool.polls == sum(view.polls for view in views) == len(polls)


@given(histories)
def test_tasks_are_in_the_order_in_which_they_were_added(entries: list[Entry]) -> None:
    expected: list[object] = []
    for entry in entries:
        if isinstance(entry, Request) and entry.verb is Verb.WATCH and entry.task not in expected:
            expected.append(entry.task)
        elif isinstance(entry, Request) and entry.verb is Verb.FORGET and entry.task in expected:
            expected.remove(entry.task)
    assert list(fold(numbered(entries)).tasks) == expected


@given(histories, tasks, st.lists(st.sampled_from(sorted(BLINDING)), max_size=20))
def test_blinding_failures_end_no_task(entries: list[Entry], task: TaskRef, failures: list[FaultClass]) -> None:
    before = fold(numbered(entries))
    after = fold(numbered([poll(one, task=task) for one in failures], len(entries) + 1), before)
    for watched, view in before.tasks.items():
        assert after.tasks[watched].stage == view.stage
    for forgotten, view in before.forgotten.items():
        assert after.forgotten[forgotten].stage == view.stage


@given(histories)
def test_only_end_faults_end_a_task(entries: list[Entry]) -> None:
    ends = {entry.task for entry in entries if isinstance(entry, Poll) and _is_end(entry)}
    snapshot = fold(numbered(entries))
    over = {t for t, v in (*snapshot.tasks.items(), *snapshot.forgotten.items()) if v.stage.life in OVER}
    assert over <= ends


def _is_end(entry: Poll) -> bool:
    return isinstance(entry.answer, Fault) and entry.answer.fault_class is FaultClass.END


def test_the_log_keeps_its_newest_lines() -> None:
    with patch.object(timeline, "EVENTS_KEPT", 100), patch.object(timeline, "_EVENTS_SLACK", 10):
        entries: list[Entry] = [poll("Idle" if n % 2 else "InProgress", n) for n in range(500)]
        snapshot = fold(numbered(entries))
    assert [event.frame for event in snapshot.events] == list(range(401, 501))


def test_an_empty_journal_folds_to_nothing() -> None:
    assert fold([]) == Snapshot()
    assert ROOM not in Snapshot().tasks
