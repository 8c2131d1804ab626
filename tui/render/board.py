"""The list of tasks as the operator arranged it, kept in order while polls come in.

A poll touches one task, so only that task is judged again and moved. Time alone touches a task when its
`Standing.until_us` has come. Everything else (another filter or order, a blind tool, so many more tasks that the budget
allows each fewer turns) arranges all tasks anew.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from heapq import heapify, heappop, heappush
from itertools import count
from typing import TypeVar

from msgspec import Struct

from tui.core.lifecycle import OVER, stage_word
from tui.core.standing import NEVER_US, Standing, Weight, standing
from tui.core.task import TaskRef
from tui.core.timeline import Snapshot
from tui.core.views import Blindness, TaskView, ToolView
from tui.render.order import Order
from tui.render.sort_keys import attention_key, row_key
from tui.render.task_filter import TaskFilter
from tui.render.view import SortKey, View

_Counted = TypeVar("_Counted", str, Weight)

_ANY_TASK = TaskView(TaskRef("", 0, ""), watched_us=0)


class _Terms(Struct, frozen=True):
    """What every task's place depends on."""

    filter: str
    sort: SortKey
    descending: bool
    blindness: Blindness | None
    polling: bool
    patience_us: int
    """How old the data of a task may get, µs."""


def _terms(snapshot: Snapshot, view: View) -> _Terms:
    tool = snapshot.tool
    patience_us = standing(_ANY_TASK, ToolView(polling=True), 0, len(snapshot.tasks)).until_us
    return _Terms(view.filter, view.sort, view.descending, tool.blindness, tool.polling, patience_us)


class Board:
    """Tasks with their standings, in order. Call `show`, then ask."""

    def __init__(self) -> None:
        self._snapshot = Snapshot()
        self._shown: Mapping[TaskRef, TaskView] = {}
        self._terms = _terms(Snapshot(), View())
        self._filter = TaskFilter("")
        self._now_us = 0
        self._standings: dict[TaskRef, Standing] = {}
        self._rows = Order()
        self._alarms = Order()
        self._words: Counter[str] = Counter()
        self._known: Counter[str] = Counter()
        self._weights: Counter[Weight] = Counter()
        self._due: list[tuple[int, int, TaskRef]] = []
        """Heap of (until µs, number, task); entries that no longer hold are left in and told by `_standings`."""
        self._numbers = count()

    def __len__(self) -> int:
        return len(self._rows)

    def task(self, index: int) -> TaskRef:
        """The task of a row, from 0."""
        return self._rows[index]

    def index(self, task: TaskRef) -> int | None:
        """The row of a task; None when it is not watched or filtered out."""
        return self._rows.index(task)

    def view(self, task: TaskRef) -> TaskView:
        """What was last shown of a watched task."""
        return self._shown[task]

    def standing(self, task: TaskRef) -> Standing:
        """The verdict on a watched task, also on one that is filtered out."""
        return self._standings[task]

    @property
    def hidden(self) -> int:
        """How many tasks the filter hides."""
        return len(self._standings) - len(self._rows)

    @property
    def counts(self) -> Mapping[str, int]:
        """Standing word → number of tasks, over all."""
        return self._words

    @property
    def known(self) -> Mapping[str, int]:
        """Last known status word → number of tasks, over all that are not over; a blind tool hides none of it."""
        return self._known

    @property
    def weights(self) -> Mapping[Weight, int]:
        """Weight → number of tasks, over all."""
        return self._weights

    @property
    def needing(self) -> int:
        """How many tasks need somebody, over all."""
        return self._weights[Weight.NEEDS_YOU]

    @property
    def live(self) -> int:
        """How many tasks are not over, so that there is something to poll."""
        return self._known.total()

    @property
    def due_us(self) -> int:
        """When time alone will change a standing next, µs UTC; `NEVER_US` when it will not."""
        self._drop_stale()
        return self._due[0][0] if self._due else NEVER_US

    def worst(self, limit: int) -> list[tuple[TaskView, Standing]]:
        """Up to `limit` tasks that need somebody or cannot be seen, worst first, also those that are filtered out."""
        return [(self._shown[task], self._standings[task]) for task in self._alarms.first(limit)]

    def show(self, snapshot: Snapshot, view: View, now_us: int, changed: Collection[TaskRef] | None) -> bool:
        """Arrange the tasks of `snapshot` at `now_us`; True when a row, its place or its standing may differ.

        Args:
            changed: tasks whose views differ from the last call, or which came or went; None when nobody knows.
        """
        terms = _terms(snapshot, view)
        before, self._shown, self._snapshot = self._shown, snapshot.tasks, snapshot
        backwards, self._now_us = now_us < self._now_us, now_us
        if changed is None or backwards or terms != self._terms:
            self._arrange_all(terms)
            return True
        differs = False
        for task in {*changed, *self._take_due()}:
            differs |= self._arrange(task, before.get(task))
        if len(self._standings) != len(self._shown):
            self._arrange_all(terms)
            return True
        return differs

    def _arrange_all(self, terms: _Terms) -> None:
        self._terms = terms
        self._filter = TaskFilter(terms.filter)
        judged = [(view, self._judge(view)) for view in self._shown.values()]
        self._standings = {view.task: verdict for view, verdict in judged}
        self._words = Counter(verdict.word for _, verdict in judged)
        self._weights = Counter(verdict.weight for _, verdict in judged)
        self._known = Counter(stage_word(view.stage) for view, _ in judged if view.stage.life not in OVER)
        self._rows.fill(
            (view.task, row_key(terms.sort, view, verdict, descending=terms.descending))
            for view, verdict in judged
            if self._filter.passes(view, verdict)
        )
        self._alarms.fill(
            (view.task, attention_key(view, verdict)) for view, verdict in judged if verdict.weight <= Weight.UNKNOWN
        )
        self._due = [
            (verdict.until_us, next(self._numbers), view.task)
            for view, verdict in judged
            if verdict.until_us < NEVER_US
        ]
        heapify(self._due)

    def _arrange(self, task: TaskRef, before: TaskView | None) -> bool:
        verdict_before = self._standings.pop(task, None)
        if verdict_before is not None and before is not None:
            self._count(before, verdict_before, -1)
        view = self._shown.get(task)
        if view is None:
            self._rows.drop(task)
            self._alarms.drop(task)
            return verdict_before is not None
        verdict = self._judge(view)
        self._standings[task] = verdict
        self._count(view, verdict, 1)
        self._place(view, verdict)
        if verdict_before is None or verdict.until_us != verdict_before.until_us or verdict.until_us <= self._now_us:
            self._await(verdict.until_us, task)
        return view is not before or verdict != verdict_before

    def _judge(self, view: TaskView) -> Standing:
        return standing(view, self._snapshot.tool, self._now_us, len(self._shown))

    def _place(self, view: TaskView, verdict: Standing) -> None:
        if self._filter.passes(view, verdict):
            key = row_key(self._terms.sort, view, verdict, descending=self._terms.descending)
            self._rows.put(view.task, key)
        else:
            self._rows.drop(view.task)
        if verdict.weight <= Weight.UNKNOWN:
            self._alarms.put(view.task, attention_key(view, verdict))
        else:
            self._alarms.drop(view.task)

    def _count(self, view: TaskView, verdict: Standing, step: int) -> None:
        _step(self._words, verdict.word, step)
        _step(self._weights, verdict.weight, step)
        if view.stage.life not in OVER:
            _step(self._known, stage_word(view.stage), step)

    def _await(self, until_us: int, task: TaskRef) -> None:
        if until_us < NEVER_US:
            heappush(self._due, (until_us, next(self._numbers), task))

    def _take_due(self) -> list[TaskRef]:
        """Tasks whose verdict was good only until now; all are taken out before any is judged, and so put in, again."""
        taken = []
        while self._due and self._due[0][0] <= self._now_us:
            until_us, _, task = heappop(self._due)
            if self._holds(task, until_us):
                taken.append(task)
        return taken

    def _drop_stale(self) -> None:
        while self._due and not self._holds(self._due[0][2], self._due[0][0]):
            heappop(self._due)

    def _holds(self, task: TaskRef, until_us: int) -> bool:
        verdict = self._standings.get(task)
        return verdict is not None and verdict.until_us == until_us


def _step(counts: Counter[_Counted], key: _Counted, step: int) -> None:
    counts[key] += step
    if not counts[key]:
        del counts[key]
