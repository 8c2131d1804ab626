"""How long nobody may look before it is a gap: bookkeeping for whoever polls. Times are µs of one clock that never
steps."""

from collections.abc import Iterator
from heapq import heapify, heappop, heappush

from msgspec import Struct

from tui.core.task import TaskRef

GAP_AFTER_US = 2_000_000
"""Nobody looked at anything for longer than planned: while any task is alive, one is asked every second at least."""

STALE_US = 10_000_000
"""Data of one task older than this, and than three times the interval the budget allows, need somebody (features.md
§3, U9)."""

_GARBAGE = 64
"""So many outdated entries of a heap are not worth building it anew."""


def planned_us(alive: int, rate_per_s: float, least_us: int = STALE_US) -> int:
    """How old the data of one task may get when `alive` tasks share `rate_per_s` requests a second, µs."""
    return max(least_us, int(3 * alive * 1_000_000 / rate_per_s))


class _Watch(Struct, gc=False):
    """One task that is to be looked at."""

    seen_us: int
    due_us: int
    """From when on a look is planned: what counts until then is nobody's fault."""
    entry: int = 0
    """The number of its entry in the heap."""


class Lookout:
    """Which tasks are to be looked at, when that last happened, and for which it is overdue.

    `watch`, `drop`, `looked` and `overdue` cost O(log n) in the long run, `overdue_tasks` that for each task it names.
    """

    def __init__(self) -> None:
        self._watches: dict[TaskRef, _Watch] = {}
        self._heap: list[tuple[int, int, TaskRef]] = []
        """(from when on a look was planned when this was put in, number, task); outdated entries are left in."""
        self._numbers = 0
        self._told: set[TaskRef] = set()
        """Named by `overdue_tasks` and not looked at since; these have no entry in the heap."""
        self._seen_us = 0
        """When somebody last looked at anything, or began to be meant to."""

    def __len__(self) -> int:
        return len(self._watches)

    def watch(self, task: TaskRef, now_us: int) -> None:
        """From now on this task is to be looked at; nothing for one that already is."""
        if task in self._watches:
            return
        if not self._watches:
            self._seen_us = max(self._seen_us, now_us)
        self._watches[task] = _Watch(now_us, now_us)
        self._put(task, self._watches[task])

    def drop(self, task: TaskRef) -> None:
        """This task is not to be looked at any more: over, held, forgotten."""
        self._watches.pop(task, None)
        self._told.discard(task)

    def looked(self, task: TaskRef, now_us: int, *, rest_us: int = 0) -> None:
        """An answer told something of this task. No look at it is planned for another `rest_us`."""
        self._seen_us = max(self._seen_us, now_us)
        watch = self._watches.get(task)
        if watch is None:
            return
        due_us = now_us + rest_us
        sooner = due_us < watch.due_us
        watch.seen_us, watch.due_us = now_us, due_us
        if sooner or task in self._told:
            self._told.discard(task)
            self._put(task, watch)

    def excuse(self, from_us: int, to_us: int) -> None:
        """Nobody looked at anything within this time, which is told by itself: it counts for no task. O(n)."""
        for watch in self._watches.values():
            if watch.due_us < to_us:
                watch.due_us += max(0, to_us - max(from_us, watch.due_us))
        self._fill()

    def overdue(self, now_us: int) -> int | None:
        """Since when nobody looked at anything, when that is longer than planned; None otherwise."""
        if not self._watches or now_us - self._seen_us <= GAP_AFTER_US:
            return None
        return self._seen_us if now_us - self._first_due_us() > GAP_AFTER_US else None

    def overdue_tasks(self, now_us: int, planned_us: int) -> list[tuple[TaskRef, int]]:
        """Tasks nobody looked at for longer than `planned_us`, with their last look; each is told once, until then."""
        told = []
        for task, watch in self._due_before(now_us - planned_us):
            self._told.add(task)
            told.append((task, watch.seen_us))
        return told

    def _first_due_us(self) -> int:
        """The earliest time from which on a look at any task is planned; the last look if one was told as overdue."""
        self._settle()
        return self._seen_us if self._told or not self._heap else self._heap[0][0]

    def _due_before(self, limit_us: int) -> Iterator[tuple[TaskRef, _Watch]]:
        """Take out, in their order, those for which a look was planned before `limit_us`."""
        self._settle()
        while self._heap and self._heap[0][0] < limit_us:
            task = heappop(self._heap)[2]
            yield task, self._watches[task]
            self._settle()

    def _settle(self) -> None:
        """Bring the first entry of the heap up to date: dropped ones go, those looked at since go to their place."""
        while self._heap:
            due_us, number, task = self._heap[0]
            watch = self._watches.get(task)
            if watch is not None and watch.entry == number:
                if watch.due_us == due_us:
                    return
                heappop(self._heap)
                self._put(task, watch)
            else:
                heappop(self._heap)

    def _put(self, task: TaskRef, watch: _Watch) -> None:
        self._numbers += 1
        watch.entry = self._numbers
        heappush(self._heap, (watch.due_us, watch.entry, task))
        if len(self._heap) > 2 * len(self._watches) + _GARBAGE:
            self._fill()

    def _fill(self) -> None:
        """Build the heap anew, without what is outdated."""
        self._heap = [
            (watch.due_us, watch.entry, task) for task, watch in self._watches.items() if task not in self._told
        ]
        heapify(self._heap)
