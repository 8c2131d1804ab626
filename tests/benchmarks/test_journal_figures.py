"""Figures of the journal; not collected by itself: `pytest -s tests/benchmarks/journal_table.py`.

`JOURNAL_POLLS=10000000 JOURNAL_TASKS=2000` gives the sizes of polling.md §4. The mix is that of a live event: each poll
has a RequestId, a `Date` header and a body, and one in 250 tells a change.
"""

import os
import random
import time
import uuid
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path

import pytest

from tui.adapters.journal import JournalReader, JournalWriter
from tui.core.entry import Poll, Reason, Request, Seen, Skew, Verb
from tui.core.task import TaskRef
from tui.core.timeline import Timeline

POLLS = int(os.environ.get("JOURNAL_POLLS", "20000"))
TASKS = int(os.environ.get("JOURNAL_TASKS", "1000"))
BATCH = 1000
SINGLE_COMMITS = 1000
STARTS = 9
START_US = 1_772_433_534_000_000
START_MS = START_US // 1000

chance = random.Random(7)
tasks = [TaskRef("ap-singapore", 1400000000, f"m9-{chance.getrandbits(228):057x}") for _ in range(TASKS)]


def live_event() -> Iterator[Poll]:
    """Polls of all tasks in turn, 19 a second, without end."""
    statuses = dict.fromkeys(tasks, "Idle")
    sent_us = START_US
    while True:
        for number, task in enumerate(tasks):
            sent_us += 52_632
            if chance.random() < 1 / 250:
                statuses[task] = chance.choice(["Idle", "InProgress", "Exited"])
            own = str(uuid.UUID(int=chance.getrandbits(128)))
            body = (
                f'{{"Response":{{"StartTime":{START_MS + number},"Status":"{statuses[task]}",'
                f'"RequestId":"{own}","TaskId":"{task.task_id}"}}}}'
            )
            seen = Seen(statuses[task], START_MS + number, body.encode())
            skew = Skew(chance.randint(-20_000, 20_000), chance.randint(520_000, 545_000))
            yield Poll(task, sent_us, chance.randint(40_000, 90_000), Reason.BASE, seen, own, skew)


def milliseconds(work: Callable[[], object]) -> float:
    before = time.perf_counter()
    work()
    return (time.perf_counter() - before) * 1000


def spread(times_ms: list[float]) -> str:
    ordered = sorted(times_ms)
    return f"p50 {ordered[len(ordered) // 2]:.3f} ms, p99 {ordered[int(len(ordered) * 0.99)]:.3f} ms"


@pytest.mark.benchmark_table
def test_journal_table(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    writer, polls = JournalWriter(path), live_event()
    writer.append([Request(START_US, Verb.WATCH, task) for task in tasks])
    bulk_ms = milliseconds(lambda: [writer.append(list(islice(polls, BATCH))) for _ in range(POLLS // BATCH)])
    commits = [milliseconds(partial(writer.append, [poll])) for poll in islice(polls, SINGLE_COMMITS)]
    stored = POLLS // BATCH * BATCH + SINGLE_COMMITS
    writer._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size = path.stat().st_size

    reader, timeline = JournalReader(path), Timeline()
    replay_ms = milliseconds(lambda: replay(reader, timeline))
    snapshot = timeline.snapshot()
    keep_all_ms = milliseconds(lambda: writer.keep(snapshot, tasks))
    keep_some_ms = [milliseconds(lambda: writer.keep(snapshot, tasks[:90])) for _ in range(STARTS)]
    starts = [milliseconds(reader.kept) for _ in range(STARTS)]
    assert reader.kept() == snapshot
    reader.close()
    writer.close()

    print(f"\n{stored} polls of {len(tasks)} tasks, {len(snapshot.events)} log lines")
    print(f"size            {size / stored:.1f} bytes per poll")
    print(f"bulk            {POLLS / bulk_ms * 1000:.0f} polls/s, {BATCH} a commit")
    print(f"single commits  {spread(commits)}")
    print(f"read and fold   {stored / replay_ms * 1000:.0f} polls/s")
    print(f"keep            all {keep_all_ms:.1f} ms, 90 tasks {spread(keep_some_ms)}")
    print(f"kept            {spread(starts)}")


def replay(reader: JournalReader, timeline: Timeline) -> None:
    while found := reader.after(timeline.frame):
        for frame, entry in found:
            timeline.apply(frame, entry)
