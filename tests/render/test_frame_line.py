"""One entry in one line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.core.entries import ROOM, ack, at, gap, histories, mark, note, poll, wish
from tui.core.entry import Entry, GapCause, Reason, Topic, Verb
from tui.core.fault import FaultClass
from tui.core.task import TaskRef
from tui.render.frame_line import frame_line
from tui.render.line import text, width
from tui.render.task_times import TaskTimes
from tui.render.times import TimeStyle

TIMES = TaskTimes(TimeStyle.UTC, at(60), None)


def name(task: TaskRef) -> str:
    return "hall" if task == ROOM else task.task_id


def told(entry: Entry) -> str:
    return text(frame_line(entry, name, TIMES, 160)).rstrip()


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (poll("Idle", 3), "poll  15:06:43.000Z  hall  20ms Idle  req request-3"),
        (poll(FaultClass.SERVICE, 3), "poll  15:06:43.000Z  hall  20ms InternalError as told by a test  req request-3"),
        (wish(Verb.HOLD, 4), "you  15:06:44.000Z  hall  hold by alice"),
        (note(Topic.POLLING_STARTED, 5), "tool  15:06:45.000Z  polling started"),
        (gap(GapCause.NETWORK, 5, 9), "gap  15:06:49.000Z  nobody looks: network"),
        (mark(3, "check audio", 8), "mark  15:06:48.000Z  hall  check audio by alice (frame 3)"),
        (ack("idle-long", 9), "ack  15:06:49.000Z  hall  idle-long by alice"),
    ],
)
def test_each_kind_has_its_words(entry: Entry, words: str) -> None:
    assert told(entry) == words


def test_a_poll_by_hand_is_a_step() -> None:
    assert told(replace(poll("Idle", 3), reason=Reason.YOU)).startswith("step  ")


@given(histories, st.integers(1, 200))
def test_any_entry_fits(entries: list[Entry], cells: int) -> None:
    for entry in entries:
        assert width(frame_line(entry, name, TIMES, cells)) == cells
