"""The entries of a task, equal polls in a row as one line."""

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.core.entries import histories, numbered
from tests.render import hostile
from tests.render.scenes import FINAL, NOW_US, polled, texts, watched
from tui.core.entry import Entry, Mark, Reason
from tui.core.folding import folded
from tui.render.frame_lines import frame_heading, frame_lines
from tui.render.task_times import TaskTimes
from tui.render.times import TimeStyle

UTC = TaskTimes(TimeStyle.UTC, NOW_US, None)

LIFE: list[Entry] = [
    watched(FINAL, "live-final-7"),
    polled(FINAL, 3.101, "Idle"),
    *(polled(FINAL, 4 + second, "InProgress") for second in range(314)),
    Mark(NOW_US, NOW_US, 316, "check audio", "alice", FINAL),
    replace(polled(FINAL, 400, "InProgress"), reason=Reason.YOU),
]


def test_a_life_in_lines() -> None:
    lines = (frame_heading(78), *frame_lines(folded(numbered(LIFE)), 200, UTC, 78))
    assert texts(lines) == [
        "  TIME          KIND  WHAT                              RTT REQUEST",
        "  03:00:00.000Z you   watch by alice                      -",
        "  03:00:03.101Z poll  Idle                               41 f83001c5-7e3c..8d1",
        "  03:00:04.000Z poll  Idle -> InProgress                 41 f83001c5-7e3c..8d1",
        "> 03:00:05Z     poll  InProgress x 313                      folded",
        "  03:12:07.000Z mark  check audio by alice (frame 3..     -",
        "  03:06:40.000Z step  InProgress                         41 f83001c5-7e3c..8d1",
    ]


def test_the_frame_that_is_shown_is_marked_wherever_it_is() -> None:
    runs = folded(numbered(LIFE))
    for frame in range(1, len(LIFE) + 1):
        assert [text[0] for text in texts(frame_lines(runs, frame, UTC, 78))].count(">") == 1
    assert all(text[0] == " " for text in texts(frame_lines(runs, 0, UTC, 78)))


@settings(max_examples=60)
@given(histories, st.integers(0, 200))
def test_every_line_of_any_entries_is_drawable(entries: list[Entry], cells: int) -> None:
    for spans in (frame_heading(cells), *frame_lines(folded(numbered(entries)), 3, UTC, cells)):
        hostile.assert_drawable(spans, cells)
