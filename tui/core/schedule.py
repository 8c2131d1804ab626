"""Which task is asked next. Pure; times are of one monotonic clock, µs.

Rules: what the user asked for goes first, then what is to be asked again out of turn, then everybody by turn: who has
waited longest. A task that is over is asked only when the user says so. A task that is being asked is not asked twice.
"""

import heapq
from collections import OrderedDict

from msgspec import Struct

from tui.core.entry import Reason
from tui.core.task import TaskRef

MIN_GAP_US = 1_000_000
"""Politeness: by turn, one task is asked once a second at most (polling.md §2)."""


class Turn(Struct, frozen=True, gc=False):
    """Whose turn it is, and when it may be sent at the earliest."""

    task: TaskRef
    reason: Reason
    at_us: int


class Schedule:
    """The watched tasks. A turn that is `taken` ends with one of `by_turn`, `again`, `rest` or `forget`."""

    def __init__(self) -> None:
        self._asked: OrderedDict[TaskRef, None] = OrderedDict()
        self._again = _Queue()
        self._turns = _Queue()
        self._reasons: dict[TaskRef, Reason] = {}
        self._flying: set[TaskRef] = set()
        self._known: set[TaskRef] = set()

    def __contains__(self, task: TaskRef) -> bool:
        return task in self._known

    def __len__(self) -> int:
        return len(self._known)

    @property
    def alive(self) -> int:
        """How many tasks will be asked without anybody's wish."""
        return len(self._turns) + len(self._again) + len(self._flying)

    def by_turn(self, task: TaskRef, earliest_us: int = 0) -> None:
        """Ask this task by turn, not before `earliest_us`."""
        self._place(task)
        self._turns.put(task, earliest_us)

    def again(self, task: TaskRef, at_us: int, reason: Reason) -> None:
        """Ask this task at `at_us`, before those by turn."""
        self._place(task)
        self._reasons[task] = reason
        self._again.put(task, at_us)

    def rest(self, task: TaskRef) -> None:
        """The task is over: no more turns."""
        self._place(task)

    def forget(self, task: TaskRef) -> None:
        """Do not ask this task at all any more."""
        self._place(task)
        self._known.discard(task)
        self._asked.pop(task, None)

    def ask(self, task: TaskRef) -> None:
        """The user wants this task asked now; asking twice before it is sent is asking once."""
        self._asked[task] = None

    def next(self, now_us: int) -> Turn | None:
        """Who is next and when; None when there is nobody to ask."""
        wish = next((task for task in self._asked if task not in self._flying), None)
        if wish is not None:
            return Turn(wish, Reason.YOU, now_us)
        urgent = self._again.first()
        regular = self._turns.first()
        if urgent is not None and (urgent[0] <= now_us or regular is None or urgent[0] <= regular[0]):
            return Turn(urgent[1], self._reasons[urgent[1]], max(now_us, urgent[0]))
        if regular is not None:
            return Turn(regular[1], Reason.BASE, max(now_us, regular[0]))
        return None

    def taken(self, turn: Turn) -> None:
        """The turn is being sent now."""
        self._place(turn.task)
        self._flying.add(turn.task)
        self._asked.pop(turn.task, None)

    def _place(self, task: TaskRef) -> None:
        self._known.add(task)
        self._flying.discard(task)
        self._again.drop(task)
        self._turns.drop(task)
        self._reasons.pop(task, None)


class _Queue:
    """Tasks by time, then in the order in which they came: O(log n) to put and to drop."""

    def __init__(self) -> None:
        self._times: dict[TaskRef, tuple[int, int]] = {}
        self._heap: list[tuple[int, int, TaskRef]] = []
        self._count = 0

    def __len__(self) -> int:
        return len(self._times)

    def put(self, task: TaskRef, at_us: int) -> None:
        self._count += 1
        self._times[task] = at_us, self._count
        heapq.heappush(self._heap, (at_us, self._count, task))

    def drop(self, task: TaskRef) -> None:
        self._times.pop(task, None)

    def first(self) -> tuple[int, TaskRef] | None:
        """The earliest one."""
        while self._heap:
            at_us, count, task = self._heap[0]
            if self._times.get(task) == (at_us, count):
                return at_us, task
            heapq.heappop(self._heap)
        return None
