from hypothesis import given
from hypothesis import strategies as st

from tui.ui.layout import FOOTER_ROWS, HEADER_ROWS, SMALLEST, TASKS_LEAST, WIDE, arrange, too_small

columns = st.integers(SMALLEST[0], 400)
rows = st.integers(SMALLEST[1], 200)


@given(columns, rows)
def test_every_row_belongs_to_somebody(columns: int, rows: int) -> None:
    room = arrange(columns, rows)
    detail = 0 if room.detail_columns else room.detail
    assert HEADER_ROWS + room.tasks + detail + room.timeline + room.log + FOOTER_ROWS == rows


@given(columns, rows)
def test_tasks_never_have_less_than_title_headings_and_six_rows(columns: int, rows: int) -> None:
    assert arrange(columns, rows).tasks >= TASKS_LEAST == 8


@given(st.integers(SMALLEST[0], WIDE[0] - 1), rows)
def test_the_log_is_given_up_before_the_detail(columns: int, rows: int) -> None:
    room = arrange(columns, rows)
    assert room.detail
    assert room.log or rows < HEADER_ROWS + TASKS_LEAST + 4 + 3 + FOOTER_ROWS


@given(st.integers(SMALLEST[0], WIDE[0] - 1), rows)
def test_the_timeline_is_given_up_before_the_log(columns: int, rows: int) -> None:
    room = arrange(columns, rows)
    assert room.timeline in (0, 3)
    assert room.log or not room.timeline
    assert room.timeline or rows < HEADER_ROWS + TASKS_LEAST + 4 + 3 + 3 + FOOTER_ROWS


@given(columns, rows)
def test_another_row_takes_none_from_detail_and_log(columns: int, rows: int) -> None:
    less, more = arrange(columns, rows), arrange(columns, rows + 1)
    if bool(less.detail_columns) == bool(more.detail_columns):
        assert more.detail >= less.detail
        assert more.log >= less.log


@given(st.integers(WIDE[0], 400), st.integers(WIDE[1], 200))
def test_from_120x30_on_the_detail_stands_beside_the_tasks(columns: int, rows: int) -> None:
    room = arrange(columns, rows)
    assert room.detail == room.tasks
    assert 0 < room.detail_columns < columns
    assert room.log == room.requests >= 6
    assert room.timeline == 7


def test_80x24_is_as_drawn_on_paper() -> None:
    room = arrange(80, 24)
    assert (room.tasks, room.detail, room.timeline, room.log) == (10, 4, 3, 3)
    assert (room.requests, room.detail_columns) == (0, 0)


def test_what_is_too_small() -> None:
    assert not too_small(60, 16)
    assert too_small(59, 16)
    assert too_small(60, 15)
    assert too_small(1, 1)
