"""What a screen or a command talks to: the journal in the middle, whoever polls on a thread and a loop of its own."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future

from msgspec import Struct

from tui.core.entry import Request, Verb
from tui.core.secret import Credential
from tui.core.task import TaskRef
from tui.core.timeline import Snapshot
from tui.engine.ports import Api, Clock, Engine, JournalError, Keys, Reader, Writer
from tui.engine.recorder import Recorder
from tui.engine.tail import Tail


class Update(Struct, frozen=True):
    """What is new since the last `take`."""

    snapshot: Snapshot
    changed: frozenset[TaskRef] | None
    """The tasks whose views differ; None for all of them."""
    waiting: str
    """Why polling does not go on, when that is not in the journal: no key, a full disk; empty when it does."""


class Doors(Struct, frozen=True):
    """The outside world as a session needs it: how to open each thing, in the thread that will use it."""

    open_writer: Callable[[], Writer]
    open_reader: Callable[[], Reader]
    clock: Clock
    keys: Keys
    open_api: Callable[[Credential], Api]


class Session:
    """One journal, followed; and, between `poll` and `stop`, polled.

    `listener` is called from another thread when there is something to `take`, and not again before it was taken: a
    screen that stands still costs nothing and piles nothing up.
    """

    def __init__(self, doors: Doors, operator: str = "") -> None:
        self._doors = doors
        self._operator = operator
        self._lock = threading.Lock()
        self._snapshot = Snapshot()
        self._changed: frozenset[TaskRef] | None = frozenset()
        self._waiting = ""
        self._fresh = False
        self._listener: Callable[[], None] | None = None
        self._failure: BaseException | None = None
        self._gate = threading.Event()
        """Set when nobody waits for a first frame any more."""
        self._recorder = Recorder(doors.open_writer, self._wake_tail, self._fail)
        self._tail = Tail(
            doors.open_reader,
            doors.clock,
            publish=self._publish,
            heard=self._hear,
            keep=self._recorder.keep,
            failed=self._fail,
            gate=self._gate,
        )
        self._engine: Engine | None = None
        self._early: list[Request] = []
        """Requests that came before there was an engine."""

    def open(self) -> None:
        """Open the journal and begin to follow it.

        Raises:
            JournalError: it cannot be written.
        """
        self._recorder.start()
        self._tail.start()

    def poll(self) -> None:
        """Begin to poll, as soon as the key is there."""
        self._gate.set()
        from tui.engine.poller import Outside
        from tui.engine.polling import Polling

        outside = Outside(self._doors.keys, self._doors.open_api, self._recorder.append, self._doors.clock, self._wait)
        engine = Polling(outside, self._caught_up, self._fail)
        with self._lock:
            self._engine, early = engine, self._early
        engine.obey(early)
        engine.start()

    def stop(self) -> None:
        """End polling, write everything, close the journal."""
        self._gate.set()
        if self._engine is not None:
            self._engine.stop()
        self._recorder.flush()  # so that the tail still sees the poller's last word
        self._tail.stop()
        self._recorder.stop()

    @property
    def failure(self) -> BaseException | None:
        """What ended the engine though nobody asked for it: a journal that cannot be read, or a bug."""
        return self._failure

    def listen(self, listener: Callable[[], None]) -> None:
        """Call `listener` when there is news; at once if there already is."""
        with self._lock:
            self._listener = listener
            fresh = self._fresh
        if fresh:
            listener()

    def take(self) -> Update:
        """The newest Snapshot and what changed since the last call."""
        with self._lock:
            update = Update(self._snapshot, self._changed, self._waiting)
            self._changed = frozenset()
            self._fresh = False
            return update

    def wait_glance(self, timeout_s: float) -> bool:
        """Wait until a first frame has something to show: the tasks as they were kept; False if it took longer."""
        return self._tail.glanced.wait(timeout_s)

    def wait_caught_up(self, timeout_s: float | None = None) -> bool:
        """Wait until the journal, as it was at the start, is folded; False if it took longer."""
        self._gate.set()
        return self._tail.caught_up.wait(timeout_s)

    def watch(self, task: TaskRef, name: str = "") -> "Future[int]":
        """Ask for a task to be polled; the future is its journal frame."""
        return self._request(Verb.WATCH, task, name)

    def forget(self, task: TaskRef) -> "Future[int]":
        """Ask for a task not to be polled any more. Its past stays in the journal."""
        return self._request(Verb.FORGET, task)

    def poll_now(self, task: TaskRef) -> "Future[int]":
        """Ask for one poll out of turn, through the same spacing as all others."""
        return self._request(Verb.POLL_NOW, task)

    def _request(self, verb: Verb, task: TaskRef, name: str = "") -> "Future[int]":
        return self._recorder.append(Request(self._doors.clock.now_us(), verb, task, self._operator, name))

    def _caught_up(self) -> Snapshot:
        self._tail.caught_up.wait()
        with self._lock:
            return self._snapshot

    def _hear(self, requests: Sequence[Request]) -> None:
        with self._lock:
            engine = self._engine
            if engine is None:
                self._early.extend(requests)
        if engine is not None:
            engine.obey(requests)

    def _wake_tail(self) -> None:
        self._tail.wake()

    def _wait(self, why: str) -> None:
        with self._lock:
            news, self._waiting = why != self._waiting, why
        if news:
            self._tell()

    def _publish(self, snapshot: Snapshot, changed: frozenset[TaskRef] | None) -> None:
        with self._lock:
            self._snapshot = snapshot
            self._changed = None if changed is None or self._changed is None else self._changed | changed
        self._tell()

    def _fail(self, error: BaseException) -> None:
        self._failure = error
        if isinstance(error, JournalError):
            self._wait(str(error))
        self._tell()

    def _tell(self) -> None:
        with self._lock:
            if self._fresh:
                return
            self._fresh = True
            listener = self._listener
        if listener is not None:
            listener()
