import pytest

from tui.core.breakpoint import Action, Breakpoint
from tui.render.breakpoint_rows import Tally, breakpoint_line, breakpoint_row, heading, hit_text
from tui.render.line import text, width

ONE = Breakpoint(12, "silent > 60s & status == InProgress", "live-*", (Action.BELL, Action.MARK), note="audio\x1b[31m")


@pytest.mark.parametrize("cells", [74, 98])
def test_a_row_stands_under_its_headings(cells: int) -> None:
    row = breakpoint_row(ONE, Tally(1, 5_000_000), 40_000_000, cells)
    assert width(row) == width(heading(cells)) == cells
    for name, value in (("on", "on "), ("scope", "live-*"), ("when", "silent"), ("do", "mark bell")):
        assert text(row).index(value) == text(heading(cells)).index(name)
    assert text(row).rstrip().endswith("1  35.0s")


def test_what_is_off_or_wrong_says_so() -> None:
    off = Breakpoint(1, "illegal", on=False)
    assert " off " in text(breakpoint_row(off, Tally(), 0, 80))
    assert " ERR " in text(breakpoint_row(off, Tally(), 0, 80, mistaken=True))


def test_a_breakpoint_in_a_pane() -> None:
    assert text(breakpoint_line(ONE, Tally(3), 90)).startswith("BP#12 on  silent > 60s & status == InProgress")
    assert text(breakpoint_line(ONE, Tally(3), 90)).rstrip().endswith("mark bell  hits 3")


def test_a_hit_in_words() -> None:
    assert hit_text(Breakpoint(2, "illegal", note="call Li"), "qa", 4) == "BP#2 illegal  hit 4  qa  (call Li)"
