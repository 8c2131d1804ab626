"""When each task is to be looked at again, because time alone changes what is said of it."""

from collections.abc import Iterable
from heapq import heapify, heappop, heappush

from tui.core.standing import NEVER_US
from tui.core.task import TaskRef


class DueTimes:
    """At most one moment a task, µs UTC. `put` and `drop` are O(log n) in the long run."""

    def __init__(self) -> None:
        self._due: dict[TaskRef, int] = {}
        self._heap: list[tuple[int, TaskRef]] = []
        """Entries that no longer hold are left in and told by `_due`."""

    @property
    def next_us(self) -> int:
        """The earliest moment; `NEVER_US` for none."""
        self._drop_stale()
        return self._heap[0][0] if self._heap else NEVER_US

    def fill(self, due: Iterable[tuple[TaskRef, int]]) -> None:
        """Forget everything and hold these."""
        self._due = {task: at_us for task, at_us in due if at_us < NEVER_US}
        self._heap = [(at_us, task) for task, at_us in self._due.items()]
        heapify(self._heap)

    def put(self, task: TaskRef, at_us: int) -> None:
        """The moment of one task; `NEVER_US` for none."""
        if at_us >= NEVER_US:
            self.drop(task)
        elif self._due.get(task) != at_us:
            self._due[task] = at_us
            heappush(self._heap, (at_us, task))

    def drop(self, task: TaskRef) -> None:
        """No moment of this task any more."""
        self._due.pop(task, None)

    def take(self, now_us: int) -> list[TaskRef]:
        """The tasks whose moment has come; none of them has one any more."""
        taken = []
        while self._heap and self._heap[0][0] <= now_us:
            at_us, task = heappop(self._heap)
            if self._due.get(task) == at_us:
                del self._due[task]
                taken.append(task)
        return taken

    def _drop_stale(self) -> None:
        while self._heap and self._due.get(self._heap[0][1]) != self._heap[0][0]:
            heappop(self._heap)
