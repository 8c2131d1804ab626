import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.render import hostile
from tui.render.text import cells, chop, column, cut, request_label, short_id, short_request, visible, wrap

REQUEST = "f83001c5-7e3c-dfac-ba3e-236bf063c8d1"
TASK_ID = "m9-bVVU7nhKM5X3GsED6KNGVG********sggE"


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("plain [bold] text", "plain [bold] text"),
        ("\x1b[31mred", r"\x1b[31mred"),
        ("a\nb\tc\rd", r"a\nb\tc\rd"),
        ("\x00\x7f\x9b", r"\x00\x7f\x9b"),
        ("\u202eevil\u2066", r"\u202eevil\u2066"),
        ("a\u200db\ufe0f\ufeff", r"a\u200db\ufe0f\ufeff"),
        ("\u2028\u2029", r"\u2028\u2029"),
        ("\ud800", r"\ud800"),
        ("\ue000\U000e0041\u0378", r"\ue000\U000e0041\u0378"),
        ("\u3164\u115f\u034f", r"\u3164\u115f\u034f"),
        ("会議 é 👍", "会議 é 👍"),
        ("a\u00a0b\u3000c", "a\u00a0b\u3000c"),
        ("\x85\x1c", r"\x85\x1c"),
    ],
)
def test_what_steers_or_hides_becomes_an_escape_and_the_rest_stays(sent: str, shown: str) -> None:
    assert visible(sent) == shown


@given(hostile.texts)
def test_nothing_unseen_survives_and_a_second_pass_changes_nothing(sent: str) -> None:
    shown = visible(sent)
    assert all(unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} for char in shown)
    assert visible(shown) == shown


def test_every_codepoint_has_a_width_or_draws_on_the_one_before() -> None:
    unseen = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    # Planes 2 to 13 are ideographs or empty, 15 and 16 are for private use: one look at each is enough.
    for codepoint in (*range(0x20000), 0x20000, 0x40000, *range(0xE0000, 0xE0200), 0xF0000, 0x10FFFF):
        char = chr(codepoint)
        shown = visible(char)
        escaped = unicodedata.category(char) in unseen
        assert (shown != char) or not escaped, hex(codepoint)
        assert cell_len(shown) > 0 or unicodedata.category(char) in {"Mn", "Me", "Mc", "Lo"}, hex(codepoint)


@given(hostile.texts, st.integers(-1, 90))
def test_a_cut_text_is_never_wider(sent: str, size: int) -> None:
    assert cells(cut(sent, size)) <= max(0, size)


@given(hostile.texts, st.integers(0, 90), st.booleans())
def test_a_column_is_exactly_as_wide_as_asked(sent: str, size: int, right: bool) -> None:  # noqa: FBT001 drawn by hypothesis
    assert cells(column(sent, size, right=right)) == size


def test_columns_pad_left_or_right_and_tell_when_they_cut() -> None:
    assert column("ab", 4) == "ab  "
    assert column("ab", 4, right=True) == "  ab"
    assert column("abcdef", 4) == "ab.."
    assert column("会議会議", 5) == "会 .."


def test_a_megabyte_is_not_measured() -> None:
    assert cut("e\u0301" * 500_000, 10).endswith("..")
    assert wrap("x" * 1_000_000, 80)[-1].endswith("..")


@given(hostile.texts, st.integers(2, 90))
def test_wrapped_and_chopped_lines_fit(sent: str, size: int) -> None:
    assert all(cells(part) <= size for part in wrap(sent, size))
    assert all(cells(part) <= size for part in chop(sent, size))
    assert "".join(chop(sent, size)) == visible(sent) or not cells(sent)


def test_lines_break_at_spaces_and_long_words_anywhere() -> None:
    assert wrap("the room is empty", 8) == ["the room", "is empty"]
    assert wrap("a 123456789012", 5) == ["a", "12345", "67890", "12"]
    assert wrap("", 5) == [""]
    assert chop("  ab", 3) == ["  a", "b"]
    assert chop("", 3) == [""]


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        (40, TASK_ID),
        (37, TASK_ID),
        (36, "m9-bV..sggE"),
        (13, "m9-bV..sggE"),
        (9, "m9-..sggE"),
        (7, "m..sggE"),
        (6, "m9-b.."),
    ],
)
def test_a_task_id_keeps_both_ends(size: int, shown: str) -> None:
    assert short_id(TASK_ID, size) == shown


def test_a_request_id_keeps_both_ends() -> None:
    assert short_request(REQUEST) == "f83001c5-7e3c..8d1"
    assert short_request(REQUEST, 36) == REQUEST
    assert short_request(None) == "-"


@pytest.mark.parametrize(
    ("room", "shown"),
    [
        (40, f"req {REQUEST}"),
        (39, "req f83001c5-7e3c..8d1"),
        (22, "req f83001c5-7e3c..8d1"),
        (16, "req f83001c..8d1"),
        (15, ""),
    ],
)
def test_a_request_id_is_as_long_as_there_is_room_or_not_there(room: int, shown: str) -> None:
    assert request_label(REQUEST, room) == shown
    assert request_label(None, room) == ""


@given(hostile.texts, st.integers(0, 60))
def test_short_ids_fit(sent: str, size: int) -> None:
    assert cells(short_id(sent, size)) <= size
    assert cells(request_label(sent, size)) <= size
