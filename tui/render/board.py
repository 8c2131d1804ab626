"""The list of tasks as the operator arranged it, kept in order while polls come in.

A poll, or a task that comes or goes, touches one task, so only that task is judged again and moved. Time alone touches
a task when its `Standing.until_us` has come. Another filter or order places all tasks anew, and judges none. Only what
all verdicts rest on (a blind tool, a gap, a tenth more tasks to share the budget) judges all tasks anew.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from heapq import heapify, heappop, heappush
from typing import TypeVar

from msgspec import Struct

from tui.core.alerts import PRODUCT, Limits
from tui.core.lifecycle import OVER, stage_word
from tui.core.standing import NEVER_US, Standing, Weight, standing
from tui.core.task import TaskRef
from tui.core.timeline import Snapshot
from tui.core.views import Blindness, GapView, TaskView
from tui.render.order import Order
from tui.render.sort_keys import attention_key, row_key
from tui.render.task_filter import TaskFilter
from tui.render.view import SortKey, View

_Counted = TypeVar("_Counted", str, Weight)

_EXACT = 100
"""Up to so many tasks each one counts."""


def crowd(tasks: int) -> int:
    """`tasks` rounded up to two digits: how many share the budget when it is judged whether data are too old.

    Exactly counted, every task that comes or goes would be a reason to judge all the others anew. Rounded, data may
    get up to a tenth older.
    """
    unit = 1
    while tasks > _EXACT * unit:
        unit *= 10
    return -(-tasks // unit) * unit


class _Ground(Struct, frozen=True):
    """What every verdict rests on, beside the task itself."""

    blindness: Blindness | None
    polling: bool
    gaps: tuple[GapView, ...]
    """The one in which nobody looks, and the last that ended: some may not have been looked at since."""
    crowd: int
    limits: Limits


def _ground(snapshot: Snapshot, limits: Limits) -> _Ground:
    tool = snapshot.tool
    gaps = (*tool.gaps[-1:], *((tool.gap,) if tool.gap else ()))
    return _Ground(tool.blindness, tool.polling, gaps, crowd(len(snapshot.tasks)), limits)


class _Look(Struct, frozen=True):
    """Which rows are wanted, and in which order."""

    filter: str = ""
    sort: SortKey = SortKey.ATTENTION
    descending: bool = False


class Board:
    """Tasks with their standings, in order. Call `show`, then ask."""

    def __init__(self) -> None:
        self._snapshot = Snapshot()
        self._shown: Mapping[TaskRef, TaskView] = {}
        self._limits = PRODUCT
        self._ground = _ground(Snapshot(), self._limits)
        self._look = _Look()
        self._filter = TaskFilter("")
        self._now_us = 0
        self._standings: dict[TaskRef, Standing] = {}
        self._rows = Order()
        self._alarms = Order()
        self._words: Counter[str] = Counter()
        self._known: Counter[str] = Counter()
        self._weights: Counter[Weight] = Counter()
        self._held = 0
        self._pinned = 0
        self._due: list[tuple[int, TaskRef]] = []
        """Heap of (until µs, task); entries that no longer hold are left in and told by `_standings`."""

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
    def acked(self) -> int:
        """How many tasks need somebody who takes care of them already, over all."""
        return self._weights[Weight.ACKED]

    @property
    def live(self) -> int:
        """How many tasks are not over, so that there is something to poll."""
        return self._known.total()

    @property
    def held(self) -> int:
        """How many tasks that are not over are polled only when asked."""
        return self._held

    @property
    def pinned(self) -> int:
        """How many tasks that are not over are polled as if they were in sight."""
        return self._pinned

    @property
    def due_us(self) -> int:
        """When time alone will change a standing next, µs UTC; `NEVER_US` when it will not."""
        self._drop_stale()
        return self._due[0][0] if self._due else NEVER_US

    def worst(self, limit: int) -> list[tuple[TaskView, Standing]]:
        """Up to `limit` tasks that need somebody, cannot be seen or are taken care of, worst first, over all."""
        return [(self._shown[task], self._standings[task]) for task in self._alarms.first(limit)]

    def tune(self, limits: Limits) -> None:
        """Judge by these numbers from the next `show` on."""
        self._limits = limits

    def show(self, snapshot: Snapshot, view: View, now_us: int, changed: Collection[TaskRef] | None) -> bool:
        """Arrange the tasks of `snapshot` at `now_us`; True when a row, its place or its standing may differ.

        Args:
            changed: tasks whose views differ from the last call, or which came or went; None when nobody knows.
        """
        ground, look = _ground(snapshot, self._limits), _Look(view.filter, view.sort, view.descending)
        before, self._shown, self._snapshot = self._shown, snapshot.tasks, snapshot
        backwards, self._now_us = now_us < self._now_us, now_us
        if changed is None or backwards or ground != self._ground:
            self._arrange_all(ground, look)
            return True
        differs = False
        for task in {*changed, *self._take_due()}:
            differs |= self._arrange(task, before.get(task))
        if len(self._standings) != len(self._shown):
            self._arrange_all(ground, look)
            return True
        if look != self._look:
            self._place_all(look, self._worth_a_look(look.filter))
            return True
        return differs

    def _arrange_all(self, ground: _Ground, look: _Look) -> None:
        self._ground = ground
        judged = [(view, self._judge(view)) for view in self._shown.values()]
        self._standings = {view.task: verdict for view, verdict in judged}
        self._words = Counter(verdict.word for _, verdict in judged)
        self._weights = Counter(verdict.weight for _, verdict in judged)
        self._known = Counter(stage_word(view.stage) for view, _ in judged if view.stage.life not in OVER)
        self._held = sum(_is_held(view) for view, _ in judged)
        self._pinned = sum(_is_pinned(view) for view, _ in judged)
        self._alarms.fill(
            (view.task, attention_key(view, verdict)) for view, verdict in judged if verdict.weight <= Weight.ACKED
        )
        self._due = [(verdict.until_us, view.task) for view, verdict in judged if verdict.until_us < NEVER_US]
        heapify(self._due)
        self._place_all(look, self._shown.values())

    def _worth_a_look(self, text: str) -> Collection[TaskView]:
        """The tasks this filter may let through: who types another letter narrows what is shown already."""
        if TaskFilter(text).narrows(self._filter):
            return [self._shown[task] for task in self._rows]
        return self._shown.values()

    def _place_all(self, look: _Look, views: Collection[TaskView]) -> None:
        self._look, self._filter = look, TaskFilter(look.filter)
        judged = ((view, self._standings[view.task]) for view in views)
        self._rows.fill(
            [
                (view.task, row_key(look.sort, view, verdict, descending=look.descending))
                for view, verdict in judged
                if self._filter.passes(view, verdict)
            ]
        )

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
        return standing(view, self._snapshot.tool, self._now_us, self._ground.crowd, self._limits)

    def _place(self, view: TaskView, verdict: Standing) -> None:
        if self._filter.passes(view, verdict):
            key = row_key(self._look.sort, view, verdict, descending=self._look.descending)
            self._rows.put(view.task, key)
        else:
            self._rows.drop(view.task)
        if verdict.weight <= Weight.ACKED:
            self._alarms.put(view.task, attention_key(view, verdict))
        else:
            self._alarms.drop(view.task)

    def _count(self, view: TaskView, verdict: Standing, step: int) -> None:
        _step(self._words, verdict.word, step)
        _step(self._weights, verdict.weight, step)
        self._held += step * _is_held(view)
        self._pinned += step * _is_pinned(view)
        if view.stage.life not in OVER:
            _step(self._known, stage_word(view.stage), step)

    def _await(self, until_us: int, task: TaskRef) -> None:
        if until_us < NEVER_US:
            heappush(self._due, (until_us, task))

    def _take_due(self) -> list[TaskRef]:
        """Tasks whose verdict was good only until now; all are taken out before any is judged, and so put in, again."""
        taken = []
        while self._due and self._due[0][0] <= self._now_us:
            until_us, task = heappop(self._due)
            if self._holds(task, until_us):
                taken.append(task)
        return taken

    def _drop_stale(self) -> None:
        while self._due and not self._holds(self._due[0][1], self._due[0][0]):
            heappop(self._due)

    def _holds(self, task: TaskRef, until_us: int) -> bool:
        verdict = self._standings.get(task)
        return verdict is not None and verdict.until_us == until_us


def _is_held(view: TaskView) -> bool:
    return view.held_us is not None and view.stage.life not in OVER


def _is_pinned(view: TaskView) -> bool:
    return view.pinned and view.stage.life not in OVER


def _step(counts: Counter[_Counted], key: _Counted, step: int) -> None:
    counts[key] += step
    if not counts[key]:
        del counts[key]
