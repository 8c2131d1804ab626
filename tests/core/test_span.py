"""Columns of time: they lie still, cover what is asked for, and keep the cursor in sight."""

from hypothesis import given
from hypothesis import strategies as st

from tui.core.span import LEAST_ZOOM_US, ZOOM_US, Span, around, closer, ending_at, farther, keeping

moments = st.integers(0, 4 * 10**15)
zooms = st.integers(LEAST_ZOOM_US, 10**14)
widths = st.integers(0, 400)


@given(moments, zooms, widths)
def test_a_span_covers_its_zoom_up_to_a_moment(at_us: int, zoom_us: int, columns: int) -> None:
    span = ending_at(at_us, zoom_us, columns)
    assert span.columns == max(1, columns)
    assert span.end_us - span.start_us == span.columns * span.column_us >= zoom_us
    assert span.column(at_us) == span.columns - 1
    assert span.column_us % 100_000 == span.start_us % span.column_us == 0
    assert span.column_us * span.columns < zoom_us + span.columns * 100_000


@given(moments, zooms, widths)
def test_columns_are_where_their_edges_are(at_us: int, zoom_us: int, columns: int) -> None:
    span = ending_at(at_us, zoom_us, columns)
    edges = list(span.edges())
    assert len(edges) == span.columns
    assert [span.column(start_us) for start_us, _ in edges] == list(range(span.columns))
    assert [span.column(end_us - 1) for _, end_us in edges] == list(range(span.columns))
    assert [span.start_of(number) for number in range(span.columns)] == [start_us for start_us, _ in edges]
    assert span.column(span.start_us - 1) is span.column(span.end_us) is None
    assert span.moved(3).moved(-3) == span


@given(moments, st.integers(0, 10**10), zooms, widths)
def test_as_time_goes_on_columns_stay(at_us: int, later_us: int, zoom_us: int, columns: int) -> None:
    before, after = ending_at(at_us, zoom_us, columns), ending_at(at_us + later_us, zoom_us, columns)
    assert (after.start_us - before.start_us) % before.column_us == 0
    assert (after == before) == (before.column(at_us + later_us) is not None)


@given(moments, moments, zooms, widths)
def test_the_cursor_is_in_sight_and_no_span_ends_behind_now(
    at_us: int, newest_us: int, zoom_us: int, width: int
) -> None:
    span = around(at_us, zoom_us, width, newest_us)
    assert span.column(at_us) is not None
    assert span.end_us <= ending_at(max(at_us, newest_us), zoom_us, width).end_us


@given(moments, st.integers(-(10**9), 10**9), zooms, widths)
def test_a_span_stands_as_long_as_the_cursor_is_in_it(at_us: int, by_us: int, zoom_us: int, width: int) -> None:
    shown = ending_at(at_us, zoom_us, width)
    kept = keeping(shown, at_us + by_us, zoom_us, width, at_us)
    assert kept.column(at_us + by_us) is not None
    assert (kept == shown) or shown.column(at_us + by_us) is None


def test_another_zoom_or_width_is_another_span() -> None:
    shown = ending_at(10**12, ZOOM_US, 75)
    assert keeping(shown, 10**12, ZOOM_US, 75, 10**12) is shown
    assert keeping(shown, 10**12, ZOOM_US // 2, 75, 10**12).column_us == 6_000_000
    assert keeping(shown, 10**12, ZOOM_US, 150, 10**12).columns == 150
    assert keeping(None, 10**12, ZOOM_US, 75, 10**12) == shown


def test_a_quarter_of_an_hour_at_both_sizes() -> None:
    assert ending_at(0, ZOOM_US, 75) == Span(12_000_000 - ZOOM_US, 12_000_000, 75)
    assert ending_at(0, ZOOM_US, 150).column_us == 6_000_000


def test_zoom_halves_down_to_a_minute_and_doubles_up_to_everything() -> None:
    assert closer(ZOOM_US) == ZOOM_US // 2
    assert closer(closer(LEAST_ZOOM_US)) == LEAST_ZOOM_US
    assert farther(ZOOM_US, 10 * ZOOM_US) == 2 * ZOOM_US
    assert farther(ZOOM_US, ZOOM_US + 5) == ZOOM_US + 5
    assert farther(LEAST_ZOOM_US, 0) == LEAST_ZOOM_US
