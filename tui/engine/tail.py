"""Following the journal: one thread reads what was committed, by whomever, and folds it."""

import threading
from collections.abc import Callable, Sequence

from tui.core.entry import Request
from tui.core.task import TaskRef
from tui.core.timeline import Snapshot, Timeline
from tui.engine.ports import Clock, Reader
from tui.engine.thread import work_thread

LOOK_EVERY_S = 0.5
"""How often another process's commits are looked for. Our own wake us; a look costs 0.25 ms of CPU."""

GATE_S = 1.0
"""How long a first frame is waited for at most, before the rest of the journal is read."""

KEEP_EVERY_US = 30_000_000
"""How often the fold is stored: what a start has to replay at most, in time."""

Publish = Callable[[Snapshot, frozenset[TaskRef] | None], None]
"""Takes a Snapshot and the tasks that differ from the one before; None for all."""


class Tail:
    """Folds the journal as it grows. All callbacks run in the tail's own thread."""

    def __init__(
        self,
        open_reader: Callable[[], Reader],
        clock: Clock,
        *,
        publish: Publish,
        heard: Callable[[Sequence[Request]], None],
        keep: Callable[[Snapshot, Sequence[TaskRef]], None],
        failed: Callable[[BaseException], None],
        gate: threading.Event | None = None,
    ) -> None:
        self._open_reader = open_reader
        self._clock = clock
        self._publish = publish
        self._heard = heard
        self._keep = keep
        self._gate = gate
        self._wake = threading.Event()
        self._stopping = False
        self._timeline = Timeline()
        self._unkept: set[TaskRef] = set()
        self._kept_frame = 0
        self._kept_us = 0
        self.glanced = threading.Event()
        """Set when the tasks have been told as they were kept, or nothing was kept."""
        self.caught_up = threading.Event()
        """Set when the whole journal, as it was at the start, has been folded and published."""
        self._thread = work_thread("tail", self._run, failed)

    def start(self) -> None:
        """Begin to follow."""
        self._thread.start()

    def wake(self) -> None:
        """Somebody committed: look now. Callable from any thread."""
        self._wake.set()

    def stop(self) -> None:
        """Fold what is there, store the fold, and end the thread."""
        self._stopping = True
        self._wake.set()
        self._thread.join()

    def _run(self) -> None:
        try:
            reader = self._open_reader()
            try:
                self._follow(reader)
            finally:
                reader.close()
        finally:
            self.glanced.set()
            self.caught_up.set()

    def _follow(self, reader: Reader) -> None:
        self._glance(reader)
        kept = reader.kept()
        self._timeline = Timeline(kept)
        self._kept_frame, self._kept_us = kept.frame, self._clock.monotonic_us()
        if kept.frame:
            self._publish(kept, None)
        reader.changed()
        self._read_on(reader)
        self.caught_up.set()
        while not self._stopping:
            woken = self._wake.wait(LOOK_EVERY_S)
            self._wake.clear()
            if woken or reader.changed():
                self._read_on(reader)
            self._keep_now_and_then()
        self._read_on(reader)
        self._keep_fold()

    def _glance(self, reader: Reader) -> None:
        """Tell the tasks as they were kept, and let the first frame go before the rest."""
        if self._gate is None:
            return
        glance = reader.kept_glance()
        if glance.frame:
            self._publish(glance, None)
        self.glanced.set()
        if glance.frame:
            self._gate.wait(GATE_S)

    def _read_on(self, reader: Reader) -> None:
        while rows := reader.after(self._timeline.frame):
            touched = (self._timeline.apply(frame, entry) for frame, entry in rows)
            tasks = frozenset(task for task in touched if task is not None)
            self._unkept |= tasks
            requests = [entry for _, entry in rows if isinstance(entry, Request)]
            if requests and self.caught_up.is_set():
                self._heard(requests)
            self._publish(self._timeline.snapshot(), tasks)

    def _keep_now_and_then(self) -> None:
        if self._clock.monotonic_us() - self._kept_us >= KEEP_EVERY_US:
            self._keep_fold()

    def _keep_fold(self) -> None:
        if self._timeline.frame > self._kept_frame:
            self._keep(self._timeline.snapshot(), tuple(self._unkept))
            self._unkept.clear()
        self._kept_frame, self._kept_us = self._timeline.frame, self._clock.monotonic_us()
