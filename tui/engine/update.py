"""What is new in a journal, kept for a screen until it takes it."""

import threading
from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from tui.core.breakpoint import Hit
from tui.core.lease import LeaseView
from tui.core.task import TaskRef
from tui.core.timeline import Snapshot

HITS_KEPT = 1_000
"""So many hits wait for a screen that stands still."""


class Update(Struct, frozen=True):
    """What is new since the last `take`."""

    snapshot: Snapshot
    changed: frozenset[TaskRef] | None
    """The tasks whose views differ; None for all of them."""
    waiting: str
    """Why polling does not go on, when that is not in the journal: no key, a full disk; empty when it does."""
    lease: LeaseView = LeaseView()
    """Who polls."""
    mine: bool = False
    """It is this process."""
    hits: tuple[Hit, ...] = ()
    """Of breakpoints, since the last `take`; of very many, the newest."""


class Updates:
    """The newest facts, and what of them nobody has taken yet. Callable from any thread.

    The listener is called, by whoever brings news, when there is something to `take`, and not again before it was
    taken: a screen that stands still costs nothing and piles nothing up.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._update = Update(Snapshot(), frozenset(), "")
        self._fresh = False
        self._listener: Callable[[], None] | None = None

    @property
    def newest(self) -> Update:
        """The newest facts, without taking them."""
        with self._lock:
            return self._update

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
            update = self._update
            self._update = replace(update, changed=frozenset(), hits=())
            self._fresh = False
        return update

    def publish(self, snapshot: Snapshot, changed: frozenset[TaskRef] | None) -> None:
        """A newer Snapshot, and the tasks whose views differ from the one before; None for all."""
        with self._lock:
            before = self._update.changed
            both = None if changed is None or before is None else before | changed
            self._update = replace(self._update, snapshot=snapshot, changed=both)
        self.tell()

    def hit(self, hits: Sequence[Hit]) -> None:
        """Breakpoints have hit; told with the Snapshot that follows."""
        with self._lock:
            self._update = replace(self._update, hits=(*self._update.hits, *hits)[-HITS_KEPT:])

    def change(self, **news: str | bool | LeaseView) -> None:
        """Another value of some fields."""
        with self._lock:
            before, self._update = self._update, replace(self._update, **news)
            same = before == self._update
        if not same:
            self.tell()

    def tell(self) -> None:
        """There is something to take."""
        with self._lock:
            told, self._fresh = self._fresh, True
            listener = self._listener
        if not told and listener is not None:
            listener()
