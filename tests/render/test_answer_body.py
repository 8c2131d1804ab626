import pytest

from tests.render.scenes import texts
from tui.core.views import LastPoll
from tui.render.answer_body import MOST_LINES, body_lines


def last(body: bytes) -> LastPoll:
    return LastPoll(0, 0, "Idle", None, None, body)


def test_json_is_laid_out_and_its_values_are_left_alone() -> None:
    body = b'{"n":1.10,"n":123456789012345678901234567890,"text":"\xe4\xbc\x9a\\u001b"}'
    assert texts(body_lines(last(body), 40)) == [
        "{",
        '  "n": 1.10,',
        '  "n": 123456789012345678901234567890,',
        r'  "text": "会\u001b"',
        "}",
    ]


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (b"<html>\r\n<b>no", [r"<html>\r", "<b>no"]),
        (b'{"broken', ['{"broken']),
        (b"\xff\xfe", [r"\xff\xfe"]),
        (b"\x1b[2J", [r"\x1b[2J"]),
        ("a\u2028b".encode(), [r"a\u2028b"]),
        (b"0123456789abcdefghij!", ["0123456789abcdefghij", "!"]),
    ],
)
def test_what_is_no_json_is_text(body: bytes, shown: list[str]) -> None:
    assert texts(body_lines(last(body), 20)) == shown


@pytest.mark.parametrize("body", [b"[" * 100_000, b"x" * 1_000_000, b"[1," * 300 + b"1" + b"]" * 300, b"\n" * 9_000])
def test_a_huge_answer_is_cut_and_says_so(body: bytes) -> None:
    lines = body_lines(last(body), 80)
    assert len(lines) <= MOST_LINES + 1
    if len(body) > 10_000:
        assert texts(lines)[-1] == f"(only the beginning is shown: the answer has {len(body)} bytes)"
