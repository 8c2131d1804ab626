import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.entries import at, forget, gaps, notes, poll, polls, requests, watch
from tests.core.entries import note as said
from tests.render.scenes import ARENA, ENDED, FINAL, NOW_US, QA, STUDIO, arranged, night, polled, seen, started, watched
from tests.render.scenes import at as moment_of
from tui.core.entry import Ack, Entry, Topic
from tui.core.facts import facts_of
from tui.core.fault import FaultClass
from tui.core.gaps import STALE_US
from tui.core.lifecycle import OVER
from tui.core.predicate import is_plain, warm_up
from tui.core.standing import NEVER_US, Standing, Weight, standing
from tui.core.task import TaskRef
from tui.core.timeline import Snapshot, Timeline, fold
from tui.core.tuning import Tuning
from tui.render.board import Board, crowd
from tui.render.sort_keys import attention_key, row_key
from tui.render.task_filter import read_filter
from tui.render.view import SortKey, View

warm_up()  # which no deadline of an example allows for

Verdicts = dict[TaskRef, Standing]

views = st.builds(
    View,
    st.sampled_from(["", "room", "!ENDED", "eu-", "unknown", "Idle !room-2", "in_state > 5s", "age < 20 | held"]),
    st.sampled_from(SortKey),
    st.booleans(),
)
steps = st.lists(
    st.tuples(st.lists(polls | requests | notes | gaps, max_size=4), views, st.integers(-5_000_000, 90_000_000)),
    max_size=12,
)


def sorted_anew(snapshot: Snapshot, view: View, verdicts: Verdicts, now_us: int) -> list[TaskRef]:
    passes = read_filter(view.filter).passes
    keys = {
        task: row_key(view.sort, task_view, verdicts[task], descending=view.descending)
        for task, task_view in snapshot.tasks.items()
        if passes(facts_of(task_view, snapshot.tool, now_us, verdicts[task]))
    }
    return sorted(keys, key=lambda task: keys[task])


def rows(board: Board) -> list[TaskRef]:
    return [board.task(place) for place in range(len(board))]


def assert_is_sorted_anew(board: Board, snapshot: Snapshot, view: View, now_us: int) -> None:
    tool, count = snapshot.tool, len(snapshot.tasks)
    verdicts = {task: standing(task_view, tool, now_us, crowd(count)) for task, task_view in snapshot.tasks.items()}
    expected = sorted_anew(snapshot, view, verdicts, now_us)
    assert rows(board) == expected
    assert board.hidden == count - len(expected)
    assert {task: board.index(task) for task in snapshot.tasks} == {
        task: expected.index(task) if task in expected else None for task in snapshot.tasks
    }
    alarms = [task for task, verdict in verdicts.items() if verdict.weight <= Weight.UNKNOWN]
    alarms.sort(key=lambda task: attention_key(snapshot.tasks[task], verdicts[task]))
    assert board.worst(99) == [(snapshot.tasks[task], verdicts[task]) for task in alarms]
    assert board.worst(1) == board.worst(99)[:1]
    assert sum(board.counts.values()) == sum(board.weights.values()) == count
    for verdict in verdicts.values():
        assert board.counts[verdict.word] == sum(other.word == verdict.word for other in verdicts.values())
    assert board.needing == sum(verdict.weight is Weight.NEEDS_YOU for verdict in verdicts.values())
    assert board.live == sum(task_view.stage.life not in OVER for task_view in snapshot.tasks.values())
    verdict_us = min((verdict.until_us for verdict in verdicts.values()), default=NEVER_US)
    assert board.due_us == verdict_us if is_plain(view.filter) else board.due_us <= verdict_us


@given(steps, st.sampled_from([1, 2, 500]))
def test_any_sequence_of_changes_gives_what_sorting_anew_gives(
    steps: list[tuple[list[Entry], View, int]], at_once: int
) -> None:
    timeline, board, frame, now_us = Timeline(), Board(at_once=at_once), 0, at(0)
    for entries, view, later_us in steps:
        changed = set()
        for entry in entries:
            frame += 1
            changed.add(timeline.apply(frame, entry))
        now_us += later_us
        snapshot = timeline.snapshot()
        board.show(snapshot, view, now_us, {task for task in changed if task is not None})
        if at_once == 2 and board.filling:
            continue
        while board.filling:
            board.fill(at_once)
        assert_is_sorted_anew(board, snapshot, view, now_us)


def tasks(count: int) -> list[TaskRef]:
    return [TaskRef("ap-singapore", 1400000000, f"task-{number:05}") for number in range(count)]


def crowd_of(count: int) -> Timeline:
    """So many tasks, all in progress, under a tool that polls."""
    timeline = Timeline()
    timeline.apply(1, said(Topic.POLLING_STARTED))
    for number, task in enumerate(tasks(count)):
        timeline.apply(2 + 2 * number, watch(task))
        timeline.apply(3 + 2 * number, poll("InProgress", 1, task))
    return timeline


letters = st.lists(
    st.sampled_from(["r", "ro", "roo", "room", "room-2", "!r", "id", "idle", "", "idle !ended"]), max_size=9
)


@given(letters, st.sampled_from(SortKey))
def test_typing_a_filter_letter_by_letter_gives_what_the_whole_word_gives(texts: list[str], sort: SortKey) -> None:
    snapshot = seen(night())
    board = arranged(snapshot)
    for text in texts:
        view = View(filter=text, sort=sort)
        board.show(snapshot, view, NOW_US, ())
        assert_is_sorted_anew(board, snapshot, view, NOW_US)


PREDICATE = View(filter="status == Idle | status == InProgress")


def filtered(timeline: Timeline, board: Board) -> None:
    """The predicate, on all tasks."""
    board.show(timeline.snapshot(), PREDICATE, at(2), ())
    while board.filling:
        board.fill()


def test_a_predicate_comes_in_slices_and_what_is_told_meanwhile_counts() -> None:
    timeline, board = crowd_of(2_000), Board()
    board.show(timeline.snapshot(), View(), at(2), None)
    board.show(timeline.snapshot(), PREDICATE, at(2), ())
    assert board.filling
    assert 0 < len(board) < 2_000
    frame, left = timeline.frame, [tasks(2_000)[0], tasks(2_000)[-1], tasks(2_000)[1_000]]
    for number, task in enumerate(left):
        timeline.apply(frame + 1 + number, poll("Exited", 2, task))
    board.fill()
    board.show(timeline.snapshot(), PREDICATE, at(2), left)
    filtered(timeline, board)
    assert_is_sorted_anew(board, timeline.snapshot(), PREDICATE, at(2))
    assert board.hidden == 3


def test_rows_of_a_predicate_come_and_go_with_the_clock() -> None:
    timeline, board = crowd_of(3), Board()
    view = View(filter="in_state > 20s & in_state < 30s")
    board.show(timeline.snapshot(), view, at(2), None)
    counts = []
    for second in (10, 21, 21.5, 30.9, 31, 40):
        board.show(timeline.snapshot(), view, at(second), ())
        counts.append(len(board))
    assert counts == [0, 0, 3, 3, 0, 0]


def test_a_task_that_comes_or_goes_judges_no_other_one() -> None:
    timeline, board = crowd_of(245), Board()
    board.show(timeline.snapshot(), View(), at(2), None)
    before = {task: board.standing(task) for task in tasks(245)}
    fresh, gone = TaskRef("ap-singapore", 1400000000, "fresh"), tasks(245)[7]
    timeline.apply(timeline.frame + 1, watch(fresh))
    assert board.show(timeline.snapshot(), View(), at(2), {fresh})
    timeline.apply(timeline.frame + 1, forget(gone, 2))
    assert board.show(timeline.snapshot(), View(), at(2), {gone})
    assert board.index(fresh) is not None
    assert board.index(gone) is None
    assert all(board.standing(task) is before[task] for task in tasks(245) if task != gone)


def test_another_filter_or_order_judges_nobody() -> None:
    board, snapshot = Board(), crowd_of(245).snapshot()
    board.show(snapshot, View(), at(2), None)
    before = [board.standing(task) for task in tasks(245)]
    board.show(snapshot, View(filter="00001"), at(2), ())
    board.show(snapshot, View(sort=SortKey.POLL), at(2), ())
    assert all(board.standing(task) is verdict for task, verdict in zip(tasks(245), before, strict=True))


def test_a_tenth_more_tasks_judge_all_anew() -> None:
    timeline, board = crowd_of(200), Board()
    board.show(timeline.snapshot(), View(), at(2), None)
    before = board.standing(tasks(200)[0])
    fresh = TaskRef("ap-singapore", 1400000000, "fresh")
    timeline.apply(timeline.frame + 1, watch(fresh))
    board.show(timeline.snapshot(), View(), at(2), {fresh})
    assert board.standing(tasks(200)[0]).until_us > before.until_us


@given(st.integers(0, 200_000))
def test_a_crowd_is_rounded_up_by_less_than_a_tenth(count: int) -> None:
    assert count <= crowd(count) <= max(count, count * 1.1)
    assert crowd(count) <= crowd(count + 1)


@given(st.lists(st.tuples(st.integers(0, 89), st.sampled_from(["Idle", "Exited"]), st.integers(0, 4)), max_size=30))
def test_a_long_list_keeps_its_order_while_single_tasks_change(changes: list[tuple[int, str, int]]) -> None:
    timeline, board, second = crowd_of(90), Board(), 2
    board.show(timeline.snapshot(), View(), at(second), None)
    for number, status, later in changes:
        second += later
        task = tasks(90)[number]
        timeline.apply(timeline.frame + 1, poll(status, second, task))
        board.show(timeline.snapshot(), View(), at(second + 0.02), {task})
    board.show(timeline.snapshot(), View(), at(second + 0.02), ())
    assert_is_sorted_anew(board, timeline.snapshot(), View(), at(second + 0.02))


def test_a_look_at_the_same_shows_no_difference() -> None:
    snapshot = seen(night())
    board = arranged(snapshot)
    assert board.show(snapshot, View(), NOW_US, ()) is False
    assert board.show(snapshot, View(), NOW_US, {FINAL}) is False


def test_a_change_of_any_kind_shows_a_difference() -> None:
    entries = night()
    snapshot = seen(entries)
    board = arranged(snapshot)
    assert board.show(snapshot, View(sort=SortKey.NAME), NOW_US, ())
    assert board.show(snapshot, View(filter="qa"), NOW_US, ())
    assert board.show(snapshot, View(), NOW_US, None)
    assert board.show(snapshot, View(), NOW_US - 1, ())
    later = seen([*entries, polled(QA, 726.9, "InProgress")])
    assert board.show(later, View(), NOW_US, {QA})


def test_time_alone_moves_a_task_when_its_verdict_ends() -> None:
    snapshot = seen([said(Topic.POLLING_STARTED), watch(FINAL), poll("InProgress", 1, FINAL)])
    board = Board()
    board.show(snapshot, View(), at(2), None)
    assert board.due_us == at(1.02) + STALE_US
    assert board.show(snapshot, View(), at(2.5), ()) is False
    assert board.standing(FINAL).weight is Weight.QUIET
    assert board.show(snapshot, View(), board.due_us + 1, ())
    assert board.standing(FINAL).weight is Weight.NEEDS_YOU
    assert board.due_us == NEVER_US


def test_a_verdict_that_ends_just_now_is_looked_at_once_and_again_later() -> None:
    snapshot = seen([said(Topic.POLLING_STARTED), watch(FINAL), poll("InProgress", 1, FINAL)])
    board = Board()
    board.show(snapshot, View(), at(2), None)
    due_us = board.due_us
    assert board.show(snapshot, View(), due_us, ()) is False
    assert board.due_us == due_us
    assert board.show(snapshot, View(), due_us + 1, ())


def test_a_blind_tool_is_told_of_all_tasks_at_once() -> None:
    timeline = crowd_of(10)
    board = Board()
    board.show(timeline.snapshot(), View(), at(2), None)
    first = tasks(10)[0]
    timeline.apply(timeline.frame + 1, poll(FaultClass.AUTH, 2, first))
    assert board.show(timeline.snapshot(), View(), at(3), {first})
    assert dict(board.counts) == {"UNKNOWN": 10}
    assert dict(board.known) == {"InProgress": 10}
    assert (board.needing, board.live) == (0, 10)
    assert len(board.worst(4)) == 4


def test_tasks_that_come_and_go_without_being_named_are_noticed() -> None:
    board = Board()
    board.show(crowd_of(3).snapshot(), View(), at(2), None)
    assert board.show(crowd_of(4).snapshot(), View(), at(2), ())
    assert len(board) == 4


def test_the_worst_are_told_although_the_filter_hides_them() -> None:
    board = arranged(seen(night()), View(filter="arena"))
    assert rows(board) == [ARENA]
    assert board.hidden == 4
    assert [view.task for view, _ in board.worst(5)] == [QA, FINAL]
    assert board.index(QA) is None
    assert board.view(QA).name == "qa-3"


def test_a_night_in_order() -> None:
    board = arranged(seen(night()))
    assert rows(board) == [QA, FINAL, STUDIO, ARENA, ENDED]
    assert dict(board.counts) == {"InProgress": 3, "Exited": 1, "ENDED": 1}
    assert (board.needing, board.live) == (2, 4)


def test_an_empty_board() -> None:
    board = Board()
    assert board.show(Snapshot(), View(), 0, ()) is False
    assert (len(board), board.hidden, board.needing, board.live, board.due_us) == (0, 0, 0, 0, NEVER_US)
    with pytest.raises(IndexError):
        board.task(0)


def test_one_change_costs_a_small_part_of_arranging_all() -> None:
    count = 2_000
    timeline, board = crowd_of(count), Board()
    snapshot = timeline.snapshot()
    arrange, change = [], []
    for number in range(5):
        began = time.perf_counter()
        board.show(snapshot, View(), at(2), None)
        arrange.append(time.perf_counter() - began)
        task = tasks(count)[number]
        timeline.apply(timeline.frame + 1, poll("Idle", 2 + number, task))
        snapshot = timeline.snapshot()
        began = time.perf_counter()
        board.show(snapshot, View(), at(2), {task})
        change.append(time.perf_counter() - began)
    assert min(change) * 20 < min(arrange)


def test_fold_and_board_agree_on_who_is_watched() -> None:
    snapshot = fold([(1, watch(FINAL)), (2, watch(QA))])
    assert set(rows(arranged(snapshot, now_us=at(1)))) == {FINAL, QA}


def test_other_numbers_of_the_alert_rules_count_at_once() -> None:
    snapshot = seen([watched(ARENA, "arena"), started(), polled(ARENA, 0, "Idle"), polled(ARENA, 400, "Idle")])
    board = arranged(snapshot, now_us=moment_of(401))
    assert (board.needing, board.worst(1)[0][1].rule) == (1, "idle-long")
    board.tune(Tuning().count("idle-long", 500).limits())
    assert board.show(snapshot, View(), moment_of(401), frozenset())
    assert board.needing == 0
    assert board.due_us < moment_of(411), "and the time until which the verdict holds is that of the other number"


def test_who_is_taken_care_of_is_counted_by_itself_and_comes_behind_the_others() -> None:
    entries: list[Entry] = [watched(ARENA, "arena"), watched(QA, "qa"), started()]
    entries += [polled(ARENA, 0, "Paused"), polled(QA, 1, "Paused")]
    before = arranged(seen(entries), now_us=moment_of(2))
    assert [view.task for view, _ in before.worst(9)] == [ARENA, QA]
    board = arranged(seen([*entries, Ack(moment_of(2), "odd-status", "alice", ARENA)]), now_us=moment_of(2))
    assert (board.needing, board.acked) == (1, 1)
    assert [view.task for view, _ in board.worst(9)] == [QA, ARENA]
