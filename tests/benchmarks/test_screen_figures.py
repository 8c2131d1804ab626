"""Start, bytes, CPU and latency of the screen in a real pty, each beside what it is compared with (design.md §7)."""

import queue
import statistics
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.benchmarks.conftest import Table
from tests.benchmarks.meter import Meter
from tests.pty.program import PROGRAM, environment
from tui.adapters.journal import JournalWriter, account_hash, journal_path
from tui.core.entry import Entry, Fault, Poll, Reason, Request, Seen, Verb
from tui.core.fault import FaultClass
from tui.core.secret import Secret
from tui.core.task import TaskRef
from tui.core.timeline import Timeline
from tui.core.trail import Trail
from tui.simulator.keys import DEMO_SECRET_ID

pytestmark = pytest.mark.benchmark_table

NOBODY = "http://127.0.0.1:9"
"""Where nothing listens: the discard port."""

PAIRS = 7
BARE = [sys.executable, str(Path(__file__).with_name("bare_app.py"))]
HERE = ("--region", "ap-singapore", "--sdk-app-id", "1400000000")


def tasks(count: int) -> list[TaskRef]:
    return [TaskRef("ap-singapore", 1400000000, f"room-{number:05d}-x") for number in range(count)]


def fill(state_dir: Path, url: str, entries: list[Entry]) -> None:
    """Write a journal as a former run would have left it."""
    host = url.removeprefix("http://")
    writer = JournalWriter(journal_path(state_dir, account_hash(host, Secret(DEMO_SECRET_ID))))
    trail = Trail()
    timeline = Timeline(trail=trail)
    first = writer.append(entries)
    for offset, entry in enumerate(entries):
        timeline.apply(first + offset, entry)
    writer.keep(timeline.snapshot(), tuple(timeline.snapshot().tasks), trail.stretch())
    writer.close()


def watched(count: int, now_us: int) -> list[Entry]:
    return [Request(now_us, Verb.WATCH, task, "bench", task.task_id.removesuffix("-x")) for task in tasks(count)]


def seen(task: TaskRef, at_us: int) -> Poll:
    answer = Seen("InProgress", at_us // 1000, b'{"Response":{"Status":"InProgress"}}')
    return Poll(task, at_us, 40_000, Reason.BASE, answer, str(uuid.uuid4()))


def gone(task: TaskRef, at_us: int) -> Poll:
    fault = Fault(FaultClass.END, "ResourceNotFound", "not found", 200)
    return Poll(task, at_us, 40_000, Reason.BASE, fault, str(uuid.uuid4()))


def watch(state_dir: Path, url: str = NOBODY) -> list[str]:
    return [PROGRAM, "watch", "--endpoint", url, "--state-dir", str(state_dir), *HERE]


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def test_start_against_a_bare_app(tmp_path: Path, table: Table) -> None:
    now_us = time.time_ns() // 1000
    polled = [seen(task, now_us + 1) for task in tasks(1000)]
    fill(tmp_path, NOBODY, [*watched(1000, now_us), *polled])
    ours, bare = [], []
    for _ in range(PAIRS + 1):
        ours.append(first_screen(watch(tmp_path), tmp_path, b"room-0"))
        bare.append(first_screen(BARE, tmp_path, b"READY"))
    ratios = [a / b for a, b in zip(ours[1:], bare[1:], strict=True)]
    table(
        f"First usable screen, 1,000 tasks from the journal, 120x40, {PAIRS} interleaved pairs (target: at most 1.25)",
        [
            ("", "median ms", "min", "max"),
            ("trtc-tui", *spread_ms(ours[1:])),
            ("bare Textual", *spread_ms(bare[1:])),
            ("ratio", f"{statistics.median(ratios):.2f}", f"{min(ratios):.2f}", f"{max(ratios):.2f}"),
            ("ratio of the fastest", f"{min(ours[1:]) / min(bare[1:]):.2f}", "", ""),
        ],
    )


def first_screen(argv: list[str], home: Path, wanted: bytes) -> float:
    """Seconds to the first screen. One bare app in thirty never draws its Static: such a start is repeated."""
    while True:
        with Meter(argv, environment(home)) as meter:
            try:
                return meter.until(wanted, at_most=5.0)
            except queue.Empty:
                assert argv is BARE, "the screen never came"


def spread_ms(values: list[float]) -> tuple[str, str, str]:
    return f"{statistics.median(values) * 1000:.0f}", f"{min(values) * 1000:.0f}", f"{max(values) * 1000:.0f}"


def test_bytes_of_one_cell(tmp_path: Path, table: Table) -> None:
    script = Path(__file__).with_name("one_cell.py")
    changes = 10
    with Meter([sys.executable, "-m", f"tests.benchmarks.{script.stem}"], environment(tmp_path), columns=160) as meter:
        meter.until(b"task-00")
        meter.quiet(1.0)
        sizes: list[int] = []
        while len(sizes) < changes:
            sizes.append(len(meter.chunk()))
    table(
        "One visible cell changes, 160x40 (target: at most 120 B)",
        [("bytes a change", "median", "max"), ("trtc-tui", f"{statistics.median(sizes):.0f}", f"{max(sizes)}")],
    )
    assert max(sizes) <= 400, "a whole row was sent for one cell"


def test_idle(tmp_path: Path, table: Table) -> None:
    now_us = time.time_ns() // 1000
    ended: list[Entry] = []
    for task in tasks(200):
        ended += [seen(task, now_us + 1), gone(task, now_us + 2), gone(task, now_us + 3)]
    fill(tmp_path, NOBODY, [*watched(200, now_us), *ended])
    seconds = 8.0
    with Meter(watch(tmp_path), environment(tmp_path)) as meter:
        meter.until(b"room-0")
        meter.quiet(1.5)
        meter.during(2.5)  # what loads after the first frame is no idling
        cpu = meter.cpu_s()
        count = meter.during(seconds)
        share = (meter.cpu_s() - cpu) / seconds * 100
    table(
        "Idle: 200 tasks, all over (target: 0 B/s, less than 0.3 % CPU)",
        [("", "B/s", "CPU %"), ("trtc-tui", f"{count / seconds:.0f}", f"{share:.2f}")],
    )
    assert count == 0


def test_keys_with_ten_thousand_tasks(tmp_path: Path, table: Table) -> None:
    count = 10_000
    with serving(count) as (url, roster):
        listed = tmp_path / "tasks.txt"
        listed.write_text("\n".join(roster))
        argv = [PROGRAM, "watch", "-", "--endpoint", url, "--state-dir", str(tmp_path), *HERE]
        with Meter(argv, environment(tmp_path), stdin=listed) as meter:
            meter.until(b"InProgress")
            meter.during(10.0)
            downs = [meter.press("down", 0.005) for _ in range(60)]
            pages = [meter.press("pagedown", 0.005) for _ in range(40)]
            meter.during(1.0)
            cpu = meter.cpu_s()
            sent = meter.during(5.0)
            row = (f"{(meter.cpu_s() - cpu) / 5 * 100:.1f}", f"{sent / 5:.0f}", f"{meter.rss_mib():.0f}")
    table(
        f"{count:,} tasks, about 18 polls/s under way, 120x40; key to last byte in ms "
        "(targets: p95 at most 10; page down p50 at most 15; at most 70 MiB)",
        [
            ("key", "p50", "p95", "bytes p50"),
            ("down", *latency(downs)),
            ("page down", *latency(pages)),
            ("then: CPU %, B/s, MiB", *row),
        ],
    )


def latency(presses: list[tuple[float, int]]) -> tuple[str, str, str]:
    times = [seconds * 1000 for seconds, _ in presses]
    sizes = [float(size) for _, size in presses]
    return f"{percentile(times, 0.5):.1f}", f"{percentile(times, 0.95):.1f}", f"{percentile(sizes, 0.5):.0f}"


@contextmanager
def serving(count: int) -> Iterator[tuple[str, list[str]]]:
    """A simulator of `count` tasks in a process of its own: its URL, and the lines that name its tasks."""
    simulator = subprocess.Popen([PROGRAM, "simulate", "--tasks", str(count)], stdout=subprocess.PIPE, text=True)
    try:
        assert simulator.stdout is not None
        url = simulator.stdout.readline().strip()
        simulator.stdout.readline()
        yield url, [simulator.stdout.readline().strip() for _ in range(count)]
    finally:
        simulator.terminate()
        simulator.communicate()
