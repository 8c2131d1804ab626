"""A day of polls, as fast as they go, through all that holds anything for long: recorder, journal, tail, fold, board.

`python -m tests.benchmarks.one_day FOLDER POLLS TASKS` prints polls, seconds and resident MiB, twenty times on the way.
"""

import sys
import time
from concurrent.futures import Future
from itertools import islice
from pathlib import Path

from tests.benchmarks.live_event import START_US, live_event, some_tasks
from tui.adapters.clock import SystemClock
from tui.adapters.journal import JournalReader, JournalWriter
from tui.adapters.journal.bell import open_bell
from tui.core.entry import Poll, Request, Verb
from tui.core.task import TaskRef
from tui.core.timeline import Snapshot
from tui.engine.recorder import Recorder
from tui.engine.tail import Listeners, Tail
from tui.render.board import Board
from tui.render.view import View

FRAME = 5
"""Polls between two frames of a screen, at 19 a second."""

KEEP_EVERY = 570
"""Polls between two stored folds: the tail's 30 s."""

STOPS = 20


class Screen:
    """What a screen keeps of the news: one arranged list."""

    def __init__(self) -> None:
        self._board = Board()
        self._snapshot = Snapshot()
        self._changed: frozenset[TaskRef] | None = frozenset()

    @property
    def snapshot(self) -> Snapshot:
        return self._snapshot

    def publish(self, snapshot: Snapshot, changed: frozenset[TaskRef] | None) -> None:
        self._snapshot = snapshot
        self._changed = None if changed is None or self._changed is None else self._changed | changed

    def draw(self) -> None:
        changed, self._changed = self._changed, frozenset()
        self._board.show(self._snapshot, View(), self._snapshot.at_us, changed)


def resident_mib() -> float:
    fields = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(fields["VmRSS"].split()[0]) / 1024


def fail(error: BaseException) -> None:
    raise error


def run(path: Path, count: int, tasks: list[TaskRef]) -> None:
    screen = Screen()
    recorder = Recorder(lambda: JournalWriter(path), lambda: tail.wake(), fail)  # noqa: PLW0108 - the tail is made below
    tell = Listeners(
        screen.publish,
        heard=lambda _requests: None,
        attended=lambda _attentions: None,
        leased=lambda _lease: None,
        keep=recorder.keep,
        failed=fail,
    )
    tail = Tail(lambda: JournalReader(path), lambda: open_bell(path), SystemClock(), tell)
    recorder.start()
    tail.start()
    written: list[Future[int]] = [recorder.append(Request(START_US, Verb.WATCH, task)) for task in tasks]
    polls, began = live_event(tasks), time.monotonic()
    stop = max(FRAME, count // STOPS // FRAME * FRAME)
    for done in range(0, count + 1, FRAME):
        tail.wait_frame(written[-1].result())
        screen.draw()
        if done % KEEP_EVERY < FRAME:
            recorder.keep(screen.snapshot, tuple(screen.snapshot.tasks)[:KEEP_EVERY])
        if done and done % stop == 0:
            print(done, f"{time.monotonic() - began:.1f}", f"{resident_mib():.1f}", flush=True)
        some: list[Poll] = list(islice(polls, FRAME))
        written = [recorder.append(poll) for poll in some]
    tail.stop()
    recorder.stop()


if __name__ == "__main__":
    run(Path(sys.argv[1]) / "journal.sqlite3", int(sys.argv[2]), some_tasks(int(sys.argv[3])))
