"""`trtc-tui export FILE`: the journal as one packed file, for `replay` on any machine. Needs no key."""

import argparse
import sys
from pathlib import Path

from tui.cli.account_choice import choose
from tui.cli.exits import Exit
from tui.cli.options import Parser, add_account
from tui.cli.refusals import refusing

TAKES_TASKS = False
TAKES = "FILE"


def about(_name: str) -> str:
    """One sentence for --help."""
    return "Write the journal into one file to hand on; trtc-tui replay FILE opens it. It holds no key."


def add_options(parser: Parser, _name: str) -> None:
    """Where to, and the account."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the bundle to write; it must not be there yet")
    add_account(parser)


def run(_name: str, values: argparse.Namespace) -> int:
    """Write it, and say how big it is."""
    from tui.wiring.recording import write_bundle

    with refusing():
        size = write_bundle(choose(values).journal, values.file.expanduser())
    sys.stdout.write(f"{values.file}: {size / 1e6:.1f} MB. It holds TaskIds and answers, and no key\n")
    return Exit.FINE
