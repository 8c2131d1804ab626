"""A window may have any size at any time; what is shown does not depend on the sizes it had before."""

from pathlib import Path

from tests.pty.stage import Stage
from tests.pty.terminal import screen


def test_down_to_one_cell_and_back(home: Path, stage: Stage) -> None:
    stage.plays("studio.", "InProgress")
    with screen(["watch", "studio.", *stage.options], home, size=(80, 24)) as s:
        s.row("studio.").says("InProgress")
        s.press("Space")
        s.line(-1).says("Help")
        s.settles()
        before = s.lines[1:-1]
        s.resize(1, 1)
        s.settles()
        s.resize(59, 16)
        s.shows("trtc-tui needs 60x16", "this terminal is 59x16", "Q quits")
        s.resize(60, 15)
        s.shows("this terminal is 60x15")
        s.resize(60, 16)
        s.shows("1 Tasks 1", "studio.")
        s.hides("trtc-tui needs")
        s.resize(80, 24)
        s.wait(lambda: s.lines[1:-1] == before, "the same picture again")
        s.resize(160, 45)
        s.shows("1 Tasks 1", "2 studio.", "4 Log")
        s.press("Q")
        s.quits_with(0)


def test_a_terminal_that_is_too_small_from_the_start(home: Path, stage: Stage) -> None:
    stage.plays("studio.", "InProgress")
    with screen(["watch", "studio.", *stage.options], home, size=(40, 10)) as s:
        s.shows("trtc-tui needs 60x16", "this terminal is 40x10")
        s.resize(80, 24)
        s.row("studio.").says("InProgress")
        s.resize(40, 10)
        s.shows("this terminal is 40x10")
        s.press("Q")
        s.quits_with(0)
