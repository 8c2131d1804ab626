"""Which task is asked next: round robin, with the urgent ones first. Pure; times of one monotonic clock, µs.

Rules: what the user asked for goes first, then what is due for confirmation, then everybody in turn; a task that is
over is asked only when the user says so; one and the same task is not asked more often than `MIN_GAP_US` by turn.
"""

import heapq
from collections import OrderedDict, deque
from dataclasses import dataclass

from tui.core.entry import Reason
from tui.core.task import TaskRef

MIN_GAP_US = 1_000_000
"""Politeness: a lone task is asked once a second (polling.md §2)."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is, and when it may be sent at the earliest."""

    task: TaskRef
    reason: Reason
    at_us: int


class Schedule:
    """The tasks in their order. A task that was handed out comes back with `done`."""

    def __init__(self) -> None:
        self._round: OrderedDict[TaskRef, int] = OrderedDict()
        """Tasks to be asked by turn → earliest time. Front first; times never fall, as every turn waits as long."""
        self._fresh: OrderedDict[TaskRef, None] = OrderedDict()
        """Tasks never asked so far, in the order in which they came: they go before the round."""
        self._due: list[tuple[int, TaskRef]] = []
        """Confirmations: heap of (time, task); stale ones are told by `_confirm`."""
        self._confirm: dict[TaskRef, int] = {}
        self._asked: deque[TaskRef] = deque()
        self._resting: set[TaskRef] = set()
        """Watched, but over: asked only on request."""

    def __len__(self) -> int:
        return len(self._fresh) + len(self._round) + len(self._confirm) + len(self._resting)

    def __contains__(self, task: TaskRef) -> bool:
        return any(task in place for place in (self._fresh, self._round, self._confirm, self._resting))

    def add(self, task: TaskRef) -> None:
        """Ask this task by turn from now on; a task already known is left as it is."""
        if task not in self:
            self._fresh[task] = None

    def rest(self, task: TaskRef) -> None:
        """The task is over: no more turns."""
        self._drop(task)
        self._resting.add(task)

    def forget(self, task: TaskRef) -> None:
        """Do not ask this task at all any more."""
        self._drop(task)
        if task in self._asked:
            self._asked.remove(task)

    def ask(self, task: TaskRef) -> None:
        """The user wants this task asked now; asking twice before it was sent is asking once."""
        if task not in self._asked:
            self._asked.append(task)

    def back(self, task: TaskRef, earliest_us: int) -> None:
        """Put a task at the end of the round, not to be asked before `earliest_us`."""
        self._drop(task)
        self._round[task] = earliest_us

    def confirm(self, task: TaskRef, at_us: int) -> None:
        """Ask this task again at `at_us`, out of turn."""
        self._drop(task)
        self._confirm[task] = at_us
        heapq.heappush(self._due, (at_us, task))

    def next(self, now_us: int) -> Turn | None:
        """Who is next; the turn is not taken until `back`, `confirm`, `rest` or `forget` says how it went."""
        if self._asked:
            return Turn(self._asked[0], Reason.YOU, now_us)
        confirmation = self._next_confirmation()
        if confirmation is not None and confirmation.at_us <= now_us:
            return confirmation
        if self._fresh:
            return Turn(next(iter(self._fresh)), Reason.BASE, now_us)
        by_turn = next(iter(self._round.items()), None)
        if by_turn is None:
            return confirmation
        turn = Turn(by_turn[0], Reason.BASE, max(now_us, by_turn[1]))
        return confirmation if confirmation is not None and confirmation.at_us < turn.at_us else turn

    def taken(self, turn: Turn) -> None:
        """The turn is being sent."""
        if turn.reason is Reason.YOU and self._asked and self._asked[0] == turn.task:
            self._asked.popleft()

    def _next_confirmation(self) -> Turn | None:
        while self._due:
            at_us, task = self._due[0]
            if self._confirm.get(task) == at_us:
                return Turn(task, Reason.CONFIRM, at_us)
            heapq.heappop(self._due)
        return None

    def _drop(self, task: TaskRef) -> None:
        self._fresh.pop(task, None)
        self._round.pop(task, None)
        self._confirm.pop(task, None)
        self._resting.discard(task)
