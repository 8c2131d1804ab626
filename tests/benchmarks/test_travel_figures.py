"""Figures of time travel: how long each way takes to what is wanted and to everything, and what the trail costs.

`JOURNAL_POLLS=10000000 JOURNAL_TASKS=2000` gives the sizes of polling.md §4. `JOURNAL_FILE=/some/journal.sqlite3` names
a journal that is used again, and made when it is not there; its trail is laid when it has none. Give it a folder of its
own: whoever writes a journal closes its folder to other users.
"""

import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.benchmarks.conftest import Table
from tests.benchmarks.live_event import SPACING_US, START_US, fill, some_tasks
from tests.benchmarks.test_journal_figures import milliseconds, spread
from tui.adapters.journal import JournalReader, JournalWriter
from tui.adapters.journal.past import JournalPast
from tui.core.position import Sight
from tui.core.task import TaskRef
from tui.core.timeline import Timeline
from tui.core.trail import Trail

POLLS = int(os.environ.get("JOURNAL_POLLS", "20000"))
TASKS = int(os.environ.get("JOURNAL_TASKS", "1000"))
LOOKS = int(os.environ.get("JOURNAL_LOOKS", "200"))
"""How often each way is gone."""
WHOLES = 20
SEEN = 40
"""Tasks on the screen."""
LAID_AT_ONCE = 4_096
FOLDED = 20_000
"""Entries that are folded with and without a trail."""

pytestmark = pytest.mark.benchmark_table


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal of `POLLS` polls with the trail of all of them, closed."""
    given = os.environ.get("JOURNAL_FILE")
    path = Path(given) if given else tmp_path_factory.mktemp("travel") / "journal.sqlite3"
    if not path.exists():
        fill(path, some_tasks(TASKS), POLLS)
    lay(path)
    return path


def lay(path: Path) -> None:
    """Fold the journal, unless that was done, and store the trail as `engine.tail` does."""
    reader, writer, trail = JournalReader(path), JournalWriter(path), Trail()
    if not reader.trailed():
        timeline, touched = Timeline(trail=trail), set[TaskRef]()
        while found := reader.after(timeline.frame):
            touched.update(task for row in found if (task := timeline.apply(*row)) is not None)
            if len(trail) >= LAID_AT_ONCE:
                writer.keep(timeline.snapshot(), tuple(touched), trail.stretch())
                trail.drop(reader.trailed())
                touched.clear()
        writer.keep(timeline.snapshot(), tuple(touched), trail.stretch())
    reader.close()
    writer.close()


def test_travelling(journal: Path, table: Table) -> None:
    past, tasks, chance = JournalPast(journal), some_tasks(TASKS), random.Random(1)
    last = past.last()
    seen, chosen = tasks[:SEEN], tasks[0]
    whole = past.whole(last)
    assert whole is not None
    place = [last // 2]
    sight = [Sight(whole)]

    def go(find: Callable[[], int | None]) -> Callable[[], None]:
        def gone() -> None:
            place[0] = find() or last // 2
            sight[0] = past.sight(place[0], seen, sight[0])
            past.entry(place[0])

        return gone

    def seen_elsewhere() -> int:
        seen[:] = chance.sample(tasks, min(SEEN, TASKS))
        return chance.randint(2, last)

    ways: dict[str, Callable[[], int | None]] = {
        "step of the task": lambda: past.next(place[0], chosen),
        "step back of the task": lambda: past.previous(place[0], chosen),
        "step over all": lambda: past.next(place[0]),
        "next change of a task": lambda: past.next_change(place[0], chance.choice(seen)),
        "previous change of all": lambda: past.previous_change(place[0]),
        "next error of all": lambda: past.next_error(place[0]),
        "a moment": lambda: past.seek(START_US + chance.randint(0, last * SPACING_US)),
        "a frame": lambda: past.previous(chance.randint(2, last)),
        "a frame, another 40 tasks": seen_elsewhere,
    }

    rows = [(name, *spread([milliseconds(go(way)) for _ in range(LOOKS)])) for name, way in ways.items()]
    wholes = spread([milliseconds(lambda: past.whole(chance.randint(2, last))) for _ in range(WHOLES)])
    past.close()
    table(
        f"journal of {last} entries, {TASKS} tasks: ms to what {SEEN} of them, the tool and the log were at a frame",
        [("way", "p50", "p99", "max"), *rows, ("everything", *wholes)],
    )


def test_size_of_the_trail(journal: Path, table: Table) -> None:
    past = JournalPast(journal)
    last, ask = past.last(), past._connection.execute
    (whole,) = ask("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").fetchone()
    rows = [
        (name, str(count), f"{(size or 0) / last:.2f}")
        for name, data in (
            ("milestone", "view"),
            ("tool_milestone", "tool"),
            ("line", "event"),
            ("placing", "task"),
            ("repeat", "at_us"),
            ("ending", "task"),
            ("fault", "task"),
        )
        for count, size in ask(f"SELECT count(*), sum(length({data})) FROM {name}")
    ]
    past.close()
    table(
        f"journal of {last} entries: {whole / last:.1f} bytes a poll, with the trail",
        [("table", "rows", "bytes of data a poll"), *rows],
    )


def test_cost_of_leaving_a_trail(journal: Path, tmp_path: Path, table: Table) -> None:
    reader = JournalReader(journal)
    entries = [row for start in range(0, FOLDED, 5_000) for row in reader.after(start)]
    reader.close()
    plain, leaving, storing = [], [], []
    for number in range(5):
        timeline = Timeline()
        plain.append(seconds(lambda: [timeline.apply(*row) for row in entries]))  # noqa: B023 - run at once
        trail = Trail()
        with_trail = Timeline(trail=trail)
        leaving.append(seconds(lambda: [with_trail.apply(*row) for row in entries]))  # noqa: B023 - run at once
        writer = JournalWriter(tmp_path / f"{number}.sqlite3")
        snapshot = with_trail.snapshot()
        writer.keep(snapshot, tuple(snapshot.tasks))
        storing.append(seconds(lambda: writer.keep(snapshot, (), trail.stretch())))  # noqa: B023 - run at once
        writer.close()
    fold_us, leave_us, store_us = (min(times) / len(entries) * 1e6 for times in (plain, leaving, storing))
    all_us = leave_us + store_us
    table(
        f"{len(entries)} entries folded, µs an entry",
        [
            ("fold", "and leave a trail", "and store it", "ratio"),
            (f"{fold_us:.1f}", f"{leave_us:.1f}", f"{all_us:.1f}", f"{all_us / fold_us:.2f}"),
        ],
    )


def seconds(work: Callable[[], object]) -> float:
    before = time.perf_counter()
    work()
    return time.perf_counter() - before
