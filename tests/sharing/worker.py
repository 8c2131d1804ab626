"""One process of the program: a Session over a journal, in place of a screen.

Reads orders from standard input and tells on standard output what happens, both as JSON, an object a line. It ends by
itself when standard input does.
"""

import argparse
import random
import sys
import threading
import time
from itertools import cycle
from pathlib import Path

import msgspec
from msgspec import Struct

from tests.sharing.naming import credential_of, task_of
from tui.adapters.clock import SystemClock
from tui.core.attention import Attention
from tui.core.task import TaskRef
from tui.engine.pace import Pace
from tui.engine.session import Session
from tui.protocol.endpoint import parse_endpoint
from tui.wiring.account import Account, FixedKeys
from tui.wiring.session import make_session


class Order(Struct, omit_defaults=True):
    """What the test wants."""

    verb: str
    """`poll_now`, `hold`, … as the methods of a Session; `attend`, `ahead`, `hammer`, `stop`."""
    task: int = 0
    number: float = 0.0


class Told(Struct, omit_defaults=True):
    """What happened, and when: monotonic µs."""

    event: str
    """`polling`, `following`, `nobody`, `stopped`; or the verb of an order, once it is in the journal."""
    at_us: int
    holder: str = ""


class SettableClock(SystemClock):
    """Both clocks of this process can be set ahead."""

    ahead_us = 0

    def now_us(self) -> int:
        return super().now_us() + self.ahead_us

    def monotonic_us(self) -> int:
        return super().monotonic_us() + self.ahead_us


class Hammer(threading.Thread):
    """Somebody leans on the `r` key of every task."""

    def __init__(self, session: Session, tasks: list[TaskRef]) -> None:
        super().__init__(daemon=True)
        self._session = session
        self._tasks = tasks
        self._off = threading.Event()
        self.per_s = 0.0

    def run(self) -> None:
        for task in cycle(self._tasks):
            if self._off.wait(1 / self.per_s):
                return
            self._session.poll_now(task)

    def stop(self) -> None:
        self._off.set()
        if self.is_alive():
            self.join()


class Worker:
    """The session of this process, and who it says polls."""

    def __init__(self, session: Session, clock: SettableClock, tasks: list[TaskRef]) -> None:
        self._session = session
        self._clock = clock
        self._hammer = Hammer(session, random.sample(tasks, len(tasks)))
        self._tasks = tasks
        self._said = ("", "")

    def run(self) -> None:
        self._session.open()
        for done in [self._session.watch(task) for task in self._tasks]:
            done.result()
        self._session.listen(self._look)
        self._session.poll()
        for line in sys.stdin:
            order = msgspec.json.decode(line, type=Order)
            if order.verb == "stop":
                break
            self._obey(order)
        self._hammer.stop()
        self._session.stop()
        tell("stopped")

    def _look(self) -> None:
        update = self._session.take()
        event = "polling" if update.mine else "following" if update.lease.owner else "nobody"
        if (event, update.lease.holder) != self._said:
            self._said = event, update.lease.holder
            tell(event, update.lease.holder)

    def _obey(self, order: Order) -> None:
        task = task_of(order.task)
        match order.verb:
            case "ahead":
                self._clock.ahead_us = round(order.number * 1e6)
            case "hammer":
                self._hammer.per_s = order.number
                self._hammer.start()
            case "attend":
                self._session.attend(Attention(selected=task))
            case verb:
                getattr(self._session, verb)(task).result()
        tell(order.verb)


def tell(event: str, holder: str = "") -> None:
    line = msgspec.json.encode(Told(event, time.monotonic_ns() // 1000, holder)).decode()
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def account_of(journal: Path, endpoint: str, number: int) -> Account:
    """The same journal for all, whatever the key."""
    return Account(
        profile="sharing",
        journal=journal,
        view_file=journal.with_suffix(".json"),
        endpoint=parse_endpoint(endpoint),
        region=None,
        sdk_app_id=None,
        keys=FixedKeys(credential_of(number)),
        key_source="test",
        masked_id="",
    )


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--number", type=int, required=True)
    options.add_argument("--journal", type=Path, required=True)
    options.add_argument("--endpoint", required=True)
    options.add_argument("--tasks", type=int, required=True)
    options.add_argument("--rate", type=float, required=True)
    given = options.parse_args()
    clock = SettableClock()
    account = account_of(given.journal, given.endpoint, given.number)
    session = make_session(account, Pace(given.rate, given.rate), clock)
    Worker(session, clock, [task_of(number) for number in range(given.tasks)]).run()


if __name__ == "__main__":
    main()
