"""What it costs to keep what requests leave behind: CPU of a poll with and without, in one run, and bytes."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from statistics import median

import pytest

from tests.adapters.api.hosts import KEY, TASK, Host, http
from tests.benchmarks.conftest import Table
from tests.benchmarks.live_event import live_event, some_tasks
from tests.protocol.sent import evidence
from tui.adapters import call
from tui.adapters.api import TencentApi
from tui.adapters.clock import SystemClock
from tui.adapters.journal import JournalWriter
from tui.adapters.journal.evidence import RECENT, _packed
from tui.protocol.endpoint import parse_endpoint
from tui.protocol.evidence import NOTHING_LEFT, Timing

pytestmark = pytest.mark.benchmark_table

ROUNDS, AT_ONCE = 15, 100
LEFT = evidence(timing=Timing(1_200, None, None, 900, 38_000, 2_100))


def cpu_us(work: Callable[[], None]) -> float:
    """Of one of `AT_ONCE`."""
    before = time.process_time()
    work()
    return (time.process_time() - before) / AT_ONCE * 1e6


def test_evidence_in_the_journal(tmp_path: Path, table: Table) -> None:
    writer, polls = JournalWriter(tmp_path / "journal.sqlite3"), live_event(some_tasks(100))

    def append(left: bool) -> None:  # noqa: FBT001 - the one thing that differs
        for poll in islice(polls, AT_ONCE):
            writer.append([poll], None, {0: LEFT} if left else NOTHING_LEFT)

    append(left=True)
    without, with_it = _alternating(lambda: append(left=False), lambda: append(left=True))
    writer.close()
    table(
        f"a poll's commit, CPU µs, median of {ROUNDS} rounds; the ring takes {len(_packed(LEFT)) * RECENT:,} bytes",
        [("without evidence", "with", "ratio"), (f"{without:.0f}", f"{with_it:.0f}", f"{with_it / without:.2f}")],
    )


def test_evidence_of_a_call(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    with asking() as ask:
        ask()

        def bare() -> None:
            with monkeypatch.context() as patch:
                patch.setattr(call, "_sent", _no_request)
                patch.setattr(call, "_head", lambda *_: None)
                patch.setattr(call, "_address", lambda *_: "")
                patch.setattr(call.Call, "evidence", lambda *_: None)
                ask()

        without, with_it = _alternating(bare, ask)
    table(
        f"a call over loopback and the host that answers, CPU µs, median of {ROUNDS} rounds",
        [("without evidence", "with", "ratio"), (f"{without:.0f}", f"{with_it:.0f}", f"{with_it / without:.2f}")],
    )


async def _no_request(*_: object) -> None:
    return


def _alternating(one: Callable[[], None], other: Callable[[], None]) -> tuple[float, float]:
    """Medians of both, taken in turns, so that a busy machine is busy for both."""
    times = [(cpu_us(one), cpu_us(other)) for _ in range(ROUNDS)]
    return median(first for first, _ in times), median(second for _, second in times)


@contextmanager
def asking() -> Iterator[Callable[[], None]]:
    """Asks `AT_ONCE` times, one after the other, over a connection that is kept."""
    host = Host()
    host.says(http())
    with asyncio.Runner() as runner:
        server = runner.run(asyncio.start_server(host.serve, "127.0.0.1", 0))
        api = TencentApi(KEY, parse_endpoint(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"), SystemClock())

        async def ask() -> None:
            for _ in range(AT_ONCE):
                assert (await api.describe(TASK)).http_status == 200
            host.visits.clear()

        yield lambda: runner.run(ask())
        runner.run(api.aclose())
        server.close()
