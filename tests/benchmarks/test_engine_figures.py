"""CPU of a poll: our whole engine, journal and all, beside the official clients that only ask (design.md §7)."""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.benchmarks.conftest import Table
from tests.benchmarks.meter import thread_cpu_s
from tests.benchmarks.test_screen_figures import HERE, serving
from tests.peers.test_tccli import BESIDE
from tests.pty.program import PROGRAM, environment
from tui.adapters.journal import JournalReader, account_hash, journal_path
from tui.core.entry import Poll
from tui.core.secret import Secret
from tui.simulator.keys import DEMO_SECRET_ID
from tui.simulator.world import REGION, SDK_APP_ID

pytestmark = pytest.mark.benchmark_table

TASKS = 1_000
PER_SECOND = 19
WARM_UP_S = 3.0
SECONDS = float(os.environ.get("ENGINE_SECONDS", "5"))
CALLS = 3
"""Of tccli: a process each, nearly a second of CPU."""
NO_TCCLI = "no tccli: python -m venv .venv-peers && .venv-peers/bin/pip install '.[peers]'"


def test_cpu_of_a_poll(tmp_path: Path, table: Table) -> None:
    with serving(TASKS) as (url, roster):
        listed = tmp_path / "tasks.txt"
        listed.write_text("\n".join(roster))
        with engine(listed, url, tmp_path) as recording:
            ours = measured(recording.pid, journal(tmp_path, url))
        with sdk(listed, url, tmp_path) as asking:  # afterwards: on two cores they would pay for each other
            polls, cpu_s = (asking.communicate(timeout=60)[0]).split()
        theirs = float(cpu_s) / int(polls) * 1000
        process_ms = tccli_ms(url, roster[0], tmp_path)
    table(
        f"CPU of a poll on loopback, {PER_SECOND} polls/s over {TASKS:,} tasks, {SECONDS:g} s "
        "(target: our whole engine at most 6 % of a core)",
        [
            ("", "CPU ms a poll", f"% of a core at {PER_SECOND}/s"),
            ("trtc-tui record: schedule, slots, journal, fold", *figures(ours)),
            ("official SDK, async client: asks only", *figures(theirs)),
            ("tccli: a process a poll", *figures(process_ms)),
        ],
    )


def figures(poll_ms: float | None) -> tuple[str, str]:
    if poll_ms is None:
        return NO_TCCLI, ""
    return f"{poll_ms:.2f}", f"{poll_ms * PER_SECOND / 10:.1f}"


@contextmanager
def engine(listed: Path, url: str, home: Path) -> Iterator["subprocess.Popen[str]"]:
    argv = [PROGRAM, "record", "-", "--endpoint", url, "--state-dir", str(home), "--rate", str(PER_SECOND), *HERE]
    with running(argv, listed, home) as process:
        yield process


@contextmanager
def sdk(listed: Path, url: str, home: Path) -> Iterator["subprocess.Popen[str]"]:
    port = url.rsplit(":", 1)[1]
    numbers = (port, str(PER_SECOND), str(WARM_UP_S), str(SECONDS))
    with running([sys.executable, "-m", "tests.peers.sdk_polls", *numbers], listed, home) as process:
        yield process


@contextmanager
def running(argv: list[str], stdin: Path, home: Path) -> Iterator["subprocess.Popen[str]"]:
    with stdin.open() as lines:
        process = subprocess.Popen(argv, stdin=lines, stdout=subprocess.PIPE, env=environment(home), text=True)
    try:
        yield process
    finally:
        process.terminate()
        process.communicate()


def journal(home: Path, url: str) -> Path:
    return journal_path(home, account_hash(url.removeprefix("http://"), Secret(DEMO_SECRET_ID)))


def measured(pid: int, path: Path) -> float:
    """CPU ms for each poll of `SECONDS`, once the engine has found its pace."""
    time.sleep(WARM_UP_S)  # noqa: TID251 - a benchmark takes its time
    began_us, cpu_s = time.time_ns() // 1000, thread_cpu_s(pid)
    time.sleep(SECONDS)  # noqa: TID251 - as above
    ended_us, cpu_s = time.time_ns() // 1000, thread_cpu_s(pid) - cpu_s
    polls = sum(began_us <= poll.sent_us < ended_us for poll in all_polls(path))
    return cpu_s / polls * 1000


def all_polls(path: Path) -> list[Poll]:
    reader = JournalReader(path)
    try:
        return [entry for _, entry in reader.after(0, 1_000_000) if isinstance(entry, Poll)]
    finally:
        reader.close()


def tccli_ms(url: str, line: str, home: Path) -> float | None:
    """CPU ms of one call; None without tccli."""
    if not BESIDE.exists():
        return None
    task_id = line.split(maxsplit=1)[0].split("/", 2)[2]
    question = (f"--SdkAppId={SDK_APP_ID}", f"--TaskId={task_id}", f"--endpoint={url}")
    before = children_cpu_s()
    for _ in range(CALLS):
        subprocess.run(
            [str(BESIDE), "trtc", "DescribeCloudTranscription", *question],
            env={**environment(home), "TENCENTCLOUD_REGION": REGION},
            capture_output=True,
            timeout=60,
            check=False,
        )
    return (children_cpu_s() - before) / CALLS * 1000


def children_cpu_s() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
