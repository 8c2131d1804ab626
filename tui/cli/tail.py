"""`trtc-tui tail`: the journal as lines, now and as it grows. Asks nothing of the API, and no store for a key."""

import argparse
import json
import shutil
import sys
from collections.abc import Iterator

from tui.cli.account_choice import choose
from tui.cli.exits import Exit
from tui.cli.options import Parser, add_account, whole
from tui.cli.refusals import refusing

WIDEST = 10_000

TAKES_TASKS = False
TAKES = ""


def about(_name: str) -> str:
    """One sentence for --help."""
    return "Print what happened and what happens: changes, errors, operators; every poll with --jsonl."


def add_options(parser: Parser, _name: str) -> None:
    """How much, in which form, and the account."""
    parser.add_argument("--jsonl", action="store_true", help="every entry as one JSON object a line")
    parser.add_argument("-n", "--lines", type=whole(0), default=10, metavar="N", help="how many past lines first (10)")
    parser.add_argument("--follow", action=argparse.BooleanOptionalAction, default=True, help="go on as it grows")
    add_account(parser)


def run(_name: str, values: argparse.Namespace) -> int:
    """Print until interrupted, or until the end of the journal."""
    from tui.wiring.tail import entries_as_objects, events_as_lines

    with refusing():
        journal = choose(values).journal
        if values.jsonl:
            rows = entries_as_objects(journal, values.lines, follow=values.follow)
            _print(json.dumps(row, ensure_ascii=True) for row in rows)
        else:
            width = shutil.get_terminal_size((WIDEST, 0)).columns if sys.stdout.isatty() else WIDEST
            _print(events_as_lines(journal, values.lines, width, follow=values.follow))
    return Exit.FINE


def _print(texts: Iterator[str]) -> None:
    for text in texts:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()
