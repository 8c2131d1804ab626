import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.entries import ROOM
from tui.core.breakpoint import Breakpoint, Breaks, Watch, count_in_scope, in_scope
from tui.core.task import TaskRef
from tui.core.views import TaskView

LIVE = TaskView(ROOM, 0, "live-final-7")
ODD = TaskView(TaskRef("ap-singapore", 14, "-begins/with+odd=signs"), 0, "[prod] a*b?")


@pytest.mark.parametrize(
    ("scope", "meant"),
    [
        ("*", True),
        ("live-*", True),
        ("live-final-?", True),
        ("live-final-7", True),
        ("room-1", True),
        (str(ROOM), True),
        ("ap-guangzhou/*", True),
        ("LIVE-*", False),
        ("final", False),
        ("", False),
        ("studio-*", False),
    ],
)
def test_a_scope_means_names_task_ids_and_whole_references(scope: str, *, meant: bool) -> None:
    assert in_scope(scope, LIVE) is meant


@given(st.text(min_size=1))
def test_what_is_written_exactly_so_is_meant(name: str) -> None:
    view = TaskView(ROOM, 0, name)
    assert in_scope(name, view)
    assert in_scope(str(ROOM), view)
    assert count_in_scope(name, [view, view]) == 2


def test_brackets_stand_for_themselves() -> None:
    assert in_scope("[prod] *", ODD)
    assert not in_scope("[prod] *", TaskView(ROOM, 0, "p a"))


def test_numbers_are_kept_and_the_next_is_free() -> None:
    some = Breaks().with_one(Breakpoint(2, "a")).with_one(Breakpoint(1, "b", on=False))
    assert [one.number for one in some.breakpoints] == [1, 2]
    assert [one.number for one in some.on] == [2]
    assert some.free_number() == 3
    assert some.with_one(Breakpoint(2, "c")).breakpoints[1].when == "c"
    assert some.without(2) == Breaks((Breakpoint(1, "b", on=False),))


def test_a_watch_expression_is_there_once() -> None:
    some = Breaks().with_watch(Watch("rtt")).with_watch(Watch("status")).with_watch(Watch("rtt", stops=True))
    assert some.watches == (Watch("rtt", stops=True), Watch("status"))
    assert some.without_watch("rtt").watches == (Watch("status"),)
