"""Going through the past: one thread owns the way into the journal, so that no key ever waits for a disk."""

import threading
from collections import deque
from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from tui.core.entry import Entry
from tui.core.position import Arrival, Found, Sight, Way, Wish
from tui.core.task import TaskRef
from tui.core.timeline import Snapshot
from tui.engine.finding import find
from tui.engine.ports import GivenUp, Hunter, JournalError, Past
from tui.engine.thread import work_thread

OpenHunter = Callable[[Callable[[], bool]], Hunter]
"""Opens a hunter, which asks now and then whether its answer is still wanted."""


class _Order(Struct, frozen=True):
    wish: Wish
    wanted: Sequence[TaskRef]
    shown: Snapshot | None


class Traveller:
    """A position in the journal, and wishes that move it, one after another.

    What was wished leads to an Arrival with what is wanted first, and, when that is not all, to another one with the
    rest, unless somebody wishes on meanwhile. `listener` is called in the thread when there is something to `take`, and
    not again before it was taken.
    """

    def __init__(
        self,
        open_past: Callable[[], Past],
        failed: Callable[[BaseException], None],
        open_hunter: OpenHunter | None = None,
    ) -> None:
        self._open_past = open_past
        self._open_hunter = open_hunter
        self._hunter: Hunter | None = None
        self._past: Past | None = None
        self._orders: deque[_Order] = deque()
        self._ordered = threading.Condition()
        self._stopping = False
        self._lock = threading.Lock()
        self._arrival: Arrival | None = None
        self._listener: Callable[[], None] | None = None
        self._frame = 0
        self._newest = 0
        self._sight = Sight()
        """What was told last."""
        self._thread = work_thread("traveller", self._run, failed)

    def start(self, frame: int, shown: Snapshot | None = None) -> None:
        """Begin at `frame`, with `shown` on the screen. Nothing is told before the first wish."""
        self._frame = frame
        if shown is not None:
            self._sight = Sight(shown)
        self._thread.start()

    def go(self, wish: Wish, wanted: Sequence[TaskRef] = (), shown: Snapshot | None = None) -> None:
        """Do this after all that was wished before; the views of `wanted` are there first. Callable from any thread.

        Args:
            shown: what the screen shows, when that is not the Arrival taken last.
        """
        with self._ordered:
            self._orders.append(_Order(wish, wanted, shown))
            self._ordered.notify()

    def listen(self, listener: Callable[[], None]) -> None:
        """Call `listener` when there is an Arrival; at once if there already is."""
        with self._lock:
            self._listener = listener
            waiting = self._arrival is not None
        if waiting:
            listener()

    def take(self) -> Arrival | None:
        """The newest Arrival, with all that changed since the one taken before; None when there is none."""
        with self._lock:
            arrival, self._arrival = self._arrival, None
        return arrival

    def stop(self) -> None:
        """Give up what is under way, give the journal back, and end the thread."""
        with self._ordered:
            self._stopping = True
            self._ordered.notify()
        if self._past is not None:
            self._past.interrupt()
        self._thread.join()

    def _run(self) -> None:
        past = self._past = self._open_past()
        try:
            while (order := self._next()) is not None:
                self._do(past, order)
        finally:
            past.close()
            if self._hunter is not None:
                self._hunter.close()

    def _next(self) -> _Order | None:
        with self._ordered:
            self._ordered.wait_for(lambda: self._stopping or self._orders)
            return None if self._stopping else self._orders.popleft()

    def _idle(self) -> bool:
        """Whether nobody wishes for anything else than what is under way."""
        return not self._orders and not self._stopping

    def _going(self) -> bool:
        return not self._stopping

    def _do(self, past: Past, order: _Order) -> None:
        try:
            self._depart(order)
            self._arrive(past, self._find(past, order.wish), order.wanted)
        except GivenUp:
            return
        except JournalError as error:
            self._show(self._sight, None, Found(None, str(error)), moved=False)

    def _depart(self, order: _Order) -> None:
        if order.shown is not None:
            self._sight = Sight(order.shown)
        if order.wish.origin is not None:
            self._frame = order.wish.origin

    def _find(self, past: Past, wish: Wish) -> Found:
        if wish.way in (Way.HIT, Way.UNTIL) and self._hunter is None and self._open_hunter is not None:
            self._hunter = self._open_hunter(self._idle)
        try:
            return find(past, self._hunter, self._frame, wish, self._name(wish.task))
        except ValueError as error:  # a predicate that cannot be read
            return Found(None, str(error))

    def _arrive(self, past: Past, found: Found, wanted: Sequence[TaskRef]) -> None:
        """Tell how it is there: what is wanted first, then all, unless somebody wishes on."""
        moved = found.frame is not None
        frame = self._frame if found.frame is None else found.frame
        sight = self._look(past, frame, wanted)
        self._newest, entry = past.last(), past.entry(frame)
        self._frame = frame
        self._show(sight, entry, found, moved=moved)
        if not sight.complete:
            whole = past.whole(frame, self._idle)
            if whole is not None:
                self._show(Sight(whole), entry, Found(frame, task=found.task), moved=moved)

    def _look(self, past: Past, frame: int, wanted: Sequence[TaskRef]) -> Sight:
        if self._sight.snapshot.frame == frame:
            return self._sight
        if self._sight.snapshot.frame:
            return past.sight(frame, wanted, self._sight)
        whole = past.whole(frame, self._going)  # nothing is shown that could stand in for the rest
        if whole is None:
            raise GivenUp
        return Sight(whole)

    def _show(self, sight: Sight, entry: Entry | None, found: Found, *, moved: bool) -> None:
        changed = _differences(self._sight.snapshot, sight.snapshot)
        self._sight = sight
        self._tell(Arrival(sight.snapshot, entry, sight.complete, changed, self._newest, moved, found.told, found.task))

    def _tell(self, arrival: Arrival) -> None:
        """Let `arrival` be taken, with what it adds to one that nobody has taken."""
        with self._lock:
            before, self._arrival = self._arrival, arrival
            if before is not None:
                both = None if before.changed is None or arrival.changed is None else before.changed | arrival.changed
                told = arrival.told or (before.told if before.snapshot.frame == arrival.snapshot.frame else "")
                self._arrival = replace(arrival, changed=both, moved=before.moved or arrival.moved, told=told)
            listener = self._listener
        if before is None and listener is not None:
            listener()

    def _name(self, task: TaskRef | None) -> str:
        if task is None:
            return ""
        snapshot = self._sight.snapshot
        view = snapshot.tasks.get(task) or snapshot.forgotten.get(task)
        return (view.name if view is not None else "") or task.task_id


def _differences(before: Snapshot, after: Snapshot) -> frozenset[TaskRef] | None:
    """The tasks whose views differ; None when these are others, or in another order."""
    if list(before.tasks) != list(after.tasks):
        return None
    old = before.tasks
    return frozenset(task for task, view in after.tasks.items() if old[task] is not view and old[task] != view)
