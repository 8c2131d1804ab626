import pytest

from tests.render.scenes import arranged, night, seen, texts
from tui.core.timeline import Snapshot
from tui.render.empty_tasks import empty_lines
from tui.render.line import Line, width
from tui.render.view import View

WAYS = [
    "no tasks yet; Tencent has no call that lists them, so name them:",
    "  A                  adds one: type or paste its TaskId",
    "  trtc-tui TASK..    names some at the start",
    "  trtc-tui - < FILE  reads a list: TASK [NAME] in each line",
]


def told(lines: tuple[Line, ...], cells: int) -> list[str]:
    assert {width(spans) for spans in lines} <= {cells}
    return texts(lines)


def test_a_first_start_says_the_ways_on() -> None:
    assert told(empty_lines(arranged(Snapshot()), "", "", 80), 80) == WAYS


def test_a_reason_to_wait_is_told_whole() -> None:
    waiting = "No key (no profile is named; nothing in the environment). Type trtc-tui login."
    lines = told(empty_lines(arranged(Snapshot()), "", waiting, 60), 60)
    assert lines[:4] == [way[:60] for way in WAYS]
    assert " ".join(lines[4:]) == waiting


@pytest.mark.parametrize("typed", ["xyz", "xyz ", "x\x1b[2J"])
def test_a_filter_that_hides_all_says_so(typed: str) -> None:
    board = arranged(seen(night()), View(filter="no such task"))
    shown = typed.strip().replace("\x1b", r"\x1b")
    assert told(empty_lines(board, typed, "the keyring is locked", 80), 80) == [
        f"nothing matches /{shown}: 5 hidden, Esc shows them"
    ]


def test_rows_need_no_words() -> None:
    assert empty_lines(arranged(seen(night())), "", "", 80) == ()
