"""Figures of hunting: how many entries a second are gone through for the hits of a predicate, and what one jump costs.

`JOURNAL_POLLS`, `JOURNAL_TASKS` and `JOURNAL_FILE` as in `test_journal_figures`.
"""

import os
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.benchmarks.conftest import Table
from tests.benchmarks.live_event import fill, some_tasks
from tui.adapters.journal.rows import JournalRows
from tui.core.breakpoint import Breakpoint, Count
from tui.core.predicate import warm_up
from tui.core.sentry import Guard
from tui.core.timeline import Timeline
from tui.engine.hunting import count_hits

POLLS = int(os.environ.get("JOURNAL_POLLS", "20000"))
TASKS = int(os.environ.get("JOURNAL_TASKS", "1000"))
PLAIN = 20_000
"""Entries of the plain way, which takes longer and shows the same."""

PREDICATES = (
    "illegal",
    "edge InProgress->Exited",
    "error | unknown",
    "status == Idle & in_state > 60s",
    "age > 10m",
    "rtt > 89.9ms",
    "skew > 1s",
    "polls > 500",
)

pytestmark = pytest.mark.benchmark_table


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JournalRows]:
    """A journal of `POLLS` polls."""
    given = os.environ.get("JOURNAL_FILE")
    path = Path(given) if given else tmp_path_factory.mktemp("hunt") / "journal.sqlite3"
    if not path.exists():
        fill(path, some_tasks(TASKS), POLLS)
    rows = JournalRows(path)
    warm_up()
    yield rows
    rows.close()


def seconds(work: Callable[[], object]) -> float:
    before = time.perf_counter()
    work()
    return time.perf_counter() - before


def test_entries_a_second(rows: JournalRows, table: Table) -> None:
    told: list[tuple[str, ...]] = [("predicate", "hits", "entries/s", "seconds", "longest pause, ms")]
    for when in PREDICATES:
        counts, pauses = list[Count](), list[float]()
        last_s = time.perf_counter()

        def keep(count: Count, counts: list[Count] = counts, pauses: list[float] = pauses) -> bool:
            nonlocal last_s
            counts.append(count)
            pauses.append(time.perf_counter() - last_s)
            last_s = time.perf_counter()
            return True

        taken_s = seconds(partial(count_hits, rows, Breakpoint(1, when), keep))
        count = counts[-1]
        pause_ms = max(pauses) * 1000
        told.append((when, str(count.hits), f"{count.of / taken_s:.0f}", f"{taken_s:.1f}", f"{pause_ms:.0f}"))
    table(f"hits in a journal of {rows.ends()[1]} entries of {TASKS} tasks", told)


def test_against_folding_every_entry(rows: JournalRows, table: Table) -> None:
    guard, timeline = Guard([Breakpoint(1, "edge InProgress->Exited")]), Timeline()
    guard.begin(timeline)

    def plainly() -> None:
        for frame, *_ in rows.rows(0, PLAIN, PLAIN):
            guard.see(frame, timeline.apply(frame, rows.entry(frame)), timeline)

    table("folding each entry, read one by one", [("entries/s",), (f"{PLAIN / seconds(plainly):.0f}",)])
