"""Real processes contend for one lease; some are killed, some stopped."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from tui.adapters.journal import JournalReader, JournalWriter
from tui.adapters.journal.boot import Boot, this_boot
from tui.adapters.journal.lease import JournalLease
from tui.core.entry import Note, Topic
from tui.core.lease import TTL_US

LEASING = Path(__file__).with_name("leasing.py")
EVERY_US = 52_632
A_SECOND_US, LIMIT = 1_000_000, 20


class Process:
    """One that does what it is told (leasing.py)."""

    def __init__(self, path: Path) -> None:
        self.popen = subprocess.Popen(
            [sys.executable, LEASING, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self.heard() == "ready"

    def tell(self, what: str) -> None:
        assert self.popen.stdin is not None
        self.popen.stdin.write(f"{what}\n")
        self.popen.stdin.flush()

    def heard(self) -> str:
        assert self.popen.stdout is not None
        return self.popen.stdout.readline().strip()

    def ask(self, what: str) -> str:
        self.tell(what)
        return self.heard()

    def kill(self) -> None:
        self.popen.kill()
        self.popen.communicate()

    def stop(self) -> None:
        self.popen.send_signal(signal.SIGSTOP)
        # Stopped only when the parent is told so: until then it may still be at work.
        _, status = os.waitpid(self.popen.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status)

    def wake(self) -> None:
        self.popen.send_signal(signal.SIGCONT)


@pytest.fixture
def start(path: Path) -> Iterator[Callable[[], Process]]:
    JournalWriter(path).close()
    started: list[Process] = []

    def start_one() -> Process:
        started.append(Process(path))
        return started[-1]

    yield start_one
    for process in started:
        process.kill()


def later(lease: JournalLease) -> None:
    """Let `lease` live when a stopped poller's time is over."""
    boot = this_boot()
    lease._boot = Boot(boot.id, lambda: boot.now_us() + TTL_US + 1)


def slots(said: str) -> list[int]:
    return [int(at_us) for at_us in said.split()]


def test_a_killed_poller_is_replaced_by_one_of_the_others_at_once(start: Callable[[], Process]) -> None:
    poller, *others = (start() for _ in range(4))
    assert poller.ask("campaign") == "won"
    assert [other.ask("campaign") for other in others] == ["lost"] * 3
    poller.kill()
    for other in others:
        other.tell("campaign")
    assert sorted(other.heard() for other in others) == ["lost", "lost", "won"]


def test_a_stopped_poller_wakes_up_deposed(start: Callable[[], Process], path: Path) -> None:
    poller = start()
    assert poller.ask("campaign") == "won"
    assert poller.ask("append") == "done"
    poller.stop()
    lease = JournalLease(path, "the next")
    assert lease.campaign() is None
    later(lease)
    tenure = lease.campaign()
    assert tenure is not None
    assert tenure.predecessor == "another"
    poller.wake()
    assert [poller.ask(what) for what in ("append", "reserve 1 1", "renew", "release", "ask")] == [
        "deposed",
        "deposed",
        "deposed",
        "done",
        "done",
    ]
    lease.renew(tenure)
    lease.close()
    reader = JournalReader(path)
    texts = [entry.text for _, entry in reader.after(0) if isinstance(entry, Note)]
    reader.close()
    assert texts == ["as the poller", "as an operator"]


def test_the_end_of_a_stopped_process_takes_nothing_from_the_present_poller(
    start: Callable[[], Process], path: Path
) -> None:
    stopped, other = start(), start()
    assert stopped.ask("campaign") == "won"
    stopped.stop()
    lease = JournalLease(path, "present")
    later(lease)
    tenure = lease.campaign()
    assert tenure is not None
    stopped.kill()
    assert other.ask("campaign") == "lost"
    lease.renew(tenure)
    lease.close()
    assert other.ask("campaign") == "won"


def test_no_slot_is_given_twice(start: Callable[[], Process]) -> None:
    """A poller and three others beside it take as many as they can: each slot is one interval behind the one before."""
    poller, *others = (start() for _ in range(4))
    assert poller.ask("campaign") == "won"
    poller.ask(f"reserve 1 {EVERY_US}")
    poller.tell(f"reserve 200 {EVERY_US}")
    for other in others:
        other.tell("describe 200")
    given = sorted(at_us for process in (poller, *others) for at_us in slots(process.heard()))
    assert len(given) == 800
    assert {after - before for before, after in pairwise(given)} == {EVERY_US}


def test_no_second_holds_too_many_slots_through_kills_and_changes_of_pace(start: Callable[[], Process]) -> None:
    given: list[int] = []
    for _ in range(3):
        poller, other = start(), start()
        assert poller.ask("campaign") == "won"
        poller.tell(f"reserve 60 {EVERY_US}")
        other.tell("describe 60")
        given += slots(poller.heard()) + slots(other.heard())
        poller.tell(f"reserve 100000 {EVERY_US}")
        poller.kill()
    given.sort()
    assert len(given) == 360
    assert all(given[n + LIMIT] - given[n] >= A_SECOND_US for n in range(len(given) - LIMIT))


def test_what_is_being_written_when_the_tenure_ends_is_stored_whole_or_refused(
    start: Callable[[], Process], path: Path
) -> None:
    """The old poller appends as fast as it can while another one takes over."""
    poller = start()
    assert poller.ask("campaign") == "won"
    for _ in range(300):
        poller.tell("append")
    assert poller.heard() == "done"
    lease = JournalLease(path, "the next")
    later(lease)
    tenure = lease.campaign()
    lease.close()
    assert tenure is not None
    reader = JournalReader(path)
    writer = JournalWriter(path)
    writer.append([Note(1, Topic.POLLING_STARTED, "as the next poller")], tenure)
    poller.tell("append")  # it may have been faster than the other one with all the rest
    said = [poller.heard() for _ in range(300)]
    frames = [frame for frame, entry in reader.after(tenure.frame)]
    reader.close()
    writer.close()
    assert said == sorted(said, reverse=True), "once refused, always refused"
    assert said[-1] == "deposed"
    assert frames == [tenure.frame + 1]
