"""`trtc-tui check [FILE]`: what in a journal the documentation does not allow, or does not know. Needs no key."""

import argparse
import json
import sys
from pathlib import Path

from tui.cli.account_choice import choose
from tui.cli.exits import Exit
from tui.cli.options import Parser, add_account
from tui.cli.refusals import refusing

TAKES_TASKS = False
TAKES = "[FILE]"


def about(_name: str) -> str:
    """One sentence for --help."""
    return "Check the recorded lives against the documentation; exit code 1 when something impossible was seen."


def add_options(parser: Parser, _name: str) -> None:
    """Which journal, in which form, and the account."""
    parser.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="a journal or a bundle; without it, the account's journal"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")
    add_account(parser)


def run(_name: str, values: argparse.Namespace) -> int:
    """Tell every finding, and how many there are."""
    from tui.cli.check_facts import as_object, in_words
    from tui.core.lifecycle import Verdict
    from tui.wiring.check import check

    with refusing():
        journal = values.file if values.file is not None else choose(values).journal
        told = check(journal)
    lines = [json.dumps(as_object(journal, told), indent=2)] if values.json else in_words(told)
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return Exit.NO if any(one.finding.verdict is Verdict.IMPOSSIBLE for one in told) else Exit.FINE
