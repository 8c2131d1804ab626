"""`trtc-tui record`: the engine without a screen."""

import argparse
import re
import signal
import sys
import threading
from collections.abc import Sequence
from time import monotonic

from tui.cli.account_choice import choose, named_there
from tui.cli.exits import Exit, Refusal
from tui.cli.options import Parser, add_account, add_defaults, add_pace, add_tasks, pace_of
from tui.cli.refusals import refusing, require_no_failure
from tui.cli.task_list import NamedTask
from tui.engine.session import Session, Update

_UNITS_S = {"s": 1, "m": 60, "h": 3600, "d": 86400}

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
        ending = _Ending()
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


def _follow(session: Session, ending: "_Ending", seconds: float | None) -> None:
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


def parse_duration(text: str) -> float:
    """Seconds that `30s`, `5m`, `1.5h` or `2d` mean; a bare number is seconds.

    Raises:
        Refusal: the text is no duration.
    """
    parts = re.fullmatch(r"(\d+(?:\.\d+)?)([smhd]?)", text.strip())
    if parts is None:
        raise Refusal(Exit.USAGE, f"{text!r} is no duration: write 30s, 5m, 8h or 2d")
    return float(parts[1]) * _UNITS_S[parts[2] or "s"]


class _Ending:
    """Waits for SIGINT, SIGTERM, SIGHUP, the end of the time, or news."""

    def __init__(self) -> None:
        self._woken = threading.Event()
        self.signum = 0
        """The signal that came, or 0."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._catch)

    def news(self) -> None:
        """There is something to take. From any thread."""
        self._woken.set()

    def goes_on(self, seconds: float | None) -> bool:
        """Wait for news; False when a signal came or the time is over."""
        if seconds is not None and seconds <= 0:
            return False
        woken = self._woken.wait(seconds)
        self._woken.clear()
        return woken and not self.signum

    def _catch(self, number: int, _frame: object) -> None:
        self.signum = number
        self._woken.set()
