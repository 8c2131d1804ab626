"""The scrubber as lines, at the two usual widths."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.entries import START_US, at
from tests.render import hostile
from tests.render.scenes import texts
from tui.core.entry import GapCause
from tui.core.scrub import Column, State
from tui.core.span import ZOOM_US, Span, ending_at
from tui.render.scrubber import (
    FULL_ROWS,
    LEGEND,
    column_count,
    column_words,
    scrubber_lines,
    scrubber_title,
)
from tui.render.task_times import TaskTimes
from tui.render.times import TimeStyle

NIGHT_US = 1_795_316_400_000_000
UTC = TaskTimes(TimeStyle.UTC, NIGHT_US + 720_000_000, None)
SMALL, WIDE = 78, 158

IDLE = Column(State.IDLE, "Idle")
WELL = Column(State.IN_PROGRESS, "InProgress")
BLIND = Column(State.UNSEEN, gap=GapCause.NETWORK)


def life(count: int) -> list[Column]:
    """Idle, then in progress, an outage, failures, a mark, a hit, and what is still to come."""
    made = [Column(State.NONE), Column(State.IDLE, "Idle", changes=1), IDLE, Column(State.IN_PROGRESS, "InProgress", 1)]
    made += [WELL] * 4 + [BLIND] * 3 + [WELL] * 9
    made += [Column(State.IN_PROGRESS, "InProgress", 3, 2), Column(State.UNKNOWN, "InternalError", 1, 10)]
    made += [WELL, Column(State.IN_PROGRESS, "InProgress", mark="check audio"), WELL]
    made += [WELL] * (count - len(made) - 3) + [Column(State.IN_PROGRESS, "InProgress", hit="2"), WELL]
    return [*made, Column(State.AHEAD)]


def test_two_rows_on_a_small_screen() -> None:
    columns = life(column_count(SMALL))
    assert columns[70].hit == "2"
    assert texts(scrubber_lines(columns, 71, SMALL, 2)) == [
        "poll .IIPPPPP___PPPPPPPPPP?" + "P" * 50,
        "pos  -|-|----___---------ee-m" + "-" * 46 + "B^",
    ]


def test_six_rows_on_a_wide_one() -> None:
    columns = life(column_count(WIDE))
    assert texts(scrubber_lines(columns, 100, WIDE, 6)) == [
        "polls     .IIPPPPP___PPPPPPPPPP?" + "P" * 125,
        "changes    I P" + " " * 16 + "3?",
        "errors" + " " * 24 + "2+",
        "blind             ___ network",
        "marks" + " " * 28 + "m check audio" + " " * 109 + "B2",
        "position  " + " " * 100 + "^",
    ]


def test_a_zoomed_pane_tells_what_the_letters_mean() -> None:
    lines = texts(scrubber_lines(life(column_count(SMALL)), None, SMALL, 20))
    assert len(lines) == FULL_ROWS + 1
    assert LEGEND.startswith(lines[-1])


def test_words_beside_a_sign_hide_no_other_sign() -> None:
    columns = [WELL] * 5 + [Column(State.UNSEEN, gap=GapCause.NO_POLLER)] + [WELL] * 4 + [BLIND] + [WELL] * 59
    columns[20] = Column(State.IN_PROGRESS, mark="a")
    columns[22] = Column(State.IN_PROGRESS, mark="hidden")
    columns[24] = Column(State.IN_PROGRESS, mark="")
    lines = texts(scrubber_lines(columns, None, 75, 6))
    assert lines[3] == "gap       _    _ network"
    assert lines[4] == "mark                     m m m"


def test_the_title() -> None:
    span = ending_at(NIGHT_US + 719_000_000, ZOOM_US, 75)
    assert scrubber_title(span, ZOOM_US, UTC) == "3 Timeline 15 min  02:57Z .. 03:12Z  each col 12 s"


@pytest.mark.parametrize(
    ("style", "title"),
    [
        (TimeStyle.RELATIVE, "3 Timeline 1 min  60s ago .. 0.0s ago  each col 0.4 s"),
        (TimeStyle.UTC, "3 Timeline 1 min  03:11:00Z .. 03:12:00Z  each col 0.4 s"),
        (TimeStyle.SINCE_START, "3 Timeline 1 min  +10:59 .. +11:59  each col 0.4 s"),
    ],
)
def test_the_title_in_other_styles(style: TimeStyle, title: str) -> None:
    span = ending_at(NIGHT_US + 719_999_999, 60_000_000, 150)
    assert scrubber_title(span, 60_000_000, TaskTimes(style, UTC.now_us, NIGHT_US + 1_000_000)) == title


def test_what_is_under_the_cursor_in_words() -> None:
    columns, span = life(75), ending_at(NIGHT_US + 719_000_000, ZOOM_US, 75)
    told = {number: column_words(columns, number, span, UTC) for number in (0, 3, 9, 20, 21, 23, 71, 74)}
    assert told == {
        0: "no answer yet at 02:57:00Z",
        3: "InProgress at 02:57:36Z",
        9: "nobody looked, network at 02:58:48Z",
        20: "InProgress, 3 changes, 2 errors at 03:01:00Z",
        21: "unknown: InternalError, 10 errors or more at 03:01:12Z",
        23: "InProgress, mark check audio at 03:01:36Z",
        71: "InProgress at 03:11:12Z",
        74: "not yet at 03:11:48Z",
    }
    assert column_words(columns, None, span, UTC) == column_words(columns, 75, span, UTC) == ""


columns_of_any = st.builds(
    Column,
    st.sampled_from(State),
    hostile.texts,
    st.integers(0, 12),
    st.integers(0, 10),
    st.none() | st.sampled_from(GapCause),
    st.none() | hostile.texts,
    st.none() | hostile.texts,
)


@given(st.lists(columns_of_any, max_size=30), st.none() | st.integers(0, 30), st.integers(0, 200), st.integers(0, 9))
def test_whatever_a_server_sends_every_line_is_drawable(
    columns: list[Column], cursor: int | None, cells: int, rows: int
) -> None:
    for spans in scrubber_lines(columns, cursor, cells, rows):
        hostile.assert_drawable(spans, cells)
    span = Span(START_US, at(30), 30)
    assert hostile.is_visible(column_words(columns, cursor, span, UTC))
