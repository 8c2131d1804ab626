"""`trtc-tui replay FILE`: the screen over a recording. Needs no key and sends nothing."""

import argparse
from pathlib import Path

from tui.cli.break_option import add_breaks, breaks_of
from tui.cli.options import Parser, whole
from tui.cli.refusals import refusing
from tui.cli.terminal import require_screen, take_keyboard

TAKES_TASKS = False
TAKES = "FILE"


def about(_name: str) -> str:
    """One sentence for --help."""
    return "Step through a recording: a journal, also while it is written, or an exported bundle."


def add_options(parser: Parser, _name: str) -> None:
    """Which file, and where to begin."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a journal (.sqlite3), or what export wrote")
    parser.add_argument("--frame", type=whole(1), metavar="N", help="begin at this frame; else at the end")
    add_breaks(parser)


def run(_name: str, values: argparse.Namespace) -> int:
    """Show it until the operator leaves."""
    from tui.wiring.screen import replay

    breaks = breaks_of(values)
    require_screen()
    take_keyboard()
    with refusing():
        return replay(values.file.expanduser(), values.frame, breaks)
