"""A server and workers as real processes, to be told things, killed, stopped and continued."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TypeVar

import msgspec

from tests.cli.running import Lines
from tests.pty.program import NEVER_SO_LONG_S
from tests.sharing.naming import secret_id_of
from tests.sharing.worker import Order, Told
from tui.adapters.journal import JournalReader, account_hash, journal_path
from tui.core.secret import Secret
from tui.simulator.keys import DEMO_SECRET_ID
from tui.simulator.traffic import Arrival

ROOT = Path(__file__).parents[2]
LOOK_EVERY_S = 0.02

_T = TypeVar("_T")


def now_us() -> int:
    """The clock of arrivals and of what workers tell: all processes of a host share it."""
    return time.monotonic_ns() // 1000


def let_pass(seconds: float) -> None:
    """Let the processes work."""
    threading.Event().wait(seconds)


def wait_for(look: Callable[[], _T | None], what: str) -> _T:
    """What `look` finds, once it finds something."""
    deadline = time.monotonic() + NEVER_SO_LONG_S
    while (found := look()) is None:
        assert time.monotonic() < deadline, what
        let_pass(LOOK_EVERY_S)
    return found


class Child:
    """A process whose lines are read, and who is given lines."""

    def __init__(self, script: str, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", f"tests.sharing.{script}", *arguments],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        assert self.process.stdout is not None
        self.out = Lines(self.process.stdout)

    def say(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        assert self.process.stdin is not None
        with suppress(BrokenPipeError):  # what it did not read any more
            self.process.stdin.close()
        self.out.close()


class Server(Child):
    """Tencent, in `serving.py`."""

    def __init__(self, *, tasks: int, changing: int, latency_ms: int, workers: int) -> None:
        given = {"tasks": tasks, "changing": changing, "latency": latency_ms, "workers": workers}
        super().__init__("serving", *(f"--{name}={number}" for name, number in given.items()))
        self.url = self.out.next()

    def arrivals(self) -> list[Arrival]:
        """All so far, oldest first."""
        self.say("")
        return msgspec.json.decode(self.out.next(), type=list[Arrival])


class Member(Child):
    """One worker."""

    def __init__(self, number: int, journal: Path, url: str, *, tasks: int, rate: float) -> None:
        super().__init__(
            "worker",
            f"--number={number}",
            f"--journal={journal}",
            f"--endpoint={url}",
            f"--tasks={tasks}",
            f"--rate={rate}",
        )
        self.secret_id = secret_id_of(number)
        self.struck_us: list[int] = []
        """When it was killed, stopped, or told to end: what was under way then may be answered to nobody."""

    def hears(self, event: str) -> Told:
        """What it tells of the next such event; others are passed over."""
        while (told := msgspec.json.decode(self.out.next(), type=Told)).event != event:
            pass
        return told

    def order(self, verb: str, task: int = 0, number: float = 0.0) -> Told:
        """Let it do something, and wait until it is done."""
        self.say(msgspec.json.encode(Order(verb, task, number)).decode())
        return self.hears(verb)

    def strike(self, number: signal.Signals) -> int:
        """Send a signal; when that was."""
        at_us = now_us()
        self.process.send_signal(number)
        if number is not signal.SIGCONT:
            self.struck_us.append(at_us)
        return at_us

    def leave(self) -> None:
        """End as a user ends it."""
        self.struck_us.append(now_us())
        self.say(msgspec.json.encode(Order("stop")).decode())
        self.hears("stopped")
        assert self.process.wait(NEVER_SO_LONG_S) == 0


class Crew:
    """All processes over one journal."""

    def __init__(self, folder: Path, *, tasks: int, changing: int, latency_ms: int, workers: int, rate: float) -> None:
        self._stack = ExitStack()
        self._tasks, self._rate = tasks, rate
        self.server = Server(tasks=tasks, changing=changing, latency_ms=latency_ms, workers=workers)
        self._stack.callback(self.server.end)
        host = self.server.url.removeprefix("http://")
        self.state_dir = folder / "state"
        self.journal = journal_path(self.state_dir, account_hash(host, Secret(DEMO_SECRET_ID)))
        self.journal.parent.mkdir(parents=True, mode=0o700)
        self.members: list[Member] = []

    def join(self) -> Member:
        """One more worker."""
        member = Member(len(self.members), self.journal, self.server.url, tasks=self._tasks, rate=self._rate)
        self._stack.callback(member.end)
        self.members.append(member)
        return member

    def sent_by(self, secret_id: str, since_us: int = 0) -> list[Arrival]:
        """What arrived of one worker."""
        arrivals = self.server.arrivals()
        return [one for one in arrivals if one.secret_id == secret_id and one.at_us >= since_us]

    def first_after(self, at_us: int, *, but: Member | None = None) -> tuple[Member, int]:
        """The worker whose request was the first to arrive after `at_us`, leaving one out, and when that was."""

        def look() -> tuple[Member, int] | None:
            others = {member.secret_id: member for member in self.members if member is not but}
            later = (one for one in self.server.arrivals() if one.at_us > at_us and one.secret_id in others)
            return next(((others[one.secret_id], one.at_us) for one in later), None)

        return wait_for(look, "somebody polls")

    def rates(self, until_us: int) -> list[float]:
        """How fast the poller allows itself to be, requests a second, looked at again and again until then."""
        found = []
        reader = JournalReader(self.journal)
        while now_us() < until_us:
            found.append(reader.lease().rate_per_s)
            let_pass(10 * LOOK_EVERY_S)
        reader.close()
        return found

    def go_home(self) -> None:
        """All who are still there leave."""
        for member in self.members:
            if member.process.poll() is None:
                member.leave()

    def close(self) -> None:
        self._stack.close()


@contextmanager
def crew(
    folder: Path, *, workers: int, tasks: int = 60, changing: int = 10, latency_ms: int = 40, rate: float = 19.0
) -> Iterator[Crew]:
    """A server that knows `workers` keys, and nobody at work yet."""
    together = Crew(folder, tasks=tasks, changing=changing, latency_ms=latency_ms, workers=workers, rate=rate)
    try:
        yield together
    finally:
        together.close()
