"""What a scrubber's picture costs: of a quarter of an hour, and of the whole recording.

`JOURNAL_POLLS=10000000 JOURNAL_TASKS=2000 SCRUB_FILE=/some/journal.sqlite3` gives the sizes of polling.md §4. The file
is made when it is not there. Unlike a usual event this one has what is dear to draw: failures, outages, gaps and marks.
"""

import os
import random
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.benchmarks.conftest import Table
from tests.benchmarks.live_event import BATCH, SPACING_US, START_US, live_event, some_tasks
from tui.adapters.journal import JournalWriter
from tui.adapters.journal.scrub import JournalScrub
from tui.core.entry import Entry, Fault, Gap, GapCause, Mark, Request, Verb
from tui.core.fault import FaultClass
from tui.core.scrub import columns
from tui.core.span import ZOOM_US, Span, around, ending_at

POLLS = int(os.environ.get("JOURNAL_POLLS", "20000"))
TASKS = int(os.environ.get("JOURNAL_TASKS", "200"))
LOOKS = int(os.environ.get("JOURNAL_LOOKS", "300"))
COLUMNS = 150
FAULT_EVERY = 300
OUTAGE_EVERY = 20_000
OUTAGE_POLLS = 40
MARK_EVERY = 200_000

pytestmark = pytest.mark.benchmark_table

TIMEOUT = Fault(FaultClass.NETWORK, "Transport.Timeout", "no complete answer")
INTERNAL = Fault(FaultClass.SERVICE, "InternalError", "as told by a test", 200)


def troubled_event(count: int) -> Iterator[Entry]:
    """A live event with failures here and there, outages with their gaps, and a mark now and then."""
    tasks, chance = some_tasks(TASKS), random.Random(3)
    yield from (Request(START_US, Verb.WATCH, task) for task in tasks)
    for number, poll in enumerate(islice(live_event(tasks), count)):
        outage = number % OUTAGE_EVERY
        if number >= OUTAGE_EVERY and outage < OUTAGE_POLLS:
            if outage == 1:
                yield Gap(poll.sent_us, poll.sent_us - SPACING_US, GapCause.NETWORK)
            yield replace(poll, answer=TIMEOUT, request_id=None, skew=None)
        else:
            yield replace(poll, answer=INTERNAL) if chance.random() < 1 / FAULT_EVERY else poll
        if number % MARK_EVERY == OUTAGE_POLLS:
            yield Mark(poll.at_us, poll.sent_us, number, "have a look", "alice", poll.task)


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal of `POLLS` polls, closed."""
    given = os.environ.get("SCRUB_FILE")
    path = Path(given) if given else tmp_path_factory.mktemp("big") / "journal.sqlite3"
    if not path.exists():
        writer, entries = JournalWriter(path), troubled_event(POLLS)
        while batch := list(islice(entries, BATCH)):
            writer.append(batch)
        writer.close()
    return path


def spread(work: Callable[[], object]) -> tuple[str, str, str]:
    """p50, p99, max of `LOOKS` times, ms."""
    times_ms = []
    for _ in range(LOOKS):
        before = time.perf_counter()
        work()
        times_ms.append((time.perf_counter() - before) * 1000)
    times_ms.sort()
    p50, p99, most = (f"{value:.3f}" for value in (times_ms[LOOKS // 2], times_ms[int(LOOKS * 0.99)], times_ms[-1]))
    return p50, p99, most


def test_a_picture(journal: Path, table: Table) -> None:
    scrubber, tasks, chance = JournalScrub(journal), some_tasks(TASKS), random.Random(1)
    whole_us = POLLS * SPACING_US
    end_us = START_US + whole_us
    whole = ending_at(end_us, whole_us, COLUMNS)

    def any_span(zoom_us: int) -> Span:
        return around(START_US + chance.randint(0, whole_us), zoom_us, COLUMNS, end_us)

    before = time.perf_counter()
    rounds = 1
    while not scrubber.facts(whole, tasks[0]).complete:
        rounds += 1
    first_ms = (time.perf_counter() - before) * 1000
    facts = scrubber.facts(whole, tasks[0])
    ways: dict[str, Callable[[], object]] = {
        "15 minutes, now": lambda: scrubber.facts(ending_at(end_us, ZOOM_US, COLUMNS), chance.choice(tasks)),
        "15 minutes, anywhere": lambda: scrubber.facts(any_span(ZOOM_US), chance.choice(tasks)),
        "a minute, anywhere": lambda: scrubber.facts(any_span(60_000_000), chance.choice(tasks)),
        "8 hours, anywhere": lambda: scrubber.facts(any_span(8 * 3_600_000_000), chance.choice(tasks)),
        "the whole recording": lambda: scrubber.facts(whole, chance.choice(tasks)),
        "columns of the whole": lambda: columns(whole, facts, end_us),
    }
    rows = [(name, *spread(way)) for name, way in ways.items()]
    scrubber.close()
    table(
        f"a scrubber of {COLUMNS} columns over {POLLS} polls, {len(facts.looks)} changes of the task, "
        f"{len(facts.unseen)} gaps, ms; the first picture {first_ms:.1f} in {rounds} parts",
        [("picture", "p50", "p99", "max"), *rows],
    )
