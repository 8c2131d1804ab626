"""The fold: entries of a journal, in order, become what the screen shows.

Live and replay are this one function at another position. A fold is a pure function of its entries: no clock is asked,
so whatever depends on the time of day (ages, rates) is computed from a Snapshot by whoever draws it.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from itertools import takewhile
from operator import attrgetter

from msgspec import Struct, field
from msgspec.structs import replace

from tui.core import acks, ledger, log_events, reading
from tui.core.entry import Ack, Entry, Fault, Gap, Mark, Note, Poll, Request, Verb
from tui.core.task import TaskRef
from tui.core.trail import Trail
from tui.core.views import Blindness, Event, TaskView, ToolView, Trouble

EVENTS_KEPT = 10_000
_EVENTS_SLACK = 1_000


class Snapshot(Struct, frozen=True, gc=False):
    """The state of everything after `frame` entries; immutable, so panes may keep and compare it."""

    frame: int = 0
    at_us: int = 0
    """Time of the newest entry, µs UTC; 0 for an empty journal."""
    tasks: Mapping[TaskRef, TaskView] = field(default_factory=dict)
    """Watched tasks, in the order in which they were added."""
    forgotten: Mapping[TaskRef, TaskView] = field(default_factory=dict)
    """Tasks no longer watched, as they were; watching one again brings its past back."""
    tool: ToolView = field(default_factory=ToolView)
    events: tuple[Event, ...] = ()
    """The newest log lines, oldest first, at most `EVENTS_KEPT`."""


class Timeline:
    """A fold under way. `apply` is O(1) in the number of tasks; `snapshot` copies two dicts of references.

    `trail` collects what makes the state at each of these entries quick to be had; it costs a third of the time.
    """

    def __init__(self, start: Snapshot | None = None, trail: Trail | None = None) -> None:
        start = start or Snapshot()
        self._trail = trail
        self._frame = start.frame
        self._at_us = start.at_us
        self._tasks = dict(start.tasks)
        self._forgotten = dict(start.forgotten)
        self._tool = start.tool
        self._polled_tool = start.tool
        """The tool after the newest poll, without what came of it only by way of the log."""
        self._events = list(start.events)

    @property
    def frame(self) -> int:
        """Number of the last entry applied; 0 for none."""
        return self._frame

    @property
    def at_us(self) -> int:
        """Time of the newest entry so far, µs UTC; 0 for none."""
        return self._at_us

    @property
    def tasks(self) -> Mapping[TaskRef, TaskView]:
        """Watched tasks as they are now: no copy, `apply` changes it."""
        return self._tasks

    @property
    def tool(self) -> ToolView:
        """The tool as it is now."""
        return self._tool

    def apply(self, frame: int, entry: Entry) -> TaskRef | None:
        """Fold one more entry in; returns the task it was about, if any. Never raises, whatever the order."""
        if self._trail is not None:
            return self._apply_leaving(self._trail, frame, entry)
        return self._apply(frame, entry)

    def _apply(self, frame: int, entry: Entry) -> TaskRef | None:
        self._frame = frame
        self._at_us = max(self._at_us, entry.at_us)
        tool = self._tool
        task = self._fold(frame, entry)
        if self._tool.acked is not None:
            self._tool = acks.lapse_blind(tool, self._tool)
        return task

    def _fold(self, frame: int, entry: Entry) -> TaskRef | None:
        match entry:
            case Poll():
                self._apply_poll(frame, entry)
                return entry.task
            case Request():
                self._apply_request(frame, entry)
                return entry.task
            case Note():
                self._apply_note(frame, entry)
                return None
            case Gap():
                self._apply_gap(frame, entry)
                return entry.task
            case Mark():
                self._log(log_events.mark_event(frame, entry))
                return entry.task
            case Ack():
                self._apply_ack(frame, entry)
                return entry.task

    def snapshot(self) -> Snapshot:
        """The state now; later calls of `apply` do not touch it."""
        return Snapshot(
            self._frame,
            self._at_us,
            dict(self._tasks),
            dict(self._forgotten),
            self._tool,
            tuple(self._events[-EVENTS_KEPT:]),
        )

    def _apply_leaving(self, trail: Trail, frame: int, entry: Entry) -> TaskRef | None:
        task = None if isinstance(entry, Note) else entry.task
        before, tool = self._view(task), self._tool
        watched = task in self._tasks
        self._apply(frame, entry)
        after = self._view(task)
        if task is not None and after is not None:
            if before is None or watched != (task in self._tasks):
                trail.placed(frame, task, forgotten=task not in self._tasks)
            if isinstance(entry, Poll):
                before = before or TaskView(task, entry.sent_us)
                trail.polled(frame, before, after, entry, ledger.missed_by_all(tool, before, entry))
            else:
                trail.stood(frame, after)
        by_rule = self._polled_tool if isinstance(entry, Poll) else reading.step_tool(frame, tool, entry)
        trail.passed(frame, self._at_us, self._tool, by_rule=self._tool is by_rule or self._tool == by_rule)
        return task

    def _view(self, task: TaskRef | None) -> TaskView | None:
        return None if task is None else self._tasks.get(task) or self._forgotten.get(task)

    def _apply_poll(self, frame: int, poll: Poll) -> None:
        shelf = self._tasks if poll.task in self._tasks else self._forgotten
        before = shelf.get(poll.task) or TaskView(poll.task, poll.sent_us)
        after, edge = acks.read_task(frame, before, poll, ledger.missed_by_all(self._tool, before, poll))
        shelf[poll.task] = after
        tool_before, self._tool = self._tool, reading.read_tool(frame, self._tool, poll)
        self._polled_tool = self._tool
        if edge is not None:
            self._log(log_events.change_event(frame, before, edge, poll))
        elif isinstance(poll.answer, Fault) and after.trouble is not None:
            self._log_trouble(frame, poll, poll.answer, after.trouble, before)
        if ledger.telling(poll):
            self._log_sight(frame, tool_before, before, poll)

    def _apply_gap(self, frame: int, gap: Gap) -> None:
        if gap.task is None:
            before, self._tool = self._tool, ledger.open_for_all(self._tool, gap)
            if self._tool is not before:
                failing = before.streak_class if before.streak_class in reading.TOOL_CLASSES else None
                self._log_unless_told(log_events.gap_event(frame, gap, failing))
        elif (view := self._tasks.get(gap.task)) is not None:
            self._tasks[gap.task] = acks.lapse(view, ledger.open_for_task(view, gap))
            if self._tasks[gap.task] is not view:
                failing = view.trouble.fault_class if view.trouble is not None else None
                self._log_unless_told(log_events.gap_event(frame, gap, failing))

    def _log_trouble(self, frame: int, poll: Poll, fault: Fault, trouble: Trouble, before: TaskView) -> None:
        episode = self._tool.episode if fault.fault_class in reading.TOOL_CLASSES else None
        first = episode.frame if episode is not None else trouble.frame
        if first != frame and self._count_up(first, "error", poll.at_us):
            return
        self._log(log_events.trouble_event(frame, poll, fault, before.stage))
        if episode is not None:
            self._tool = replace(self._tool, episode=replace(episode, frame=frame))

    def _log_sight(self, frame: int, tool: ToolView, view: TaskView, poll: Poll) -> None:
        """Tell what `poll` ended, after which `tool` and `view` are no more: blindness, or else the gaps."""
        if tool.blindness is not None and self._tool.blindness is None:
            self._log_recovery(frame, tool.blindness, poll)
        elif tool.gap is not None:
            self._log_unless_told(log_events.gap_end_event(frame, tool.gap, None, poll))
        if view.gap is not None:
            self._log_unless_told(log_events.gap_end_event(frame, view.gap, view.task, poll))

    def _log_recovery(self, frame: int, blindness: Blindness, poll: Poll) -> None:
        """Tell how long nobody saw: short times of one episode together, a long one by itself."""
        blind_us = poll.at_us - blindness.since_us
        if blind_us < reading.RECOVERY_TOLD_US:
            return
        episode = self._tool.episode
        if episode is None or episode.fault_class is not blindness.fault_class:
            self._log(log_events.recovery_event(frame, blindness, poll))
        elif blind_us >= reading.EPISODE_US:
            self._log(log_events.recovery_event(frame, blindness, poll))
            self._tool = replace(self._tool, episode=None)
        elif not self._count_up(episode.recovered_frame, "tool", poll.at_us):
            self._log(log_events.recovery_event(frame, blindness, poll))
            self._tool = replace(self._tool, episode=replace(episode, recovered_frame=frame))

    def _count_up(self, frame: int, kind: str, at_us: int) -> bool:
        """Fold one more entry into the line of this kind that `frame` opened; False when there is none in the log."""
        oldest = max(0, len(self._events) - EVENTS_KEPT)
        first = bisect_left(self._events, frame, lo=oldest, key=attrgetter("frame"))
        for place in range(first, len(self._events)):
            line = self._events[place]
            if line.frame != frame:
                return False
            if line.kind == kind:
                self._events[place] = replace(line, count=line.count + 1, last_us=at_us)
                if self._trail is not None:
                    self._trail.repeated(self._frame, place - first, self._events[place])
                return True
        return False

    def _apply_request(self, frame: int, request: Request) -> None:
        task = request.task
        if request.verb is Verb.WATCH and task not in self._tasks:
            known = self._forgotten.pop(task, None)
            self._tasks[task] = known or TaskView(task, request.at_us)
        if task in self._tasks:
            self._tasks[task] = reading.read_request(self._tasks[task], request)
        if request.verb is Verb.FORGET and task in self._tasks:
            self._forgotten[task] = self._tasks.pop(task)
        self._log(log_events.request_event(frame, request))

    def _apply_note(self, frame: int, note: Note) -> None:
        self._tool = reading.read_note(self._tool, note)
        self._log(Event(frame, note.at_us, note.level, "tool", None, note.text))

    def _apply_ack(self, frame: int, ack: Ack) -> None:
        if ack.task is None:
            self._tool = acks.acknowledge_blind(self._tool, ack)
        elif (view := self._tasks.get(ack.task)) is not None:
            self._tasks[ack.task] = acks.acknowledge(view, ack)
        self._log(log_events.ack_event(frame, ack))

    def _log_unless_told(self, event: Event | None) -> None:
        if event is not None:
            self._log(event)

    def _log(self, event: Event) -> None:
        if self._trail is not None:
            self._trail.logged(self._lines_of(event.frame), event)
        self._events.append(event)
        if len(self._events) >= EVENTS_KEPT + _EVENTS_SLACK:
            del self._events[:_EVENTS_SLACK]

    def _lines_of(self, frame: int) -> int:
        """How many lines the newest entry has in the log by now."""
        return sum(1 for _ in takewhile(lambda event: event.frame == frame, reversed(self._events)))


def fold(entries: Iterable[tuple[int, Entry]], start: Snapshot | None = None) -> Snapshot:
    """The Snapshot after all `(frame, entry)` pairs, in their order."""
    timeline = Timeline(start)
    for frame, entry in entries:
        timeline.apply(frame, entry)
    return timeline.snapshot()
