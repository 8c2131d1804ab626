"""Leaping over polls that told nothing new ends where folding them one by one ends."""

from hypothesis import given
from hypothesis import strategies as st

from tests.core.entries import ROOM, at, fault, poll
from tui.core.entry import Poll
from tui.core.fault import FaultClass
from tui.core.leap import is_leap, leap
from tui.core.reading import read_task
from tui.core.views import TaskView

answers = st.sampled_from(["Idle", "InProgress", *FaultClass])
stretches = st.lists(st.tuples(answers, st.integers(1, 6)), min_size=1, max_size=8)


def view_after(polls: list[Poll]) -> TaskView:
    view = TaskView(ROOM, at(0))
    for frame, one in enumerate(polls, 1):
        view, _ = read_task(frame, view, one)
    return view


@given(stretches)
def test_one_leap_over_a_stretch_is_its_polls_one_by_one(told: list[tuple[str | FaultClass, int]]) -> None:
    polls = [poll(answer, second) for answer, count in told for second in range(count)]
    views = [view_after(polls[:n]) for n in range(len(polls) + 1)]
    start = 0
    for n, newest in enumerate(polls, 1):
        if not is_leap(views[n - 1], views[n], newest):
            start = n
        elif start:
            assert leap(views[start], n - start, newest) == views[n]


def leaps(*polls: Poll) -> bool:
    """Whether the last of these polls told nothing new."""
    return is_leap(view_after(list(polls[:-1])), view_after(list(polls)), polls[-1])


def test_what_can_be_leapt_over() -> None:
    assert leaps(poll("Idle", 1), poll("Idle", 2), poll("Idle", 3))
    assert leaps(poll(FaultClass.SERVICE, 1), poll(FaultClass.SERVICE, 2))
    assert leaps(*(poll(FaultClass.END, second) for second in range(5))), "it has been over for long"


def test_what_cannot() -> None:
    assert not leaps(poll("Idle", 1)), "the first one"
    assert not leaps(poll("Idle", 1), poll("Exited", 2))
    assert not leaps(poll("Idle", 1), poll("Idle", 2, start_ms=5)), "another StartTime"
    assert not leaps(poll(FaultClass.SERVICE, 1), poll(fault(FaultClass.SERVICE, "Other"), 2))
    assert not leaps(poll("Idle", 1), poll(FaultClass.END, 2), poll(FaultClass.END, 3)), "this one settles it"
