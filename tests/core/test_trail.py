"""What a fold leaves behind, and how much of it; that it leads back is shown with a real journal (test_past.py)."""

from tests.core.entries import OTHER, ROOM, forget, gap, note, numbered, poll, watch
from tui.core.entry import Entry, GapCause, Topic
from tui.core.fault import FaultClass
from tui.core.timeline import Timeline, fold
from tui.core.trail import NEAR, TOOL_EVERY, VIEW_EVERY, Ending, Placing, Stretch, Trail


def left_by(entries: list[Entry]) -> Stretch:
    trail = Trail()
    timeline = Timeline(trail=trail)
    for frame, entry in numbered(entries):
        timeline.apply(frame, entry)
    assert timeline.snapshot() == fold(numbered(entries)), "leaving a trail changes nothing"
    return trail.stretch()


def test_equal_polls_leave_a_view_where_they_begin_and_now_and_then() -> None:
    stretch = left_by([poll("Idle", n) for n in range(2 * VIEW_EVERY)])
    assert [milestone.frame for milestone in stretch.milestones] == [1, VIEW_EVERY, 2 * VIEW_EVERY]
    assert len(stretch.tools) == 2 * VIEW_EVERY // TOOL_EVERY


def test_a_task_that_changes_all_the_time_leaves_a_view_only_now_and_then() -> None:
    stretch = left_by([poll(("Idle", "InProgress")[n % 2], n) for n in range(2 * NEAR)])
    assert [milestone.frame for milestone in stretch.milestones if milestone.view is not None] == [1, NEAR + 2]
    assert len(stretch.milestones) == 2 * NEAR


def test_views_are_left_without_the_body_of_the_answer_which_the_journal_has() -> None:
    (milestone,) = left_by([poll("Idle", 1)]).milestones
    assert milestone.view is not None
    assert milestone.view.last is not None
    assert milestone.view.last.body == b""


def test_where_tasks_stand_is_left_when_that_changes() -> None:
    stretch = left_by([watch(), poll("Idle", 1, OTHER), poll("Idle", 2), forget(), watch(OTHER), watch(OTHER)])
    assert stretch.placings == (
        Placing(1, ROOM, forgotten=False),
        Placing(2, OTHER, forgotten=True),
        Placing(4, ROOM, forgotten=True),
        Placing(5, OTHER, forgotten=False),
    )


def test_the_end_of_a_task_is_left_once() -> None:
    stretch = left_by([poll("Idle", 1), *(poll(FaultClass.END, n) for n in range(2, 6))])
    assert stretch.endings == (Ending(3, ROOM),)


def test_lines_are_left_as_they_were_made_and_each_time_they_count() -> None:
    stretch = left_by([poll(FaultClass.NETWORK, n) for n in range(5)])
    assert [(line.event.frame, line.nth, line.event.count) for line in stretch.lines] == [(1, 0, 1)]
    assert [(repeat.line, repeat.frame, repeat.count) for repeat in stretch.repeats] == [
        (1, frame, frame) for frame in range(2, 6)
    ]


def test_the_last_requests_are_left_only_where_no_poll_tells_them_any_more() -> None:
    calm = left_by([poll("Idle", n) for n in range(TOOL_EVERY)])
    back = left_by([*(poll("Idle", n) for n in range(TOOL_EVERY - 1)), poll("Idle", 5)])
    assert (calm.tools[-1].tool.recent, calm.tools[-1].tool.polls) == ((), TOOL_EVERY)
    assert back.tools[-1].tool.recent


def test_what_is_kept_elsewhere_is_dropped() -> None:
    trail = Trail()
    timeline = Timeline(trail=trail)
    entries: list[Entry] = [watch(), poll("Idle", 1), gap(GapCause.NETWORK, 2), note(Topic.POLLING_STOPPED, 3)]
    for frame, entry in numbered(entries):
        timeline.apply(frame, entry)
    trail.drop(2)
    stretch = trail.stretch()
    assert (stretch.after, stretch.frame) == (2, 4)
    assert {line.event.frame for line in stretch.lines} == {3, 4}
    assert not stretch.milestones
    trail.drop(4)
    assert len(trail) == 0
    assert trail.stretch() == Stretch(4, 4)
