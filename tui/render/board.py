"""The list of tasks as the operator arranged it, kept in order while polls come in.

A poll, or a task that comes or goes, touches one task, so only that task is judged again and moved. Time alone touches
a task when its `Standing.until_us`, or that of a predicate, has come. Another filter or order places all tasks anew,
and judges none. Only what all verdicts rest on (a blind tool, a gap, a tenth more tasks to share the budget) judges all
tasks anew.

A predicate costs microseconds a task, so another one is tried in slices: it is `filling` until `fill` was called
often enough.
"""

from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct

from tui.core.alerts import PRODUCT, Limits
from tui.core.facts import Facts
from tui.core.standing import Standing, Weight, standing
from tui.core.task import TaskRef
from tui.core.timeline import Snapshot
from tui.core.views import Blindness, GapView, TaskView
from tui.render.census import Census
from tui.render.due_times import DueTimes
from tui.render.filter_reader import FilterReader
from tui.render.order import Key, Order
from tui.render.sort_keys import attention_key, row_key
from tui.render.task_filter import Filter, PredicateFilter
from tui.render.view import SortKey, View

SLICE = 250
"""So many tasks are tried at once: some 2 ms, which no key notices."""

_GROWTH = 4
"""Found rows are shown when they make the list longer by a fourth."""

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

    def __init__(self, *, predicates: bool = True, at_once: int = SLICE) -> None:
        """A board without tasks.

        Args:
            predicates: whether they may be compiled yet: the first one takes half a second, which no first frame has.
            at_once: on how many tasks a predicate is tried before `fill` is waited for.
        """
        self._reader = FilterReader(predicates=predicates)
        self._at_once = at_once
        self._todo: list[TaskRef] = []
        """Tasks that the present filter was not tried on yet."""
        self._found: dict[TaskRef, Key] = {}
        """Those it let through that are not among the rows yet: each time a list is sorted costs as much as a slice."""
        self._snapshot = Snapshot()
        self._shown: Mapping[TaskRef, TaskView] = {}
        self._limits = PRODUCT
        self._ground = _ground(Snapshot(), self._limits)
        self._look = _Look()
        self._now_us = 0
        self._standings: dict[TaskRef, Standing] = {}
        self._rows = Order()
        self._alarms = Order()
        self._census = Census()
        self._due = DueTimes()
        """When verdicts end."""
        self._turns = DueTimes()
        """When the filter may say something else."""

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
        return self._census.words

    @property
    def known(self) -> Mapping[str, int]:
        """Last known status word → number of tasks, over all that are not over; a blind tool hides none of it."""
        return self._census.known

    @property
    def weights(self) -> Mapping[Weight, int]:
        """Weight → number of tasks, over all."""
        return self._census.weights

    @property
    def needing(self) -> int:
        """How many tasks need somebody, over all."""
        return self._census.weights[Weight.NEEDS_YOU]

    @property
    def acked(self) -> int:
        """How many tasks need somebody who takes care of them already, over all."""
        return self._census.weights[Weight.ACKED]

    @property
    def live(self) -> int:
        """How many tasks are not over, so that there is something to poll."""
        return self._census.known.total()

    @property
    def held(self) -> int:
        """How many tasks that are not over are polled only when asked."""
        return self._census.held

    @property
    def pinned(self) -> int:
        """How many tasks that are not over are polled as if they were in sight."""
        return self._census.pinned

    @property
    def due_us(self) -> int:
        """When time alone will change a standing, or what is shown, next, µs UTC; `NEVER_US` when it will not."""
        return min(self._due.next_us, self._turns.next_us)

    @property
    def mistake(self) -> str:
        """What is wrong with the filter, in one line; empty when nothing is."""
        return self._reader.mistake

    @property
    def filling(self) -> bool:
        """Whether the filter was not tried on all tasks yet."""
        return bool(self._todo)

    @property
    def waits_for_predicates(self) -> bool:
        """Whether the filter is a predicate, and may not be compiled yet."""
        return self._reader.waits

    def allow_predicates(self) -> None:
        """They may be compiled from now on."""
        before, look = self._reader.filter, self._look
        self._reader.allow_predicates()
        self._try(before, look)

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
        for task in {*changed, *self._due.take(now_us), *self._turns.take(now_us)}:
            differs |= self._arrange(task, before.get(task))
        if len(self._standings) != len(self._shown):
            self._arrange_all(ground, look)
            return True
        if look != self._look:
            self._look_anew(look)
            return True
        return differs

    def fill(self, tasks: int = SLICE) -> None:
        """Try the predicate on so many more tasks."""
        slice_, self._todo = self._todo[-tasks:], self._todo[:-tasks]
        self._found.update(self._keyed(self._shown[task] for task in slice_ if task in self._shown))
        if not self._todo or len(self._found) * _GROWTH >= len(self._rows):
            self._rows.add(self._found.items())
            self._found = {}

    def _arrange_all(self, ground: _Ground, look: _Look) -> None:
        self._ground = ground
        judged = [(view, self._judge(view)) for view in self._shown.values()]
        self._standings = {view.task: verdict for view, verdict in judged}
        self._census.fill(judged)
        self._alarms.fill(
            (view.task, attention_key(view, verdict)) for view, verdict in judged if verdict.weight <= Weight.ACKED
        )
        self._due.fill((view.task, verdict.until_us) for view, verdict in judged)
        self._look = look
        self._reader.read(look.filter)
        self._place_all(self._shown.values())

    def _look_anew(self, look: _Look) -> None:
        before = self._reader.filter
        self._reader.read(look.filter)
        self._try(before, look)

    def _try(self, before: Filter, look: _Look) -> None:
        """Let through what the present filter does; `before` is the one before it."""
        self._look, now = look, self._reader.filter
        if now.narrows(before) and not self.filling:  # who types another letter narrows what is shown already
            self._place_all([self._shown[task] for task in self._rows])
        elif isinstance(now, PredicateFilter):
            self._turns.fill(())
            self._rows.fill(())
            self._todo, self._found = list(self._shown), {}
            self.fill(self._at_once)
        else:
            self._place_all(self._shown.values())

    def _place_all(self, views: Collection[TaskView]) -> None:
        self._todo, self._found = [], {}
        self._turns.fill(())
        self._rows.fill(self._keyed(views))

    def _keyed(self, views: Iterable[TaskView]) -> list[tuple[TaskRef, Key]]:
        """The keys of those that the filter lets through."""
        look, judged = self._look, ((view, self._standings[view.task]) for view in views)
        return [
            (view.task, row_key(look.sort, view, verdict, descending=look.descending))
            for view, verdict in judged
            if self._passes(view, verdict)
        ]

    def _passes(self, view: TaskView, verdict: Standing) -> bool:
        facts = Facts(view, self._snapshot.tool, self._now_us, verdict)
        chosen = self._reader.filter
        if chosen.grows:
            self._turns.put(view.task, chosen.next_us(facts))
        return chosen.passes(facts)

    def _arrange(self, task: TaskRef, before: TaskView | None) -> bool:
        verdict_before = self._standings.pop(task, None)
        self._found.pop(task, None)
        if verdict_before is not None and before is not None:
            self._census.count(before, verdict_before, -1)
        view = self._shown.get(task)
        if view is None:
            for kept in (self._rows, self._alarms, self._due, self._turns):
                kept.drop(task)
            return verdict_before is not None
        verdict = self._judge(view)
        self._standings[task] = verdict
        self._census.count(view, verdict, 1)
        self._place(view, verdict)
        self._due.put(task, verdict.until_us)
        return view is not before or verdict != verdict_before

    def _judge(self, view: TaskView) -> Standing:
        return standing(view, self._snapshot.tool, self._now_us, self._ground.crowd, self._limits)

    def _place(self, view: TaskView, verdict: Standing) -> None:
        if self._passes(view, verdict):
            key = row_key(self._look.sort, view, verdict, descending=self._look.descending)
            self._rows.put(view.task, key)
        else:
            self._rows.drop(view.task)
        if verdict.weight <= Weight.ACKED:
            self._alarms.put(view.task, attention_key(view, verdict))
        else:
            self._alarms.drop(view.task)
