"""`trtc-tui journal`: where the journal is, what it holds, whether it is sound; compacts it. Needs no key."""

import argparse
import json
import sys

from tui.cli.account_choice import choose
from tui.cli.exits import Exit
from tui.cli.options import Parser, add_account
from tui.cli.refusals import refusing

TAKES_TASKS = False
TAKES = ""


def about(_name: str) -> str:
    """One sentence for --help."""
    return "Tell where the journal is, how big and how old; check it, compact it."


def add_options(parser: Parser, _name: str) -> None:
    """What to do with it, and the account."""
    parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")
    parser.add_argument("--check", action="store_true", help="read all of it; exit code 1 when it is damaged")
    parser.add_argument(
        "--compact", action="store_true", help="thin out polls older than a week now, and give their space back"
    )
    add_account(parser)


def run(_name: str, values: argparse.Namespace) -> int:
    """Check, compact, look: what was asked for, in this order. A damaged journal is only told of, and ends with 1."""
    from tui.cli.journal_facts import Facts, as_object, in_words
    from tui.wiring.journal import check, compact, look_at

    with refusing():
        journal = choose(values).journal
        damage = check(journal) if values.check else None
        facts = Facts(journal, damage)
        if not damage:
            compacted = compact(journal) if values.compact else None
            facts = Facts(journal, damage, look_at(journal), compacted)
    lines = [json.dumps(as_object(facts), indent=2)] if values.json else in_words(facts)
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return Exit.NO if damage else Exit.FINE
