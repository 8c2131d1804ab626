from hypothesis import given
from hypothesis import strategies as st

from tests.render import hostile
from tui.render.line import Line, Role, crop, fill, fit, join, leading, line, spread, text, width

lines = st.lists(st.tuples(hostile.texts, st.sampled_from(Role)), max_size=4).map(lambda spans: line(*spans))
sizes = st.integers(0, 200)


def test_a_line_is_spans_with_roles() -> None:
    spans = line("poll ", ("GAP", Role.NEEDS_YOU), "")
    assert spans == (("poll ", Role.PLAIN), ("GAP", Role.NEEDS_YOU))
    assert text(spans) == "poll GAP"
    assert width(spans) == 8


def test_a_line_makes_its_text_visible() -> None:
    assert text(line("\x1b[0m", ("\u202e", Role.DIM))) == r"\x1b[0m\u202e"


@given(lines, sizes)
def test_a_fitted_line_is_exactly_as_wide_as_asked(spans: Line, size: int) -> None:
    hostile.assert_drawable(fit(spans, size), size)


def test_a_wide_character_cut_in_half_becomes_a_space() -> None:
    assert fit(line(("会議", Role.STRONG)), 3) == (("会 ", Role.STRONG),)
    assert text(crop(line("会議"), 1)) == " 議"


@given(lines, sizes)
def test_cropping_takes_away_so_many_cells(spans: Line, size: int) -> None:
    assert width(crop(spans, size)) == max(0, width(spans) - size)


def test_joined_lines_have_gaps_only_between() -> None:
    assert text(join([(), line("a"), (), line("b")], " | ")) == "a | b"


@given(lines, lines, sizes)
def test_spread_is_exactly_as_wide_as_asked(left: Line, right: Line, size: int) -> None:
    hostile.assert_drawable(spread(left, right, size), size)


def test_spread_cuts_the_left_side_first() -> None:
    assert text(spread(line("left"), line("right"), 12)) == "left   right"
    assert text(spread(line("left"), line("right"), 8)) == "le right"
    assert text(spread(line("left"), line("right"), 3)) == "rig"
    assert text(spread(line("left"), (), 6)) == "left  "


def test_leading_parts_are_whole_or_not_there() -> None:
    parts = [line("one"), (), line("two"), line("three"), line("4")]
    assert text(leading(parts, 9)) == "one  two"
    assert text(leading(parts, 2)) == "one"
    assert text(fill(parts, 10)) == "one  two  "
    assert text(fill([], 3)) == "   "


@given(st.lists(lines, max_size=4), sizes)
def test_filled_lines_are_exactly_as_wide_as_asked(parts: list[Line], size: int) -> None:
    hostile.assert_drawable(fill(parts, size), size)
