"""Tasks in the order of their keys, where one task can move without sorting the others."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import cast

from tui.core.task import TaskRef

Part = int | str | tuple[int, ...] | TaskRef
Key = tuple[Part, ...]
"""Compared part by part; no two tasks may have the same, so the last part names the task."""


class Order:
    """A sorted list with its index: `put`, `drop` and `index` are O(log n) comparisons and one move of memory."""

    def __init__(self) -> None:
        self._keys: list[Key] = []
        self._tasks: list[TaskRef] = []
        self._key_of: dict[TaskRef, Key] = {}

    def __len__(self) -> int:
        return len(self._tasks)

    def __getitem__(self, index: int) -> TaskRef:
        return self._tasks[index]

    def __iter__(self) -> Iterator[TaskRef]:
        return iter(self._tasks)

    def fill(self, keyed: Iterable[tuple[TaskRef, Key]]) -> None:
        """Forget everything and hold these."""
        self._key_of = dict(keyed)
        ordered = sorted(self._key_of.items(), key=itemgetter(1))
        self._keys = [key for _, key in ordered]
        self._tasks = [task for task, _ in ordered]

    def add(self, keyed: Iterable[tuple[TaskRef, Key]]) -> None:
        """Hold these too; those that are in already stay as they are."""
        fresh = {task: key for task, key in keyed if task not in self._key_of}
        self._key_of.update(fresh)
        self._keys += fresh.values()
        self._keys.sort()
        self._tasks = [cast("TaskRef", key[-1]) for key in self._keys]

    def put(self, task: TaskRef, key: Key) -> None:
        """Add the task, or move it to where `key` belongs."""
        if self._key_of.get(task) == key:
            return
        self.drop(task)
        at = bisect_left(self._keys, key)
        self._keys.insert(at, key)
        self._tasks.insert(at, task)
        self._key_of[task] = key

    def drop(self, task: TaskRef) -> None:
        """Take the task out, if it is in."""
        at = self.index(task)
        if at is not None:
            del self._keys[at], self._tasks[at], self._key_of[task]

    def index(self, task: TaskRef) -> int | None:
        """Where the task stands, from 0; None when it is not in."""
        key = self._key_of.get(task)
        return None if key is None else bisect_left(self._keys, key)

    def first(self, count: int) -> list[TaskRef]:
        """The first `count` tasks."""
        return self._tasks[:count]
