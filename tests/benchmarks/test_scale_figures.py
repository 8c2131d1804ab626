"""10,000 tasks, and a day of polls: what a screen keeps people waiting, and how much memory it takes (design.md §7).

`SCALE_POLLS=1640000` runs the whole day, `SCALE_SETTLED_S=35` waits for the first stored fold; both take their time.
"""

import os
import queue
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest

from tests.benchmarks.conftest import Table
from tests.benchmarks.meter import KEYS, Meter
from tests.benchmarks.test_screen_figures import BARE, HERE, NOBODY, fill, percentile, serving, watch
from tests.pty.program import PROGRAM, environment
from tui.cli.task_list import read_list
from tui.core.entry import Entry, Poll, Reason, Request, Seen, Skew, Verb

pytestmark = pytest.mark.benchmark_table

COUNT = 10_000
POLLS = int(os.environ.get("SCALE_POLLS", "10000"))
"""A day has 1.64 million at 19 a second."""
DAY_TASKS = 1_000
LOADING_S = 2.5
KEY_EVERY_S = 0.02
SETTLED_S = float(os.environ.get("SCALE_SETTLED_S", "2"))
"""After the first screen; the first fold is stored after 30 s."""

KEYRING = "import keyring, httpx, keyring.backends.SecretService, tests.benchmarks.bare_app as b; b.BareApp().run()"


def test_ten_thousand_tasks_from_a_list(tmp_path: Path, table: Table) -> None:
    with serving(COUNT) as (url, roster):
        listed = tmp_path / "tasks.txt"
        listed.write_text("\n".join(roster))
        argv = [PROGRAM, "watch", "-", "--endpoint", url, "--state-dir", str(tmp_path), *HERE]
        with Meter(argv, environment(tmp_path), stdin=listed) as meter:
            first_s = meter.until(b"Tasks")
            loading, listed_s = keys_while_loading(meter)
            os.write(meter._fd, b"/")
            meter.quiet(0.2, at_most=1.0)
            typing = [answer(meter, letter.encode()) for letter in "arena-2"]
            os.write(meter._fd, b"\x1b\x1b")
            meter.quiet(0.3, at_most=1.0)
            sorting = [answer(meter, b">") for _ in range(8)]
            meter.quiet(0.2, at_most=1.0)
            forgetting = [wait for _ in range(3) for wait in keys_while_forgetting(meter)]
    table(
        f"{COUNT:,} tasks from a list: first screen {first_s * 1000:.0f} ms, all listed {listed_s * 1000:.0f} ms; "
        "ms from a key to the first byte of its answer, polls under way",
        [
            ("", "p50", "p95", "max", "keys"),
            ("down, while the tasks come in", *waits(loading)),
            ("a letter of the filter", *waits(typing)),
            ("another order", *waits(sorting)),
            ("down, while tasks are forgotten", *waits(forgetting)),
        ],
    )


def keys_while_loading(meter: Meter) -> tuple[list[float], float]:
    """Waits of keys that are pressed all the time, and when all tasks were listed."""
    found, listed_s = [], 0.0
    wanted, end = f"Tasks {COUNT}".encode(), time.perf_counter() + LOADING_S
    while time.perf_counter() < end or not listed_s:
        found.append(answer(meter, KEYS["down"]))
        meter.during(KEY_EVERY_S)
        if not listed_s and wanted in meter.tail:
            listed_s = time.perf_counter() - meter.started
    return found, listed_s


def keys_while_forgetting(meter: Meter) -> list[float]:
    os.write(meter._fd, b"\x1b[3~")
    meter.quiet(0.1, at_most=0.5)
    os.write(meter._fd, b"\r")
    return [answer(meter, KEYS["down"]) for _ in range(15)]


def answer(meter: Meter, key: bytes) -> float:
    """Seconds from a key to the first byte that follows it."""
    meter.quiet(0.001, at_most=0.05)
    began = time.perf_counter()
    os.write(meter._fd, key)
    try:
        at, _ = meter._next(5.0)
    except queue.Empty:
        return 5.0
    return at - began


def waits(seconds: list[float]) -> tuple[str, ...]:
    times = [one * 1000 for one in seconds]
    return (
        *(f"{value:.1f}" for value in (percentile(times, 0.5), percentile(times, 0.95), max(times))),
        f"{len(times)}",
    )


def test_memory(tmp_path: Path, table: Table) -> None:
    with serving(COUNT) as (url, roster):
        now_us = time.time_ns() // 1000 - 60_000_000
        named = [(one.task, one.name) for one in read_list(roster, region=None, sdk_app_id=None)]
        entries: list[Entry] = [Request(now_us, Verb.WATCH, task, "bench", name) for task, name in named]
        for number, (task, _) in enumerate(named):
            own, start_ms = str(uuid.uuid4()), now_us // 1000 - 100_000 - number
            body = (
                f'{{"Response":{{"StartTime":{start_ms},"Status":"InProgress",'
                f'"RequestId":"{own}","TaskId":"{task.task_id}"}}}}'
            )
            seen = Seen("InProgress", start_ms, body.encode())
            skew = Skew(number % 90, 2_000)
            entries.append(Poll(task, now_us + number * 100, 40_000 + number, Reason.BASE, seen, own, skew))
        fill(tmp_path / "full", url, entries)
        rows = [
            ("bare Textual", settled(BARE, tmp_path, b"READY")),
            ("bare Textual, httpx and keyring imported", settled([sys.executable, "-c", KEYRING], tmp_path, b"READY")),
            ("trtc-tui, no task", settled(watch(tmp_path / "empty", NOBODY), tmp_path, b"Tasks")),
            (
                f"trtc-tui, {COUNT:,} tasks, each with its answer",
                settled(watch(tmp_path / "full", url), tmp_path, b"Tasks"),
            ),
        ]
    table(
        f"Resident memory after {SETTLED_S:g} s, 120x40 (target: at most 70 MiB with {COUNT:,} tasks)",
        [("", "MiB"), *((name, f"{mib:.0f}") for name, mib in rows)],
    )


def settled(argv: list[str], home: Path, wanted: bytes) -> float:
    """MiB of a program some seconds after its first screen."""
    with Meter(argv, environment(home, {"PYTHONPATH": str(Path(__file__).parents[2])})) as meter:
        meter.until(wanted)
        meter.during(SETTLED_S)
        return meter.rss_mib()


def test_memory_over_a_day(tmp_path: Path, table: Table) -> None:
    argv = [sys.executable, "-m", "tests.benchmarks.one_day", str(tmp_path), str(POLLS), str(DAY_TASKS)]
    done = subprocess.run(argv, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    told = [line.split() for line in done.stdout.splitlines()]
    points = {int(polls): (float(seconds), float(mib)) for polls, seconds, mib in told}
    shown = [list(points)[len(points) * share // 100 - 1] for share in (10, 50, 100)]
    table(
        f"Memory over {POLLS:,} polls of {DAY_TASKS:,} tasks, as fast as they go: recorder, journal, tail, fold, board "
        "(target: flat over a day of 1,640,000)",
        [("polls", "s", "MiB"), *((f"{one:,}", f"{points[one][0]:.0f}", f"{points[one][1]:.1f}") for one in shown)],
    )
