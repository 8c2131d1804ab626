"""`trtc-tui record`: the engine without a screen."""

import argparse
import sys
from collections.abc import Sequence
from time import monotonic

from tui.cli.account_choice import choose, named_there
from tui.cli.ending import Ending, parse_duration
from tui.cli.exits import Exit
from tui.cli.options import Parser, add_account, add_defaults, add_pace, add_tasks, pace_of
from tui.cli.refusals import refusing, require_no_failure
from tui.cli.task_list import NamedTask
from tui.engine.session import Session
from tui.engine.update import Update

TAKES_TASKS = True
TAKES = "[TASK]..."


def about(_name: str) -> str:
    """One sentence for --help."""
    return "Poll and record without a screen; without TASK, those watched last time. Ctrl-C ends it cleanly."


def add_options(parser: Parser, _name: str) -> None:
    """Tasks, how long, and the account."""
    add_tasks(parser)
    parser.add_argument("--for", dest="lasting", metavar="TIME", help="how long: 30s, 5m, 8h, 2d; else until stopped")
    add_defaults(parser)
    add_account(parser)
    add_pace(parser)


def run(_name: str, values: argparse.Namespace) -> int:
    """Record until the time is over or a signal comes."""
    from tui.wiring.session import make_session

    seconds = None if values.lasting is None else parse_duration(values.lasting)
    with refusing():
        account = choose(values)
        named = named_there(account, values, sys.stdin)
        session = make_session(account, pace_of(values))
        session.open()
        ending = Ending()
        try:
            recorded = _watch_all(session, named)
            del named  # they come back from the journal; 10,000 of them twice are 4 MB for as long as this runs
            session.poll()
            _tell(f"recording {recorded} tasks to {account.journal}")
            session.listen(ending.news)
            _follow(session, ending, seconds)
        finally:
            session.stop()
    require_no_failure(session.failure)
    _tell(f"recorded {session.take().snapshot.frame} entries")
    return 128 + ending.signum if ending.signum else Exit.FINE


def _watch_all(session: Session, named: Sequence[NamedTask]) -> int:
    """Ask for these tasks, all at once; how many are watched when that is written."""
    for written in [session.watch(one.task, one.name) for one in named]:
        written.result()
    session.wait_caught_up()
    # Those named now may not be folded yet.
    return len({*session.take().snapshot.tasks, *(one.task for one in named)})


def _follow(session: Session, ending: Ending, seconds: float | None) -> None:
    """Wait for the end, and tell who polls whenever that becomes somebody else."""
    end_s = None if seconds is None else monotonic() + seconds
    told = ""
    while ending.goes_on(None if end_s is None else end_s - monotonic()):
        if session.failure is not None:
            return
        words = _who_polls(session.take())
        if words not in ("", told):
            _tell(words)
            told = words


def _who_polls(update: Update) -> str:
    if update.mine:
        return "polling"
    if not update.lease.owner:
        return ""
    return f"following: {update.lease.holder} polls; this process takes over should that one end"


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")
