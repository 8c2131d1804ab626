"""`trtc-tui record`: the engine without a screen."""

import argparse
import re
import signal
import sys
import threading

from tui.cli.account_choice import choose, named_there
from tui.cli.exits import Exit, Refusal
from tui.cli.options import Parser, add_account, add_defaults, add_tasks
from tui.cli.refusals import refusing, require_no_failure

_UNITS_S = {"s": 1, "m": 60, "h": 3600, "d": 86400}

TAKES_TASKS = True


def about(_name: str) -> str:
    """One sentence for --help."""
    return "Poll and record without a screen; without TASK, those watched last time. Ctrl-C ends it cleanly."


def add_options(parser: Parser, _name: str) -> None:
    """Tasks, how long, and the account."""
    add_tasks(parser)
    parser.add_argument("--for", dest="lasting", metavar="TIME", help="how long: 30s, 5m, 8h, 2d; else until stopped")
    add_defaults(parser)
    add_account(parser)


def run(_name: str, values: argparse.Namespace) -> int:
    """Record until the time is over or a signal comes."""
    from tui.wiring.session import make_session

    seconds = None if values.lasting is None else parse_duration(values.lasting)
    with refusing():
        account = choose(values)
        named = named_there(account, values, sys.stdin)
        session = make_session(account)
        session.open()
        ending = _Ending()
        try:
            for one in named:
                session.watch(one.task, one.name).result()
            session.wait_caught_up()
            session.poll()
            # Those named now may not be folded yet.
            recorded = {*session.take().snapshot.tasks, *(one.task for one in named)}
            _tell(f"recording {len(recorded)} tasks to {account.journal}")
            session.listen(lambda: ending.wake() if session.failure is not None else None)
            signum = ending.wait(seconds)
        finally:
            session.stop()
    require_no_failure(session.failure)
    _tell(f"recorded {session.take().snapshot.frame} entries")
    return 128 + signum if signum else Exit.FINE


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
    """Waits for SIGINT, SIGTERM, SIGHUP, the end of the time, or a failure."""

    def __init__(self) -> None:
        self._woken = threading.Event()
        self._signum = 0
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._catch)

    def wake(self) -> None:
        self._woken.set()

    def wait(self, seconds: float | None) -> int:
        """The signal that came, or 0."""
        self._woken.wait(seconds)
        return self._signum

    def _catch(self, number: int, _frame: object) -> None:
        self._signum = number
        self._woken.set()
