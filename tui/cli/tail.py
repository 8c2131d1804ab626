"""`trtc-tui tail`: the journal as lines, now and as it grows. Asks nothing of the API, and no store for a key."""

import json
import shutil
import sys
from collections.abc import Iterator
from typing import Annotated

import typer

from tui.cli.account_choice import Choice, choose
from tui.cli.exits import Exit
from tui.cli.options import EndpointUrl, Profile, StateDir
from tui.cli.refusals import refusing

WIDEST = 10_000


def tail(
    *,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Every entry as one JSON object a line.")] = False,
    lines: Annotated[int, typer.Option("--lines", "-n", min=0, help="How many past lines first.")] = 10,
    follow: Annotated[bool, typer.Option(help="Go on as the journal grows.")] = True,
    profile: Profile = None,
    endpoint: EndpointUrl = None,
    state_dir: StateDir = None,
) -> int:
    """Print what happened, and what happens: changes, errors, and what operators did; all polls with --jsonl."""
    from tui.wiring.tail import entries_as_objects, events_as_lines

    with refusing():
        account = choose(Choice(profile=profile, endpoint=endpoint, state_dir=state_dir))
        width = shutil.get_terminal_size((WIDEST, 0)).columns if sys.stdout.isatty() else WIDEST
        if jsonl:
            _print(
                json.dumps(row, ensure_ascii=True) for row in entries_as_objects(account.journal, lines, follow=follow)
            )
        else:
            _print(events_as_lines(account.journal, lines, width, follow=follow))
    return Exit.FINE


def _print(texts: Iterator[str]) -> None:
    for text in texts:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()
