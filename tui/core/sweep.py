"""The hits of breakpoints in many entries, exactly as `core.sentry` defines them, without folding every entry.

Most polls tell what the poll before told. Of such a quiet one only its task's times and counts move on; it is counted,
and folded in with the next one that matters. It matters when a number or a time of the task crosses a constant that
some predicate compares it with (`Predicate.cuts`), or when a moment comes at which time alone turns a truth.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec.structs import replace

from tui.core.breakpoint import Hit
from tui.core.clock_offset import narrow
from tui.core.conformance import FUTURE_START_US
from tui.core.entry import Entry, Skew
from tui.core.predicate.part import VERDICT
from tui.core.row import Row
from tui.core.sentry import Guard
from tui.core.standing import NEVER_US
from tui.core.task import TaskRef
from tui.core.timeline import Snapshot, Timeline
from tui.core.views import TaskView, ToolView

_AGES = ("age", "data", "silent")
"""Times that a quiet poll sets back."""

_MOVED_BY_POLLS = frozenset({*_AGES, "rtt", "polls", VERDICT})
"""What a quiet poll changes."""

_NONE = -1
"""No answer has this number."""


class Sweep:
    """Goes through entries in their order, from a position on, and tells what hits."""

    def __init__(self, guard: Guard, start: Snapshot, entry: Callable[[int], Entry]) -> None:
        self._guard = guard
        self._entry = entry
        self._fold = _LazyFold(start)
        self._slots: dict[int | None, _Slot] = {}
        self._rtt_cuts, self._poll_cuts = guard.constants("rtt"), guard.constants("polls")
        self._skew_cuts = guard.constants("skew")
        self._all_skews = "skew" in guard.unbound
        self._follows_skew = self._all_skews or bool(self._skew_cuts)
        self._first_cut_us = _first_cut_us(guard)
        self._calm = False
        self._gap_us = 0
        guard.begin(self._fold)
        self._read_tool()

    def run(self, rows: Iterable[Row]) -> list[Hit]:
        """What hits in `rows`, which follow on those before."""
        fold, slots, first_cut_us = self._fold, self._slots, self._first_cut_us
        hits: list[Hit] = []
        now_us, due_us = fold.at_us, self._guard.due_us
        frame = fold.frame
        for frame, at_us, number, answer, latency_us, skew_us, error_us in rows:
            slot = slots.get(number)
            end_us = at_us + latency_us
            if (
                slot is None
                or answer != slot.answer
                or not self._calm
                or self._gap_us >= slot.sent_us
                or slot.start_us > end_us + FUTURE_START_US + (0 if skew_us is None else skew_us + error_us)
            ):
                fold.skip(frame, now_us)
                hits += self._take(frame, number, answer)
                now_us, due_us = fold.at_us, self._guard.due_us
                continue
            quiet = (
                now_us <= end_us < due_us
                and end_us - slot.end_us < first_cut_us
                and slot.low_us < latency_us < slot.high_us
                and slot.pending < slot.left
            )
            slot.pending += 1
            slot.sent_us, slot.end_us, slot.latency_us = at_us, end_us, latency_us
            if self._follows_skew and skew_us is not None and self._turns_skew(end_us, Skew(skew_us, error_us)):
                quiet = False
            if quiet:
                now_us = end_us
            else:
                fold.skip(frame, max(now_us, end_us))
                hits += self._guard.see(frame, slot.task, fold)
                self._measure(slot)
                now_us, due_us = fold.at_us, self._guard.due_us
        fold.skip(frame, now_us)
        return hits

    def name(self, task: TaskRef) -> str:
        """What the operator calls a task, else its TaskId."""
        view = self._fold.known(task)
        return view.name if view is not None and view.name else task.task_id

    def _take(self, frame: int, number: int | None, answer: int | None) -> Iterable[Hit]:
        """Fold a whole entry in."""
        entry = self._entry(frame)
        task = self._fold.apply(frame, entry)
        hits = self._guard.see(frame, task, self._fold)
        self._read_tool()
        if task is not None and number is not None and (view := self._fold.known(task)) is not None:
            slot = self._slots.get(number)
            if slot is None:
                slot = self._slots[number] = self._fold.slots[task] = _Slot(task)
            if answer is not None:
                slot.told = answer
            slot.answer = slot.told if _calm(view) else _NONE
            self._measure(slot)
        return hits

    def _read_tool(self) -> None:
        """What of the tool keeps a poll from being quiet."""
        tool = self._fold.tool
        stopped = tool.blindness is None or tool.blindness.stopped
        self._calm = stopped and not tool.streak and tool.streak_class is None and tool.gap is None
        self._gap_us = tool.gaps[-1].since_us if tool.gaps else 0
        self._low_skew, self._high_skew = self._around_skew(tool)

    def _turns_skew(self, at_us: int, skew: Skew) -> bool:
        """Take one more look at the server's clock; whether that crosses a constant."""
        tool = self._fold.tool
        narrowed = narrow(tool.skew, at_us - tool.skew_at_us, skew)
        self._fold.revise(replace(tool, skew=narrowed, skew_at_us=at_us))
        if self._low_skew < narrowed.offset_us < self._high_skew:
            return False
        self._low_skew, self._high_skew = self._around_skew(self._fold.tool)
        return True

    def _around_skew(self, tool: ToolView) -> tuple[float, float]:
        if self._all_skews or tool.skew is None:
            return 0.0, 0.0
        return _between(self._skew_cuts, tool.skew.offset_us)

    def _measure(self, slot: "_Slot") -> None:
        """Between which constants the numbers of a task are, and how far its polls may go on unnoticed."""
        view = self._fold.known(slot.task)
        if view is None or view.last is None:
            slot.answer = _NONE
            return
        slot.sent_us, slot.latency_us = view.last.sent_us, view.last.latency_us
        slot.end_us = slot.sent_us + slot.latency_us
        slot.start_us = (view.start_time_ms or 0) * 1_000
        slot.low_us, slot.high_us = _between(self._rtt_cuts, slot.latency_us)
        next_cut = min((cut for cut in self._poll_cuts if cut >= view.polls), default=NEVER_US)
        slot.left = max(0.0, next_cut - view.polls - 1)


class _Slot:
    """One task between two entries that matter: quiet polls so far, and until when they stay so."""

    __slots__ = (
        "answer", "end_us", "high_us", "latency_us", "left", "low_us", "pending", "sent_us", "start_us", "task", "told",
    )  # fmt: skip

    def __init__(self, task: TaskRef) -> None:
        self.task = task
        self.told = _NONE
        """The newest answer."""
        self.answer = _NONE
        """The answer that would be nothing new; `_NONE` when any is."""
        self.pending = 0
        """Quiet polls that are not in the view yet."""
        self.left = 0.0
        """How many there may be."""
        self.sent_us = self.end_us = self.latency_us = self.start_us = 0
        self.low_us = self.high_us = 0.0


class _LazyFold(Timeline):
    """A fold into which quiet polls come when somebody looks at their task."""

    def __init__(self, start: Snapshot) -> None:
        super().__init__(replace(start, events=()))
        self.slots: dict[TaskRef, _Slot] = {}
        self._settled = _Settled(self)

    @property
    def tasks(self) -> Mapping[TaskRef, TaskView]:
        """Watched tasks, each brought up to date when it is asked for."""
        return self._settled

    @property
    def stale(self) -> Mapping[TaskRef, TaskView]:
        """Watched tasks, without quiet polls."""
        return self._tasks

    def apply(self, frame: int, entry: Entry) -> TaskRef | None:
        """Fold an entry in, behind the quiet polls of its task."""
        task = getattr(entry, "task", None)
        if task is not None:
            self.known(task)
        return super().apply(frame, entry)

    def known(self, task: TaskRef) -> TaskView | None:
        """A task as it is now, watched or forgotten."""
        shelf = self._tasks if task in self._tasks else self._forgotten
        view, slot = shelf.get(task), self.slots.get(task)
        if view is not None and slot is not None and slot.pending:
            view = shelf[task] = _with_quiet(view, slot)
            slot.pending = 0
        return view

    def skip(self, frame: int, at_us: int) -> None:
        """Quiet polls up to here."""
        self._frame, self._at_us = frame, at_us

    def revise(self, tool: ToolView) -> None:
        """The tool after a quiet poll."""
        self._tool = tool


class _Settled(Mapping[TaskRef, TaskView]):
    """The watched tasks of a lazy fold."""

    def __init__(self, fold: _LazyFold) -> None:
        self._fold = fold

    def __getitem__(self, task: TaskRef) -> TaskView:
        if task not in self._fold.stale:
            raise KeyError(task)
        view = self._fold.known(task)
        if view is None:
            raise KeyError(task)
        return view

    def __iter__(self) -> Iterator[TaskRef]:
        return iter(self._fold.stale)

    def __len__(self) -> int:
        return len(self._fold.stale)


def _with_quiet(view: TaskView, slot: _Slot) -> TaskView:
    """The view after `slot.pending` more polls that told the same."""
    last, run = view.last, view.runs[-1]
    return replace(
        view,
        polls=view.polls + slot.pending,
        seen_us=slot.end_us,
        last=last and replace(last, sent_us=slot.sent_us, latency_us=slot.latency_us),
        runs=(*view.runs[:-1], replace(run, last_us=slot.sent_us, count=run.count + slot.pending)),
    )


def _calm(view: TaskView) -> bool:
    """Whether another poll with the same answer would change nothing but times and counts."""
    told = bool(view.runs) and view.runs[-1].fault_class is None
    return told and view.trouble is None and not view.stage.misses and view.gap is None and not view.asked_us


def _first_cut_us(guard: Guard) -> float:
    """A poll that comes sooner than this after the one before turns nothing by the time that has passed between them;
    0: any poll may turn something."""
    if guard.unbound & _MOVED_BY_POLLS:
        return 0
    cuts = (cut for word in _AGES for cut in guard.constants(word) if cut >= 0)
    return min(cuts, default=float(NEVER_US))


def _between(cuts: tuple[float, ...], value: float) -> tuple[float, float]:
    """The nearest constants below and above `value`; when it is one of them, nothing lies between them."""
    if value in cuts:
        return 0.0, 0.0
    below = max((cut for cut in cuts if cut < value), default=float("-inf"))
    above = min((cut for cut in cuts if cut > value), default=float("inf"))
    return below, above
