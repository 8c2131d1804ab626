"""`trtc-tui [TASK…]`, also `trtc-tui watch`: the screen over the tasks of an account."""

import argparse
import sys

from tui.cli.account_choice import choose, named_there
from tui.cli.alert_option import add_alerts, alerts_of
from tui.cli.break_option import add_breaks, breaks_of
from tui.cli.options import Parser, add_account, add_defaults, add_pace, add_tasks, pace_of
from tui.cli.refusals import refusing, require_no_failure
from tui.cli.terminal import require_screen, take_keyboard

TAKES_TASKS = True
TAKES = "[TASK]..."


def about(_name: str) -> str:
    """One sentence for --help."""
    return "Watch tasks on a screen; without TASK, those watched last time."


def add_options(parser: Parser, _name: str) -> None:
    """Tasks, defaults for them, and the account."""
    add_tasks(parser)
    add_defaults(parser)
    add_account(parser)
    add_pace(parser)
    add_breaks(parser)
    add_alerts(parser)


def run(_name: str, values: argparse.Namespace) -> int:
    """Watch until the operator leaves."""
    from tui.wiring.session import make_session

    breaks, alerts = breaks_of(values), alerts_of(values)
    require_screen()
    with refusing():
        account = choose(values)
        named = named_there(account, values, sys.stdin)
        take_keyboard()
        session = make_session(account, pace_of(values))
        session.open()
    try:
        from tui.wiring.screen import show

        for one in named:
            session.watch(one.task, one.name)
        del named  # they come back from the journal; 10,000 of them twice are 4 MB for as long as the screen is open
        code = show(session, account, breaks, alerts)
    finally:
        session.stop()
    require_no_failure(session.failure)
    return code
