"""`trtc-tui record`: the engine without a screen."""

import re
import signal
import sys
import threading
from typing import Annotated

import typer

from tui.cli.account_choice import Choice, choose, require_regions
from tui.cli.exits import Exit, Refusal
from tui.cli.options import EndpointUrl, Profile, Region, SdkAppId, StateDir, TaskOption, Tasks
from tui.cli.refusals import refusing
from tui.cli.task_list import named_tasks

_UNITS_S = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def record(
    tasks: Tasks = None,
    *,
    task: TaskOption = None,
    lasting: Annotated[
        str | None, typer.Option("--for", metavar="TIME", help="How long: 30s, 5m, 8h, 2d; without it, until stopped.")
    ] = None,
    profile: Profile = None,
    region: Region = None,
    sdk_app_id: SdkAppId = None,
    endpoint: EndpointUrl = None,
    state_dir: StateDir = None,
) -> int:
    """Poll and record without a screen; without TASK, those watched last time. Ctrl-C ends it cleanly."""
    from tui.wiring.session import make_session

    seconds = None if lasting is None else parse_duration(lasting)
    with refusing():
        account = choose(Choice(profile, region, sdk_app_id, endpoint, state_dir))
        named = named_tasks(
            [*(tasks or ()), *(task or ())], sys.stdin, region=account.region, sdk_app_id=account.sdk_app_id
        )
        require_regions(account, named)
        session = make_session(account)
        session.open()
        ending = _Ending()
        try:
            for one in named:
                session.watch(one.task, one.name).result()
            session.wait_caught_up()
            session.poll()
            typer.echo(f"recording {len(session.take().snapshot.tasks)} tasks to {account.journal}", err=True)
            session.listen(lambda: ending.wake() if session.failure is not None else None)
            signum = ending.wait(seconds)
        finally:
            session.stop()
    if session.failure is not None:
        raise Refusal(Exit.USAGE, str(session.failure))
    typer.echo(f"recorded {session.take().snapshot.frame} entries", err=True)
    return 128 + signum if signum else Exit.FINE


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
