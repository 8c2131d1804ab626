"""What a screen or a command talks to: the journal in the middle, whoever polls on a thread and a loop of its own."""

import threading
from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from tui.core.attention import Attention
from tui.core.breakpoint import Breakpoint
from tui.core.entry import Request
from tui.core.lease import LeaseView
from tui.core.secret import Credential
from tui.core.task import TaskRef
from tui.core.timeline import Snapshot
from tui.core.trail import Stretch
from tui.engine.pace import Pace
from tui.engine.ports import Api, Bell, Clock, Engine, JournalError, Keeper, Keys, Lease, Reader, Writer
from tui.engine.recorder import Recorder
from tui.engine.requests import Requests
from tui.engine.tail import Listeners, Tail
from tui.engine.update import Update, Updates


class Doors(Struct, frozen=True):
    """The outside world as a session needs it: how to open each thing, in the thread that will use it."""

    open_writer: Callable[[], Writer]
    open_reader: Callable[[], Reader]
    open_lease: Callable[[], Lease]
    open_bell: Callable[[], Bell]
    open_keeper: Callable[[], Keeper]
    clock: Clock
    keys: Keys
    open_api: Callable[[Credential], Api]
    chance: Callable[[], float]
    """A number from 0 to 1, another one each time."""


class Session(Requests):
    """One journal, followed; and, between `poll` and `stop`, polled, unless another process does it.

    `listener` is called from another thread when there is something to `take`, and not again before it was taken: a
    screen that stands still costs nothing and piles nothing up.
    """

    def __init__(self, doors: Doors, operator: str = "", *, owner: str, pace: Pace | None = None) -> None:
        self._doors = doors
        self._pace = pace or Pace()
        self._owner = owner
        """What names this process in the lease, and its screen among those that are open."""
        self._lock = threading.Lock()
        self._updates = Updates()
        self._failure: BaseException | None = None
        self._gate = threading.Event()
        """Set when nobody waits for a first frame any more."""
        self._recorder = Recorder(doors.open_writer, self._wake_tail, self._fail)
        super().__init__(self._recorder.append, doors.clock.now_us, operator)
        listeners = Listeners(
            self._updates.publish,
            self._hear,
            self._attend,
            self._leased,
            self._keep,
            self._fail,
            self._updates.hit,
        )
        self._tail = Tail(doors.open_reader, doors.open_bell, doors.clock, listeners, self._gate)
        self._engine: Engine | None = None
        self._attentions: tuple[Attention, ...] = ()
        self._end_housekeeping: Callable[[], None] = _nothing_to_end

    def open(self) -> None:
        """Open the journal and begin to follow it.

        Raises:
            JournalError: it cannot be written.
        """
        self._recorder.start()
        self._tail.start()

    def poll(self) -> None:
        """Begin to poll, as soon as the key is there and nobody else does."""
        self._gate.set()
        from tui.engine.outside import Outside
        from tui.engine.polling import Polling

        doors = self._doors
        outside = Outside(
            keys=doors.keys,
            open_api=doors.open_api,
            open_lease=doors.open_lease,
            append=self._recorder.append,
            clock=doors.clock,
            chance=doors.chance,
            folded=self._folded,
            waits=self._wait,
            reigns=self._reign,
            pace=self._pace,
        )
        engine = Polling(outside, self._fail)
        with self._lock:
            self._engine = engine
            attentions = self._attentions
        engine.attend(attentions)
        engine.start()

    def stop(self) -> None:
        """End polling, write everything, close the journal."""
        self._gate.set()
        if self._engine is not None:
            self._engine.stop()  # which ends its reign, if it has one
        self._recorder.attend(self._owner, None)
        self._recorder.flush()  # so that the tail still sees the poller's last word
        self._tail.stop()
        self._recorder.stop()

    @property
    def failure(self) -> BaseException | None:
        """What ended the engine though nobody asked for it: a journal that cannot be read, or a bug."""
        return self._failure

    def listen(self, listener: Callable[[], None]) -> None:
        """Call `listener` when there is news; at once if there already is."""
        self._updates.listen(listener)

    def take(self) -> Update:
        """The newest Snapshot and what changed since the last call."""
        update = self._updates.take()
        if update.lease.owner and not update.mine:
            return replace(update, waiting="")  # somebody else polls: what keeps us from it matters to nobody
        return update

    def wait_glance(self, timeout_s: float) -> bool:
        """Wait until a first frame has something to show: the tasks as they were kept; False if it took longer."""
        return self._tail.glanced.wait(timeout_s)

    def wait_caught_up(self, timeout_s: float | None = None) -> bool:
        """Wait until the journal, as it was at the start, is folded; False if it took longer."""
        self._gate.set()
        return self._tail.caught_up.wait(timeout_s)

    def attend(self, attention: Attention) -> None:
        """Tell whoever polls what this screen shows. To be told again every 10 s, and when it changes."""
        self._recorder.attend(self._owner, attention)

    def guard(self, breakpoints: Sequence[Breakpoint]) -> None:
        """From now on look for hits of these, instead of those before; they come with the next `take`.

        Raises:
            PredicateError: one of them cannot be read; those before stay.
        """
        if not breakpoints:
            self._tail.guard(None)
            return
        from tui.core.sentry import Guard

        self._tail.guard(Guard(breakpoints))

    def _folded(self, frame: int) -> Snapshot:
        self._tail.wait_frame(frame)
        return self._updates.newest.snapshot

    def _hear(self, requests: Sequence[Request]) -> None:
        if self._engine is not None:  # else they are in the Snapshot from which an engine will begin
            self._engine.obey(requests)

    def _attend(self, attentions: tuple[Attention, ...]) -> None:
        with self._lock:
            self._attentions, engine = attentions, self._engine
        if engine is not None:
            engine.attend(attentions)

    def _wake_tail(self) -> None:
        self._tail.wake()

    def _wait(self, why: str) -> None:
        self._updates.change(waiting=why)

    def _leased(self, lease: LeaseView) -> None:
        self._updates.change(lease=lease, mine=lease.owner == self._owner)

    def _reign(self, begins: bool) -> None:  # noqa: FBT001 - a callback
        self._end_housekeeping()
        self._end_housekeeping = _nothing_to_end
        if begins:
            from tui.engine.housekeeping import Housekeeping

            housekeeping = Housekeeping(self._doors.open_keeper, self._doors.clock, self._fail)
            housekeeping.start()
            self._end_housekeeping = housekeeping.stop

    def _keep(self, snapshot: Snapshot, changed: Sequence[TaskRef], stretch: Stretch) -> None:
        """Store the fold, unless another process polls, and so stores it."""
        newest = self._updates.newest
        if newest.mine or not newest.lease.owner:
            self._recorder.keep(snapshot, changed, stretch)

    def _fail(self, error: BaseException) -> None:
        self._failure = error
        if isinstance(error, JournalError):
            self._wait(str(error))
        self._updates.tell()


def _nothing_to_end() -> None:
    """No housekeeping is under way."""
