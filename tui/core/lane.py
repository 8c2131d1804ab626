"""A queue of tasks by key: what a schedule is made of."""

from heapq import heapify, heappop, heappush
from typing import Generic, TypeVar

from tui.core.task import TaskRef

Key = TypeVar("Key", int, float)

_SPARE = 64
"""Left-overs a small heap may hold before it is swept."""


class Lane(Generic[Key]):
    """Tasks by key, then in the order in which they were put; each at most once. O(log n) to put, O(1) to drop.

    A dropped task stays in the heap until it comes to the top or the heap is swept: never more than half of the heap.
    """

    def __init__(self) -> None:
        self._entries: dict[TaskRef, tuple[Key, int, TaskRef]] = {}
        self._heap: list[tuple[Key, int, TaskRef]] = []
        self._count = 0

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, task: TaskRef) -> bool:
        return task in self._entries

    def put(self, task: TaskRef, key: Key) -> None:
        """Queue the task; one that is queued already changes its place."""
        self._count += 1
        entry = key, self._count, task
        self._entries[task] = entry
        heappush(self._heap, entry)
        self._sweep()

    def drop(self, task: TaskRef) -> None:
        """Take the task out, if it is in."""
        if self._entries.pop(task, None) is not None:
            self._sweep()

    def first(self) -> tuple[Key, TaskRef] | None:
        """The task with the smallest key."""
        while self._heap:
            entry = self._heap[0]
            if self._entries.get(entry[2]) is entry:
                return entry[0], entry[2]
            heappop(self._heap)
        return None

    def _sweep(self) -> None:
        if len(self._heap) > 2 * len(self._entries) + _SPARE:
            self._heap = list(self._entries.values())
            heapify(self._heap)
