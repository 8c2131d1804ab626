"""Following the journal: one thread reads what was committed, by whomever, and folds it."""

import threading
from collections.abc import Callable, Sequence
from typing import Protocol

from msgspec import Struct

from tui.core.attention import Attention
from tui.core.breakpoint import Hit
from tui.core.entry import Entry, Request
from tui.core.lease import LeaseView
from tui.core.task import TaskRef
from tui.core.timeline import Snapshot, Timeline
from tui.core.trail import Stretch, Trail
from tui.engine.ports import Bell, Clock, Reader
from tui.engine.thread import work_thread

LOOK_EVERY_S = 2.0
"""How often is looked when no bell rings: for what nobody rings for, such as another pace, or a lease that expired."""

GATE_S = 1.0
"""How long a first frame is waited for at most, before the rest of the journal is read."""

KEEP_EVERY_US = 30_000_000
"""How often the fold is stored: what a start has to replay at most, in time."""

TRAIL_AT_ONCE = 4_096
"""So much of a trail is stored before that time: some hundred thousand entries of a journal that is folded anew."""

TRAIL_HELD = 10 * TRAIL_AT_ONCE
"""So much of a trail waits for a poller that does not store it, which may be an older program."""


class Listeners(Struct, frozen=True):
    """Who is told what; all are called in the tail's own thread."""

    publish: Callable[[Snapshot, frozenset[TaskRef] | None], None]
    """A Snapshot and the tasks that differ from the one before; None for all."""
    heard: Callable[[Sequence[Request]], None]
    """Requests that were appended after the start, in their order."""
    attended: Callable[[tuple[Attention, ...]], None]
    """What all screens show, when that became something else."""
    leased: Callable[[LeaseView], None]
    """Who polls, when that became somebody else, or their pace did."""
    keep: Callable[[Snapshot, Sequence[TaskRef], Stretch], None]
    """Store the fold, and what it left behind since it was stored last."""
    failed: Callable[[BaseException], None]
    hit: Callable[[Sequence[Hit]], None] = lambda _hits: None
    """Breakpoints that hit, before the Snapshot in which they did."""


class Guard(Protocol):
    """Looks at every entry that comes in: `core.sentry.Guard`, which a start need not load."""

    def begin(self, timeline: Timeline) -> None:
        """From here on; what already is so is no hit."""

    def see(self, frame: int, touched: TaskRef | None, timeline: Timeline) -> Sequence[Hit]:
        """What hits with the entry that `timeline` took last, which was about `touched`."""


class Tail:
    """Folds the journal as it grows."""

    def __init__(
        self,
        open_reader: Callable[[], Reader],
        open_bell: Callable[[], Bell],
        clock: Clock,
        tell: Listeners,
        gate: threading.Event | None = None,
    ) -> None:
        self._open_reader = open_reader
        self._open_bell = open_bell
        self._clock = clock
        self._tell = tell
        self._gate = gate
        self._bell: Bell | None = None
        self._woken = threading.Event()
        """Somebody rang while there was no bell yet."""
        self._stopping = False
        self._trail = Trail()
        self._trail_told = 0
        """How much of it is on its way to the journal."""
        self._timeline = Timeline()
        self._guard: Guard | None = None
        self._next_guard: Guard | None = None
        """Takes the place of `_guard` as soon as all of the past is folded: that hits nobody."""
        self._folded = threading.Condition()
        self._frame = 0
        self._unkept: set[TaskRef] = set()
        self._kept_frame = 0
        self._kept_us = 0
        self._lease = LeaseView()
        self._attentions: tuple[Attention, ...] = ()
        self.glanced = threading.Event()
        """Set when the tasks have been told as they were kept, or nothing was kept."""
        self.caught_up = threading.Event()
        """Set when the whole journal, as it was at the start, has been folded and published."""
        self._thread = work_thread("tail", self._run, tell.failed)

    def start(self) -> None:
        """Begin to follow."""
        self._thread.start()

    def wake(self) -> None:
        """Somebody committed: look now. Callable from any thread."""
        self._woken.set()
        if self._bell is not None:
            self._bell.ring()

    def guard(self, guard: Guard | None) -> None:
        """Let `guard` look at what comes from now on, instead of the one before. Callable from any thread."""
        self._next_guard = guard
        self.wake()

    def wait_frame(self, frame: int) -> None:
        """Wait until the entry of that number is folded and published, or the tail has ended."""
        self.wake()
        with self._folded:
            self._folded.wait_for(lambda: self._frame >= frame)

    def stop(self) -> None:
        """Fold what is there, store the fold, and end the thread."""
        self._stopping = True
        self.wake()
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
            self._reached(1 << 62)

    def _follow(self, reader: Reader) -> None:
        self._glance(reader)
        kept = reader.kept()
        if reader.trailed() < kept.frame:
            kept = Snapshot()  # fold everything anew, so that the trail has no hole
        self._trail = Trail(kept.frame)
        self._timeline = Timeline(kept, self._trail)
        self._kept_frame, self._kept_us = kept.frame, self._clock.monotonic_us()
        if kept.frame:
            self._tell.publish(kept, None)
        bell = self._bell = self._open_bell()
        try:
            reader.changed()
            self._read_on(reader)
            self.caught_up.set()
            while not self._stopping:
                self._look(reader, bell)
        finally:
            self._bell = None
            bell.close()
        self._read_on(reader)
        self._keep_fold(reader)

    def _look(self, reader: Reader, bell: Bell) -> None:
        woken = self._woken.is_set() or bell.wait(LOOK_EVERY_S)
        self._woken.clear()
        if reader.changed() or woken:
            self._read_on(reader)
        if self._clock.monotonic_us() - self._kept_us >= KEEP_EVERY_US:
            self._keep_fold(reader)

    def _glance(self, reader: Reader) -> None:
        """Tell the tasks as they were kept, and let the first frame go before the rest."""
        if self._gate is None:
            return
        glance = reader.kept_glance()
        if glance.frame:
            self._tell.publish(glance, None)
        self.glanced.set()
        if glance.frame:
            self._gate.wait(GATE_S)

    def _read_on(self, reader: Reader) -> None:
        self._read_sharing(reader)
        self._relieve()
        while rows := reader.after(self._timeline.frame):
            tasks = self._fold(rows)
            self._unkept |= tasks
            # The Snapshot first: a poller that begins now drops the requests it has heard, as they are in there.
            self._tell.publish(self._timeline.snapshot(), tasks)
            requests = [entry for _, entry in rows if isinstance(entry, Request)]
            if requests and self.caught_up.is_set():
                self._tell.heard(requests)
            if len(self._trail) - self._trail_told >= TRAIL_AT_ONCE:
                self._keep_fold(reader)
        self._reached(self._timeline.frame)

    def _fold(self, rows: Sequence[tuple[int, Entry]]) -> frozenset[TaskRef]:
        """Fold these entries; the tasks they are about."""
        if self._guard is None:
            return frozenset(task for row in rows if (task := self._timeline.apply(*row)) is not None)
        tasks, hits = set[TaskRef | None](), list[Hit]()
        for frame, entry in rows:
            task = self._timeline.apply(frame, entry)
            tasks.add(task)
            hits.extend(self._guard.see(frame, task, self._timeline))
        if hits:
            self._tell.hit(hits)
        return frozenset(task for task in tasks if task is not None)

    def _relieve(self) -> None:
        """Put the next guard on duty, if there is one."""
        if self._guard is not self._next_guard and self.caught_up.is_set():
            self._guard = self._next_guard
            if self._guard is not None:
                self._guard.begin(self._timeline)

    def _read_sharing(self, reader: Reader) -> None:
        """Who polls and who looks at what: not in the entries, as it is nobody's history."""
        lease, attentions = reader.lease(), reader.attentions()
        if lease != self._lease:
            self._lease = lease
            self._tell.leased(lease)
        if attentions != self._attentions:
            self._attentions = attentions
            self._tell.attended(attentions)

    def _reached(self, frame: int) -> None:
        with self._folded:
            self._frame = frame
            self._folded.notify_all()

    def _keep_fold(self, reader: Reader) -> None:
        """Have the fold stored, and what of its trail the journal does not hold yet, whoever stored the rest."""
        self._trail.drop(reader.trailed() if len(self._trail) < TRAIL_HELD else self._timeline.frame)
        self._trail_told = len(self._trail)
        if self._timeline.frame > self._kept_frame:
            self._tell.keep(self._timeline.snapshot(), tuple(self._unkept), self._trail.stretch())
            self._unkept.clear()
        self._kept_frame, self._kept_us = self._timeline.frame, self._clock.monotonic_us()
