"""A session that plays scripted entries: no network, no threads, no clock but its own."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from pathlib import Path

from tests.ui.scripted_lookback import ScriptedLookups, ScriptedScrubbing
from tests.ui.scripted_travel import ScriptedTravel
from tui.core.attention import Attention
from tui.core.breakpoint import Breakpoint, Breaks, Count, Hit
from tui.core.entry import Ack, Entry, Mark, Request, Verb
from tui.core.lease import LeaseView
from tui.core.sentry import Guard
from tui.core.task import TaskRef
from tui.core.timeline import Snapshot, Timeline
from tui.core.tuning import Tuning
from tui.engine.ports import JournalError
from tui.engine.update import Update
from tui.render.header import Identity
from tui.render.view import View
from tui.ui.alert_doors import AlertDoors
from tui.ui.break_doors import BreakDoors
from tui.ui.source import Source

IDENTITY = Identity("prod", "ap-singapore", 1400000000, "the OS keyring", "AKID..MPLE")
OURS = LeaseView("token", "alice, pid 4711", 18.4, 1)
THEIRS = LeaseView("token", "ali, pid 4242", 18.4, 2)


class ScriptedSession:
    """What the screen talks to. Requests are folded as a journal would, and kept in `asked`."""

    def __init__(
        self,
        start: Snapshot,
        now_us: int,
        view: View | None = None,
        waiting: str = "",
        *,
        lease: LeaseView = OURS,
        entries: Iterable[Entry] = (),
    ) -> None:
        self.entries = list(entries)
        """All that `start` is the fold of, and what was told since."""
        self.now_us = now_us
        self.asked: list[Request] = []
        self.marked: list[Mark] = []
        self.acked: list[Ack] = []
        self.tuned: list[Tuning] = []
        self.attended: list[Attention] = []
        self.lease = lease
        self.identity = IDENTITY
        self.saved: list[View] = []
        self.error: BaseException | None = None
        self.times_shown = 0
        self.closed = False
        self.recordings: dict[Path, ScriptedSession] = {}
        """What `o` finds."""
        self._view = view or View()
        self._waiting = waiting
        self._timeline = Timeline(start)
        self._guard = Guard(())
        self._hits: list[Hit] = []
        self.breaks = Breaks()
        """What was kept from the last time."""
        self.complaint = ""
        """What is wrong with that."""
        self.kept: list[Breaks] = []
        self.logged: list[str] = []
        self._changed: set[TaskRef] | None = None
        self._listener: Callable[[], None] = _nobody

    def guard(self, breakpoints: Sequence[Breakpoint]) -> None:
        """What comes in from now on hits these. Called in another thread."""
        self._guard = Guard(breakpoints)
        self._guard.begin(self._timeline)

    def count(self, one: Breakpoint, told: Callable[[Count], bool]) -> Count:
        """Its hits in all that was told, by the definition."""
        guard, timeline, found, count = Guard([one]), Timeline(), list[Hit](), len(self.entries)
        for frame, entry in enumerate(self.entries, 1):
            found += guard.see(frame, timeline.apply(frame, entry), timeline)
            told(Count(looked=frame, of=count))
        return Count(len(found), len({hit.task for hit in found}), found[-1] if found else None, count, count)

    def _kept(self) -> tuple[Breaks, str]:
        return self.breaks, self.complaint

    def _keep(self, breaks: Breaks) -> str:
        self.kept.append(breaks)
        return ""

    @property
    def source(self) -> Source:
        """This session and its frozen clock, for a screen."""
        return Source(
            asks=self,
            take=self.take,
            listen=self._listen,
            shown=self._note_shown,
            attend=self.attended.append,
            failure=lambda: self.error,
            now_us=lambda: self.now_us,
            load_view=lambda: self._view,
            save_view=self.saved.append,
            open_travel=self._open_travel,
            open_scrubbing=self._open_scrubbing,
            open_lookups=self._open_lookups,
            open_recording=self._open_recording,
            close=self._note_closed,
            identity=self.identity,
            alerts=AlertDoors(load=lambda: (self.tuned[-1] if self.tuned else Tuning(), ""), save=self._tune),
            breaks=BreakDoors(
                lambda: (self.breaks, self.complaint), self._keep, self.guard, self.logged.append, self.count
            ),
        )

    def take(self) -> Update:
        """Everything told so far, and what changed since the last call."""
        changed = None if self._changed is None else frozenset(self._changed)
        self._changed = set()
        hits, self._hits = tuple(self._hits), []
        return Update(self._timeline.snapshot(), changed, self._waiting, self.lease, self.lease is OURS, hits)

    def tell(self, *entries: Entry) -> None:
        """These entries come in."""
        for entry in entries:
            self.entries.append(entry)
            task = self._timeline.apply(self._timeline.frame + 1, entry)
            self._hits += self._guard.see(self._timeline.frame, task, self._timeline)
            if task is not None and self._changed is not None:
                self._changed.add(task)
        self._listener()

    def wait_for(self, why: str) -> None:
        """Polling does not go on, for this reason."""
        self._waiting = why
        self._listener()

    def fail(self, error: BaseException) -> None:
        """The engine ends though nobody asked for it."""
        self.error = error
        self._listener()

    def watch(self, task: TaskRef, name: str = "") -> "Future[int]":
        return self._ask(Verb.WATCH, task, name)

    def forget(self, task: TaskRef) -> "Future[int]":
        return self._ask(Verb.FORGET, task)

    def poll_now(self, task: TaskRef) -> "Future[int]":
        return self._ask(Verb.POLL_NOW, task)

    def hold(self, task: TaskRef) -> "Future[int]":
        return self._ask(Verb.HOLD, task)

    def step(self, task: TaskRef) -> "Future[int]":
        return self._ask(Verb.STEP, task)

    def release(self, task: TaskRef) -> "Future[int]":
        return self._ask(Verb.RELEASE, task)

    def pin(self, task: TaskRef) -> "Future[int]":
        return self._ask(Verb.PIN, task)

    def unpin(self, task: TaskRef) -> "Future[int]":
        return self._ask(Verb.UNPIN, task)

    def mark(self, frame: int, moment_us: int, note: str = "", task: TaskRef | None = None) -> "Future[int]":
        self.marked.append(Mark(self.now_us, moment_us, frame, note, "alice", task))
        return self._append(self.marked[-1])

    def ack(self, rule: str, task: TaskRef | None = None) -> "Future[int]":
        self.acked.append(Ack(self.now_us, rule, "alice", task))
        return self._append(self.acked[-1])

    def _ask(self, verb: Verb, task: TaskRef, name: str = "") -> "Future[int]":
        self.asked.append(Request(self.now_us, verb, task, "alice", name))
        return self._append(self.asked[-1])

    def _append(self, entry: Entry) -> "Future[int]":
        self.tell(entry)
        frame: Future[int] = Future()
        frame.set_result(self._timeline.frame)
        return frame

    def _open_travel(self, _frame: int, _failed: object) -> ScriptedTravel:
        return ScriptedTravel(self.entries)

    def _open_scrubbing(self, _failed: object) -> ScriptedScrubbing:
        return ScriptedScrubbing(self.entries)

    def _open_lookups(self, _failed: object) -> ScriptedLookups:
        return ScriptedLookups(self.entries)

    def _open_recording(self, file: Path) -> Source:
        if file not in self.recordings:
            raise JournalError(f"{file} is no recording")
        return self.recordings[file].source

    def _note_closed(self) -> None:
        self.closed = True

    def _tune(self, tuning: Tuning) -> str:
        self.tuned.append(tuning)
        return ""

    def _note_shown(self) -> None:
        self.times_shown += 1

    def _listen(self, listener: Callable[[], None]) -> None:
        self._listener = listener


def _nobody() -> None:
    """Who listens before a screen does."""


def folded(entries: Iterable[Entry]) -> Snapshot:
    """What the screen is to show after these entries."""
    timeline = Timeline()
    for frame, entry in enumerate(entries, 1):
        timeline.apply(frame, entry)
    return timeline.snapshot()
