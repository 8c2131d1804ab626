"""What the lease costs: alone, and with other processes at it as fast as they can."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.benchmarks.conftest import Table
from tui.adapters.journal import JournalReader
from tui.adapters.journal.bell import open_bell
from tui.adapters.journal.lease import JournalLease

pytestmark = pytest.mark.benchmark_table

CALLS = 2_000
CONTENDED_CALLS = 300
CONTENDERS = 7
WAKES = 300
COMPANIONS = Path(__file__).parents[1] / "adapters" / "journal"


def timed(calls: int, work: Callable[[], object]) -> list[float]:
    """Milliseconds of each call."""
    took = []
    for _ in range(calls):
        before = time.perf_counter()
        work()
        took.append((time.perf_counter() - before) * 1000)
    return took


def row(what: str, times_ms: list[float]) -> tuple[str, ...]:
    ordered = sorted(times_ms)
    marks = (ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.99)], ordered[-1])
    return (what, *(f"{mark:.3f}" for mark in marks))


@contextmanager
def companion(script: str, path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that waits for its orders, killed when the block ends."""
    with subprocess.Popen([sys.executable, COMPANIONS / script, path], stdin=-1, stdout=-1, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            yield process
        finally:
            process.kill()


def tell(process: subprocess.Popen[str], line: str) -> None:
    assert process.stdin is not None
    process.stdin.write(f"{line}\n")
    process.stdin.flush()


def test_what_the_lease_costs(tmp_path: Path, table: Table) -> None:
    path = tmp_path / "journal.sqlite3"
    poller, follower = JournalLease(path, "poller"), JournalLease(path, "follower")
    tenure = poller.campaign()
    assert tenure is not None
    reader = JournalReader(path)
    rows = [
        ("ms", "p50", "p99", "max"),
        row("reserve", timed(CALLS, lambda: poller.reserve(tenure, 52_632))),
        row("renew", timed(CALLS, lambda: poller.renew(tenure))),
        row("campaign of a follower", timed(CALLS, follower.campaign)),
        row("reading who polls", timed(CALLS, reader.lease)),
    ]
    with ExitStack() as stack:
        for _ in range(CONTENDERS):
            tell(stack.enter_context(companion("leasing.py", path)), "describe 1000000")
        rows += [
            row(f"reserve, {CONTENDERS} others at it", timed(CONTENDED_CALLS, lambda: poller.reserve(tenure))),
            row("campaign of a follower, the same", timed(CONTENDED_CALLS, follower.campaign)),
        ]
    reader.close()
    follower.close()
    poller.close()
    table("The lease, one transaction each", rows)


def test_how_soon_a_commit_wakes_another_process(tmp_path: Path, table: Table) -> None:
    path = tmp_path / "journal.sqlite3"
    JournalLease(path, "makes the file").close()
    delays_ms = []
    with companion("ringing.py", path) as other:
        assert other.stdout is not None
        bell = open_bell(path)
        for _ in range(WAKES):
            tell(other, "")
            assert bell.wait(10)
            woken_ns = time.monotonic_ns()
            delays_ms.append((woken_ns - int(other.stdout.readline())) / 1e6)
        bell.close()
    table(
        "From the start of a commit to the wake of another process", [("ms", "p50", "p99", "max"), row("", delays_ms)]
    )
