"""What a server, or an operator's list, can put into a text is shown as text, in every pane, and breaks nothing."""

from pathlib import Path

import pytest

from tests.pty.stage import Stage
from tests.pty.terminal import Screen, screen

MARKUP = "[red]x[/]"
CLEAR = "\x1b[2J\x1b]0;owned\x07\x9b31m"
WIDE = "会" * 200
FAMILY = "👩\u200d👩\u200d👧"
REVERSED = "\u202eesrever"

SHOWN = {
    MARKUP: "[red]x[/]",
    CLEAR: "\\x1b[2J",
    WIDE: "会会",
    FAMILY: "👩\\u200d",
    REVERSED: "\\u202ees",
}
"""How each of them begins where it is cut to the width of a column."""


@pytest.fixture
def watched(home: Path) -> Path:
    """A list of five tasks, one of them with a name as bad as the others' statuses."""
    listed = home / "tasks.txt"
    listed.write_text("\n".join([*(f"t{n}. task-{n}" for n in range(4)), f"t4. {MARKUP}{FAMILY}\x1b[2J"]))
    return listed


AS_JSON = SHOWN | {CLEAR: "\\u001b[2J\\u001b]0;owned"}
"""In the answer as it came: JSON has escapes of its own."""


def assert_nothing_took_effect(s: Screen) -> None:
    for hostile in (b"\x1b[2J", b"\x1b]0;", "\x9b".encode(), "\u202e".encode(), "\u200d".encode()):
        assert hostile not in s.sent, hostile
    assert s.sent.count(b"\x07") == s.sent.count(b"\x1b]22;"), "the shape of the mouse pointer, and nothing else"


def assert_aligned(s: Screen) -> None:
    """What stands behind a hostile status begins in its own column, by the terminal's count of cells."""
    row, column = s.place("NAME")
    names = sorted(s.cells(y, column).split()[0] for y in range(row + 1, row + 6))
    assert names[1:] == [f"task-{n}" for n in range(4)]
    assert names[0].startswith("[red]x[/]")


def test_statuses_and_names(home: Path, stage: Stage, watched: Path) -> None:
    for number, status in enumerate(SHOWN):
        stage.plays(f"t{number}.", status)
    with screen(["watch", "-", *stage.options], home, size=(110, 50), stdin=watched) as s:
        s.pane(1).says(*SHOWN.values())
        s.pane(4).says(f"task-0 {MARKUP}", "task-1 \\x1b[2J\\x1b]0;owned\\x07\\x9b31m", f"task-2 {'会' * 20}")
        s.line(3).says("5 of 5 need you")
        assert_aligned(s)
        for number, (status, shown) in enumerate(SHOWN.items()):
            s.filters_by(f"t{number}.")
            s.pane(1).says("1 of 5", shown)
            for mode, told in (("compact", shown), ("full", shown), ("json", AS_JSON[status])):
                s.pane(2).says(f"{mode} V", told)
                s.press("V")
        s.filters_by(MARKUP)
        assert_nothing_took_effect(s)


def test_messages(home: Path, stage: Stage, watched: Path) -> None:
    for number, message in enumerate(SHOWN):
        stage.plays(f"t{number}.", "InvalidParameter.TaskId", message=message)
    with screen(["watch", "-", *stage.options], home, size=(110, 50), stdin=watched) as s:
        s.pane(1).says("REFUSED", "InvalidParameter.TaskId")
        s.line(3).says("5 of 5 need you", "REFUSED")
        s.pane(4).says(*(f"InvalidParameter.TaskId {shown}" for shown in SHOWN.values()))
        assert_aligned(s)
        assert_nothing_took_effect(s)


def test_what_is_drawn_bit_by_bit_is_what_is_drawn_at_once(home: Path, stage: Stage, watched: Path) -> None:
    for number in range(5):
        stage.plays(f"t{number}.", "InProgress")
    with screen(["watch", "-", *stage.options], home, size=(110, 50), stdin=watched) as s:
        s.pane(1).says("1 Tasks 5", "InProgress")
        for number, status in enumerate(SHOWN):
            stage.plays(f"t{number}.", status)
        s.pane(1).says(*SHOWN.values())
        s.press("Space")
        s.line(1).says("PAUSE")
        s.filters_by("task-")
        s.settles()
        bit_by_bit = s.lines[1:-1]
        s.resize(20, 5)
        s.shows("trtc-tui needs")
        s.resize(110, 50)
        s.wait(lambda: s.lines[1:-1] == bit_by_bit, "the same picture again")
