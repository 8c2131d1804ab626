"""When a breakpoint hits: one definition, whether entries come in now or are read again, forwards or backwards.

A breakpoint hits a task at frame n when its predicate holds for the task after entry n and did not hold after entry
n-1. The time of a position is `Snapshot.at_us`: that of the newest entry so far. So what becomes true by time alone
hits with the first entry, of whatever, at or behind that moment. Tasks that nobody watches are hit by nothing.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush
from typing import Protocol

from tui.core.breakpoint import Breakpoint, Hit, in_scope
from tui.core.facts import facts_of
from tui.core.predicate import Predicate, compile_predicate
from tui.core.predicate.part import VERDICT
from tui.core.standing import NEVER_US
from tui.core.task import TaskRef
from tui.core.views import TaskView, ToolView

Reading = tuple[object, ...]

_GARBAGE = 64
"""So many outdated moments are not worth putting the others in order anew."""


class Position(Protocol):
    """Everything as it is after some entry; `Snapshot` and `Timeline` are."""

    @property
    def at_us(self) -> int:
        """The time of the newest entry, µs UTC."""

    @property
    def tasks(self) -> Mapping[TaskRef, TaskView]:
        """Watched tasks."""

    @property
    def tool(self) -> ToolView:
        """What is known of the tool itself."""


class Sentry:
    """Follows one predicate from position to position. An entry that turns nothing costs O(log n)."""

    def __init__(self, predicate: Predicate, scope: str) -> None:
        self._predicate = predicate
        self._scope = scope
        self._true: set[TaskRef] = set()
        self._due_us: dict[TaskRef, int] = {}
        """When time alone may next turn the truth for a task."""
        self._heap: list[tuple[int, TaskRef]] = []
        """Those moments, earliest first; what `_due_us` does not know any more is outdated."""
        self._named: dict[TaskRef, tuple[str, bool]] = {}
        """Task → its name, and whether one of that name is in scope."""
        self._tool: Reading = ()
        """What the predicate asks of the tool, which is the same for all tasks."""
        self._unbound = predicate.unbound
        self._skew_cuts = sorted(set(predicate.constants("skew")))

    @property
    def due_us(self) -> int:
        """Before this moment, time alone turns no truth."""
        return self._heap[0][0] if self._heap else NEVER_US

    def begin(self, at: Position) -> None:
        """From here on; what is true here is no news."""
        self._true.clear()
        self._due_us.clear()
        self._heap.clear()
        self._tool = self._read(at.tool)
        for task in at.tasks:
            self._turns_true(task, at)

    def see(self, touched: TaskRef | None, at: Position) -> list[TaskRef]:
        """The tasks for which the predicate has become true with the newest entry, which was about `touched`."""
        tool = self._read(at.tool)
        if tool != self._tool:
            self._tool = tool
            return sorted(task for task in at.tasks.keys() | self._true if self._turns_true(task, at))
        tasks = self._due(at.at_us)
        if touched is not None:
            tasks.add(touched)
        return sorted(task for task in tasks if self._turns_true(task, at))

    def _due(self, now_us: int) -> set[TaskRef]:
        """Tasks whose moment has come."""
        due: set[TaskRef] = set()
        while self._heap and self._heap[0][0] <= now_us:
            at_us, task = heappop(self._heap)
            if self._due_us.get(task) == at_us:
                del self._due_us[task]
                due.add(task)
        return due

    def _turns_true(self, task: TaskRef, at: Position) -> bool:
        """Look at one task; True when the predicate holds for it, and did not before."""
        before = task in self._true
        if not self._holds(task, at):
            self._true.discard(task)
            return False
        self._true.add(task)
        return not before

    def _holds(self, task: TaskRef, at: Position) -> bool:
        view = at.tasks.get(task)
        if view is None or not self._means(view):
            self._due_us.pop(task, None)
            return False
        facts = facts_of(view, at.tool, at.at_us)
        due_us = at.at_us + 1 if self._predicate.restless else self._predicate.next_us(facts)
        if self._due_us.get(task) != due_us:
            self._due_us[task] = due_us
            if due_us < NEVER_US:
                self._put(due_us, task)
        return self._predicate.holds(facts)

    def _put(self, due_us: int, task: TaskRef) -> None:
        heappush(self._heap, (due_us, task))
        if len(self._heap) > 2 * len(self._due_us) + _GARBAGE:
            self._heap = [(due_us, task) for task, due_us in self._due_us.items() if due_us < NEVER_US]
            heapify(self._heap)

    def _read(self, tool: ToolView) -> Reading:
        """What the predicate asks of the tool: as long as that is equal, the tool turns no truth."""
        asked, read = self._predicate.words, list[object]()
        if VERDICT in self._unbound:
            read += [tool.blindness, tool.gap, tool.gaps, tool.polling]
        if "skew" in asked:
            read.append(self._read_skew(tool))
        if "gap" in asked:
            read.append(tool.gap and tool.gap.cause)
        if "unknown" in asked:
            read.append(tool.blindness is None)
        return tuple(read)

    def _read_skew(self, tool: ToolView) -> object:
        offset_us = tool.skew.offset_us if tool.skew is not None else None
        if offset_us is None or "skew" in self._unbound:
            return offset_us
        return bisect_left(self._skew_cuts, offset_us), bisect_right(self._skew_cuts, offset_us)

    def _means(self, view: TaskView) -> bool:
        known = self._named.get(view.task)
        if known is None or known[0] != view.name:
            known = self._named[view.task] = (view.name, in_scope(self._scope, view))
        return known[1]


class Guard:
    """Follows several breakpoints at once."""

    def __init__(self, breakpoints: Iterable[Breakpoint]) -> None:
        predicates = [(one, compile_predicate(one.when)) for one in breakpoints]
        self._posts = [(one, Sentry(predicate, one.scope)) for one, predicate in predicates]
        self._predicates = [predicate for _, predicate in predicates]

    @property
    def due_us(self) -> int:
        """Before this moment, time alone turns nothing."""
        return min((sentry.due_us for _, sentry in self._posts), default=NEVER_US)

    @property
    def unbound(self) -> frozenset[str]:
        """Words of which any change may matter."""
        return frozenset[str]().union(*(one.unbound for one in self._predicates))

    def constants(self, word: str) -> tuple[float, ...]:
        """What a word is compared with."""
        return tuple(sorted({cut for one in self._predicates for cut in one.constants(word)}))

    def begin(self, at: Position) -> None:
        """From here on; what is true here hits nobody."""
        for _, sentry in self._posts:
            sentry.begin(at)

    def see(self, frame: int, touched: TaskRef | None, at: Position) -> Sequence[Hit]:
        """What hits with entry `frame`, which was about `touched` and is the newest one of `at`."""
        return [
            Hit(frame, at.at_us, one.number, task)
            for one, sentry in self._posts
            for task in sentry.see(touched, at)
            if one.expires_us is None or at.at_us < one.expires_us
        ]
