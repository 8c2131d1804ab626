"""Figures of the journal: its size, what a start and a commit cost, finding one's way in it, and thinning it out.

`JOURNAL_POLLS=10000000 JOURNAL_TASKS=2000` gives the sizes of polling.md §4. That takes minutes to write:
`JOURNAL_FILE=/some/journal.sqlite3` names one that is used again, and made when it is not there. Give it a folder of
its own: whoever writes a journal closes its folder to other users.
"""

import json
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path

import pytest

from tests.benchmarks.conftest import Table
from tests.benchmarks.live_event import BATCH, SPACING_US, START_US, fill, live_event, some_tasks
from tui.adapters.journal import JournalReader, JournalWriter
from tui.adapters.journal.passage import JournalPassage
from tui.adapters.journal.retention import JournalKeeper
from tui.core.entry import Request, Verb
from tui.core.timeline import Timeline

POLLS = int(os.environ.get("JOURNAL_POLLS", "20000"))
TASKS = int(os.environ.get("JOURNAL_TASKS", "1000"))
LOOKS = int(os.environ.get("JOURNAL_LOOKS", "300"))
"""How often each way is gone."""
AT_ONCE = 20_000
"""Polls that are replayed, or thinned out: more take longer and show the same."""
SINGLE_COMMITS = 300
STARTS = 9
WRITES_PER_S = 200
"""Ten times as many as there can be."""
NEVER_US = 10**17

pytestmark = pytest.mark.benchmark_table


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal of `POLLS` polls, closed."""
    given = os.environ.get("JOURNAL_FILE")
    path = Path(given) if given else tmp_path_factory.mktemp("big") / "journal.sqlite3"
    if not path.exists():
        fill(path, some_tasks(TASKS), POLLS)
    return path


def milliseconds(work: Callable[[], object]) -> float:
    before = time.perf_counter()
    work()
    return (time.perf_counter() - before) * 1000


def spread(times_ms: list[float]) -> tuple[str, str, str]:
    """p50, p99, max."""
    ordered = sorted(times_ms)
    at = (ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.99)], ordered[-1])
    p50, p99, most = (f"{value:.3f}" for value in at)
    return p50, p99, most


class Writing:
    """What a process beside told of its commits."""

    commits_ms: list[float]


@contextmanager
def writing(path: Path, tasks: int = TASKS) -> Iterator[Writing]:
    """A process that appends `WRITES_PER_S` polls, one by one, as long as the block lasts."""
    command = [sys.executable, "-m", "tests.benchmarks.steady_writer", str(path), str(WRITES_PER_S), str(tasks)]
    told = Writing()
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        assert process.stdout.readline() == "writing\n"
        try:
            yield told
            process.stdin.close()
            told.commits_ms = json.loads(process.stdout.read())
        finally:
            process.kill()


def test_size(journal: Path, table: Table) -> None:
    passage = JournalPassage(journal)
    pages = dict(
        passage._connection.execute(
            "SELECT 'whole', page_count * page_size FROM pragma_page_count, pragma_page_size "
            "UNION ALL SELECT 'free', freelist_count * page_size FROM pragma_freelist_count, pragma_page_size"
        )
    )
    (polls,) = passage._connection.execute("SELECT count(*) FROM entry").fetchone()
    (changes,) = passage._connection.execute("SELECT count(*) FROM entry WHERE changed = 1").fetchone()
    passage.close()
    table(
        f"journal of {polls} entries: size",
        [
            ("bytes", "free", "per poll", "changes"),
            (str(pages["whole"]), str(pages["free"]), f"{pages['whole'] / polls:.1f}", str(changes)),
        ],
    )


def test_finding_ones_way(journal: Path, table: Table) -> None:
    passage, tasks, chance = JournalPassage(journal), some_tasks(TASKS), random.Random(1)
    last = passage.previous(1 << 62) or 0
    in_each = last // TASKS
    span_us = last * SPACING_US

    def frame() -> int:
        return chance.randint(1, last)

    ways: dict[str, Callable[[], object]] = {
        "entry k of a task": lambda: passage.nth(chance.choice(tasks), chance.randint(1, in_each)),
        "how many up to here": lambda: passage.rank(chance.choice(tasks), frame()),
        "next of a task": lambda: passage.next(frame(), chance.choice(tasks)),
        "previous of a task": lambda: passage.previous(frame(), chance.choice(tasks)),
        "next change of a task": lambda: passage.next_change(frame(), chance.choice(tasks)),
        "previous change of a task": lambda: passage.previous_change(frame(), chance.choice(tasks)),
        "next change of all": lambda: passage.next_change(frame()),
        "previous change of all": lambda: passage.previous_change(frame()),
        "moment": lambda: passage.seek(START_US + chance.randint(0, span_us)),
        "60 of a task around": lambda: passage.around(frame(), 30, 30, chance.choice(tasks)),
        "50 of all around": lambda: passage.around(frame(), 25, 25),
    }
    still = {name: [milliseconds(way) for _ in range(LOOKS)] for name, way in ways.items()}
    with writing(journal) as written:
        busy = {name: [milliseconds(way) for _ in range(LOOKS)] for name, way in ways.items()}
    passage.close()
    rows = [(name, *spread(still[name]), *spread(busy[name])) for name in ways]
    table(
        f"journal of {last} entries: finding one's way, ms, alone and beside a writer of {WRITES_PER_S}/s",
        [("way", "p50", "p99", "max", "p50", "p99", "max"), *rows],
    )
    table(f"commits of that writer, ms, {len(written.commits_ms)}", [("p50", "p99", "max"), spread(written.commits_ms)])


@pytest.mark.parametrize("count", [20, 500])
def test_thinning_out_beside_a_writer(tmp_path: Path, table: Table, count: int) -> None:
    path = tmp_path / "journal.sqlite3"
    fill(path, some_tasks(count), AT_ONCE)
    with writing(path, count) as alone:
        threading.Event().wait(1)
    keeper, batches, given = JournalKeeper(path), list[float](), list[float]()
    with writing(path, count) as beside:
        looked = AT_ONCE
        while looked > 0:
            batches.append(milliseconds(lambda: keeper.thin(START_US + AT_ONCE * SPACING_US)))
            looked -= 250
        given = [milliseconds(keeper.give_back) for _ in range(5)]
        checkpoint_ms = milliseconds(keeper.checkpoint)
    keeper.close()
    table(
        f"{keeper.deleted} of {AT_ONCE} polls of {count} tasks thinned out beside a writer of {WRITES_PER_S}/s, ms",
        [
            ("work", "p50", "p99", "max"),
            ("a batch", *spread(batches)),
            ("space given back", *spread(given)),
            ("checkpoint", *spread([checkpoint_ms])),
            ("commits of the writer, alone", *spread(alone.commits_ms)),
            ("commits of the writer, beside", *spread(beside.commits_ms)),
        ],
    )


def test_writing_and_starting(tmp_path: Path, table: Table) -> None:
    path, tasks = tmp_path / "journal.sqlite3", some_tasks(TASKS)
    writer, polls = JournalWriter(path), live_event(tasks)
    writer.append([Request(START_US, Verb.WATCH, task) for task in tasks])
    bulk_ms = milliseconds(lambda: [writer.append(list(islice(polls, BATCH))) for _ in range(AT_ONCE // BATCH)])
    commits = [milliseconds(partial(writer.append, [poll])) for poll in islice(polls, SINGLE_COMMITS)]
    reader, timeline = JournalReader(path), Timeline()
    replay_ms = milliseconds(lambda: replay(reader, timeline))
    snapshot = timeline.snapshot()
    keep_all_ms = milliseconds(lambda: writer.keep(snapshot, tasks))
    keep_some = [milliseconds(lambda: writer.keep(snapshot, tasks[:90])) for _ in range(STARTS)]
    starts = [milliseconds(reader.kept) for _ in range(STARTS)]
    assert reader.kept() == snapshot
    reader.close()
    writer.close()
    table(
        f"journal of {TASKS} tasks, {len(snapshot.events)} log lines: "
        f"{AT_ONCE / bulk_ms * 1000:.0f} polls/s stored, {AT_ONCE / replay_ms * 1000:.0f}/s read and folded, ms",
        [
            ("work", "p50", "p99", "max"),
            ("single commits", *spread(commits)),
            ("keep the fold, all", *spread([keep_all_ms])),
            ("keep the fold, 90 tasks", *spread(keep_some)),
            ("read the kept fold", *spread(starts)),
        ],
    )


def replay(reader: JournalReader, timeline: Timeline) -> None:
    while found := reader.after(timeline.frame):
        for frame, entry in found:
            timeline.apply(frame, entry)
