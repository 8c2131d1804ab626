from msgspec.structs import replace

from tests.render.scenes import FINAL, SECOND_US, at, texts
from tui.core.lifecycle import Life, Stage
from tui.core.standing import Standing, Weight
from tui.core.views import TaskView
from tui.render.how_polled import held_for, how_polled
from tui.render.line import text
from tui.render.task_rows import columns, row
from tui.render.task_times import TaskTimes
from tui.render.times import TimeStyle
from tui.render.view import View

TIMES = TaskTimes(TimeStyle.UTC, at(730), None)
HELD = TaskView(FINAL, 0, "final", Stage(Life.IN_PROGRESS, "InProgress"), held_us=at(600))


def why(view: TaskView, reason: str) -> str:
    standing = Standing("InProgress", Weight.CHANGING, reason, SECOND_US)
    return text(row(columns(80), view, standing, View(), at(730), cursor=False))[44:].strip()


def test_a_held_task_says_so_and_when_that_ends() -> None:
    assert texts(how_polled(HELD, TIMES, 80)) == [
        "held since 03:10:00Z: polled only when asked (r); ends by itself in 02:50"
    ]
    assert texts(how_polled(replace(HELD, held_us=None, pinned=True), TIMES, 80)) == [
        "pinned: polled every 3 s, on a screen or not"
    ]
    assert how_polled(replace(HELD, held_us=None), TIMES, 80) == ()


def test_the_list_says_for_how_long_a_task_is_held_before_anything_else() -> None:
    assert why(HELD, "held, polled only when asked") == "held 02:10"
    assert why(HELD, "") == "held 02:10"
    assert why(HELD, "Exited > 60s") == "held 02:10, Exited > 60s"
    assert why(replace(HELD, held_us=None), "Exited > 60s") == "Exited > 60s"


def test_the_list_marks_a_pinned_task() -> None:
    standing = Standing("InProgress", Weight.QUIET, "", SECOND_US)
    marks = [
        text(row(columns(80), replace(HELD, pinned=pinned), standing, View(), at(730), cursor=False))[:4]
        for pinned in (False, True)
    ]
    assert marks == ["   I", "  +I"]


def test_what_is_over_is_neither_held_nor_pinned() -> None:
    over = replace(HELD, stage=Stage(Life.ENDED), pinned=True)
    assert held_for(over, at(730)) == ""
    assert how_polled(over, TIMES, 80) == ()
