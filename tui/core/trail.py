"""What a fold leaves behind as it goes, so that its state at any entry can be had without folding all before it.

A view of a task is kept where it begins to be another one; from there on polls that told nothing new are leapt over
(`core.leap`). Of the tool, which each poll changes, a view is kept now and then, and what follows is folded. A trail is
a shortcut only: it tells nothing that the entries do not.
"""

from collections import deque
from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from tui.core.entry import Fault, GapCause, Poll, Reason, Seen
from tui.core.leap import is_leap
from tui.core.lifecycle import OVER
from tui.core.reading import read_task
from tui.core.task import TaskRef
from tui.core.views import LATENCIES_KEPT, RECENT_KEPT, Event, Sent, TaskView, ToolView

VIEW_EVERY = 1_024
"""Polls of one task from one of its milestones to the next at most: so many are counted."""

NEAR = 8
"""So many entries of a task behind a milestone are folded rather than given one of their own."""

TOOL_EVERY = 128
"""Entries from one milestone of the tool to the next at most: so many are folded."""

SPENT_FROM = 288
"""Polls from which the last requests and round trips can be told again, so that no milestone needs to hold them."""


Spent = tuple[int, Reason, int | None]
"""When a poll was sent and why, and how long its answer took; None when none came."""


class Milestone(Struct, frozen=True, gc=False):
    """An entry that made more of a task than could be leapt over."""

    frame: int
    task: TaskRef
    view: TaskView | None
    """After the entry, without the body of the newest answer; None when it is near enough to one that is kept."""
    cause: GapCause | None = None
    """Why nobody looked at any task before it, when this poll tells that."""


class ToolMilestone(Struct, frozen=True, gc=False):
    """The tool after an entry."""

    frame: int
    at_us: int
    """The newest time of any entry so far."""
    tool: ToolView
    """`recent` and `latencies_us` are empty where `spent` tells them from the last `SPENT_FROM` polls."""


class Placing(Struct, frozen=True, gc=False):
    """An entry that put a task behind all those watched, or all those forgotten."""

    frame: int
    task: TaskRef
    forgotten: bool


class LogLine(Struct, frozen=True, gc=False):
    """A line of the log, as it was when it was made."""

    nth: int
    """Which of the lines of its frame."""
    event: Event


class Repeat(Struct, frozen=True, gc=False):
    """A line of the log that counted one more."""

    line: int
    """The frame of the line."""
    nth: int
    frame: int
    """Of the entry that is counted."""
    count: int
    at_us: int


class Ending(Struct, frozen=True, gc=False):
    """The entry with which a task was over, or turned out never to have been."""

    frame: int
    task: TaskRef


class Stretch(Struct, frozen=True):
    """The trail between two entries."""

    after: int = 0
    """It begins behind this frame, and ends with the other one."""
    frame: int = 0
    milestones: tuple[Milestone, ...] = ()
    tools: tuple[ToolMilestone, ...] = ()
    placings: tuple[Placing, ...] = ()
    lines: tuple[LogLine, ...] = ()
    repeats: tuple[Repeat, ...] = ()
    endings: tuple[Ending, ...] = ()

    def behind(self, frame: int) -> "Stretch":
        """What of it is behind `frame`."""
        if frame <= self.after:
            return self
        return Stretch(
            min(frame, self.frame),
            self.frame,
            tuple(milestone for milestone in self.milestones if milestone.frame > frame),
            tuple(milestone for milestone in self.tools if milestone.frame > frame),
            tuple(placing for placing in self.placings if placing.frame > frame),
            tuple(line for line in self.lines if line.event.frame > frame),
            tuple(repeat for repeat in self.repeats if repeat.frame > frame),
            tuple(ending for ending in self.endings if ending.frame > frame),
        )


class Trail:
    """Collects the trail of a fold that begins behind `after`."""

    def __init__(self, after: int = 0) -> None:
        self._after = self._frame = after
        self._near: dict[TaskRef, int] = {}
        """How many entries of a task there are behind its newest kept view, while these are few."""
        self._spent: deque[Spent] = deque(maxlen=SPENT_FROM)
        self._untold = 0
        """Entries behind the newest milestone of the tool."""
        self._milestones: list[Milestone] = []
        self._tools: list[ToolMilestone] = []
        self._placings: list[Placing] = []
        self._lines: list[LogLine] = []
        self._repeats: list[Repeat] = []
        self._endings: list[Ending] = []

    def polled(self, frame: int, before: TaskView, after: TaskView, poll: Poll, cause: GapCause | None) -> None:
        """`poll` made `after` of `before`; nobody looked at any task until then for `cause`, if that is to be told."""
        self._spent.append((poll.sent_us, poll.reason, poll.latency_us if answered(poll.answer) else None))
        if after.stage.life in OVER and after.stage.life is not before.stage.life:
            self._endings.append(Ending(frame, poll.task))
        near = self._near.pop(poll.task, NEAR)
        if not is_leap(before, after, poll):
            if near == NEAR or read_task(frame, before, poll, cause)[0] != after:
                self._keep(frame, after)
                return
            self._milestones.append(Milestone(frame, poll.task, None, cause))
        elif after.polls % VIEW_EVERY == 0:
            self._keep(frame, after)
            return
        if near + 1 < NEAR:
            self._near[poll.task] = near + 1

    def stood(self, frame: int, view: TaskView) -> None:
        """A task was like this after the entry, which is no poll."""
        self._keep(frame, view)
        del self._near[view.task]  # the first poll after a wish is often the beginning of something long

    def _keep(self, frame: int, view: TaskView) -> None:
        if view.last is not None and view.last.body:
            view = replace(view, last=replace(view.last, body=b""))
        self._milestones.append(Milestone(frame, view.task, view))
        self._near[view.task] = 0

    def placed(self, frame: int, task: TaskRef, *, forgotten: bool) -> None:
        """The entry put a task behind all others."""
        self._placings.append(Placing(frame, task, forgotten))

    def logged(self, nth: int, event: Event) -> None:
        """A line was added to the log."""
        self._lines.append(LogLine(nth, event))

    def repeated(self, frame: int, nth: int, line: Event) -> None:
        """A line of the log has counted the entry."""
        self._repeats.append(Repeat(line.frame, nth, frame, line.count, line.last_us))

    def passed(self, frame: int, at_us: int, tool: ToolView, *, by_rule: bool) -> None:
        """The entry is dealt with, and left the tool like this; `by_rule`: as `reading.step_tool` does by itself."""
        self._frame = frame
        self._untold += 1
        if not by_rule or self._untold >= TOOL_EVERY:
            self._untold = 0
            recent, latencies_us = spent(self._spent)
            if recent == tool.recent and latencies_us == tool.latencies_us:
                tool = replace(tool, recent=(), latencies_us=())
            self._tools.append(ToolMilestone(frame, at_us, tool))

    def stretch(self) -> Stretch:
        """The trail so far, as far as it was not dropped."""
        return Stretch(
            self._after,
            self._frame,
            tuple(self._milestones),
            tuple(self._tools),
            tuple(self._placings),
            tuple(self._lines),
            tuple(self._repeats),
            tuple(self._endings),
        )

    def drop(self, frame: int) -> None:
        """The trail up to `frame` is kept elsewhere."""
        left = self.stretch().behind(frame)
        self._after = left.after
        self._milestones = list(left.milestones)
        self._tools = list(left.tools)
        self._placings = list(left.placings)
        self._lines = list(left.lines)
        self._repeats = list(left.repeats)
        self._endings = list(left.endings)

    def __len__(self) -> int:
        tasks = len(self._milestones) + len(self._placings) + len(self._endings)
        return tasks + len(self._tools) + len(self._lines) + len(self._repeats)


def answered(answer: Seen | Fault) -> bool:
    """Whether anything came back."""
    return isinstance(answer, Seen) or answer.http_status is not None


def spent(polls: Iterable[Spent]) -> tuple[tuple[Sent, ...], tuple[int, ...]]:
    """`recent` and `latencies_us` of the tool after these polls, where no clock was set back between them."""
    told = tuple(polls)
    recent = sorted((Sent(sent_us, reason) for sent_us, reason, _ in told[-RECENT_KEPT:]), key=_at_us)
    latencies_us = [latency_us for _, _, latency_us in told if latency_us is not None]
    return tuple(recent), tuple(latencies_us[-LATENCIES_KEPT:])


def _at_us(sent: Sent) -> int:
    return sent.at_us
