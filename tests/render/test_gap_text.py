from msgspec.structs import replace

from tests.render.scenes import ENDED, FINAL, at, texts
from tui.core.entry import GapCause
from tui.core.lifecycle import Life, Stage
from tui.core.views import GapView, Run, TaskView, ToolView
from tui.render.gap_text import gap_text, open_gap, open_gap_lines
from tui.render.history import history_lines
from tui.render.task_times import TaskTimes
from tui.render.times import TimeStyle

TIMES = TaskTimes(TimeStyle.UTC, at(740), None)
BEFORE = Run("InProgress", None, at(2), at(120), 60, "first-request")
AFTER = Run("InProgress", None, at(732), at(740), 5, "later-request", GapCause.NO_POLLER)


def test_between_two_runs_the_history_says_that_nobody_looked() -> None:
    assert texts(history_lines((BEFORE, AFTER), (), TIMES, 80)) == [
        " 03:12:12Z  InProgress x 5  until 03:12:20Z  req later-request",
        " ---- gap 10:12  03:02:00Z .. 03:12:12Z  no poller ----",
        " 03:00:02Z  InProgress x 60  until 03:02:00Z  req first-request",
    ]


def test_a_gap_after_a_run_that_is_not_kept_any_more_has_no_beginning() -> None:
    assert texts(history_lines((AFTER,), (), TIMES, 80))[1] == " ---- gap .. 03:12:12Z  no poller ----"


def test_a_gap_of_all_tasks_is_told_as_long_as_it_was_and_not_as_long_as_this_task_waited() -> None:
    gaps = (
        GapView(at(10), GapCause.NO_POLLER, at(20)),
        GapView(at(200), GapCause.NO_POLLER, at(202)),
        GapView(at(300), GapCause.NO_POLLER, at(400)),
        GapView(at(500), GapCause.NETWORK, at(700)),
        GapView(at(735), GapCause.NO_POLLER, at(739)),
    )
    told = texts(history_lines((BEFORE, AFTER), gaps, TIMES, 80))
    assert told[1] == " ---- gap 01:40  03:05:00Z .. 03:06:40Z  no poller ----"


def test_runs_without_a_gap_between_them_have_no_line_between_them() -> None:
    assert len(history_lines((BEFORE, replace(AFTER, gap=None)), (), TIMES, 80)) == 2


def test_a_gap_that_lasts_is_told_with_its_beginning() -> None:
    gap = GapView(at(725), GapCause.LIMITER)
    task = TaskView(FINAL, 0, gap=gap)
    assert texts(open_gap_lines(task, ToolView(), TIMES, 60)) == ["GAP since 03:12:05Z (limiter): nobody looks"]
    assert gap_text(gap, TIMES) == "since 03:12:05Z  limiter"
    assert gap_text(replace(gap, until_us=at(735)), TIMES) == "00:10  03:12:05Z .. 03:12:15Z  limiter"


def test_the_gap_of_a_task_itself_comes_before_that_of_all() -> None:
    own, common = GapView(at(1), GapCause.DROPPED), GapView(at(2), GapCause.NETWORK)
    task = TaskView(FINAL, 0)
    assert open_gap(task, ToolView()) is None
    assert open_gap(task, ToolView(gap=common)) is common
    assert open_gap(replace(task, gap=own), ToolView(gap=common)) is own
    assert open_gap(replace(task, gap=own, held_us=at(1)), ToolView()) is None, "that it is held is told anyhow"
    assert open_gap(TaskView(ENDED, 0, stage=Stage(Life.ENDED)), ToolView(gap=common)) is None
