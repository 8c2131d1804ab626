"""What the log says of entries: one line each, or none where another line tells it already."""

from sys import intern

from tui.core.conformance import edge_text
from tui.core.entry import Ack, Fault, Gap, GapCause, Level, Mark, Poll, Request
from tui.core.fault import FaultClass
from tui.core.lifecycle import Edge, Life, Stage, Verdict, stage_word
from tui.core.reading import TOOL_CLASSES
from tui.core.task import TaskRef
from tui.core.views import Blindness, Event, GapView, TaskView

GAP_END_TOLD_US = 10_000_000
"""The end of a gap is worth a line when it lasted so long."""

_LOUDNESS = {Verdict.DOCUMENTED: Level.INFO, Verdict.UNDOCUMENTED: Level.WARN, Verdict.IMPOSSIBLE: Level.ALERT}

_FAILURES = {
    GapCause.LIMITER: FaultClass.THROTTLED,
    GapCause.AUTH: FaultClass.AUTH,
    GapCause.CLOCK: FaultClass.CLOCK,
    GapCause.NETWORK: FaultClass.NETWORK,
    GapCause.SERVICE: FaultClass.SERVICE,
}
"""Causes that failed polls bring about, which have lines of their own."""

_OVER_WHEN_TOLD = frozenset({GapCause.NO_POLLER, GapCause.ASLEEP, GapCause.JOURNAL})
"""Nobody could write of these while they lasted: their line comes when they end, and tells how long they were."""


def change_event(frame: int, before: TaskView, edge: Edge, poll: Poll) -> Event:
    """The log line of a change of a task's word."""
    bound = poll.sent_us - before.seen_us if before.seen_us is not None else None
    level = _LOUDNESS[edge.verdict]
    text = edge_text(edge) if before.stage != Stage() or edge.after == Life.NOT_FOUND.value else edge.after
    if edge.verdict is not Verdict.DOCUMENTED:
        text = f"{text} ({edge.verdict.value})"
    return Event(frame, poll.at_us, level, "poll", poll.task, text, poll.request_id, bound)


def trouble_event(frame: int, poll: Poll, fault: Fault, stage: Stage) -> Event:
    """The log line of a failure: of the tool for `TOOL_CLASSES`, else of the task."""
    if fault.fault_class in TOOL_CLASSES:
        loud = Level.ALERT if fault.fault_class in (FaultClass.AUTH, FaultClass.CLOCK) else Level.WARN
        return Event(frame, poll.at_us, loud, "error", None, _fault_text(fault), poll.request_id)
    if fault.fault_class is FaultClass.END:
        text = f"{fault.code}: {stage_word(stage)} may be over, asking again"
        return Event(frame, poll.at_us, Level.INFO, "error", poll.task, text, poll.request_id)
    return Event(frame, poll.at_us, Level.WARN, "error", poll.task, _fault_text(fault), poll.request_id)


def _fault_text(fault: Fault) -> str:
    return f"{fault.code} {fault.message}".rstrip()


def recovery_event(frame: int, before: Blindness, poll: Poll) -> Event:
    """The log line of the first answer after the tool was blind."""
    seconds = max(0, poll.at_us - before.since_us) / 1e6
    text = f"sees again after {seconds:.0f} s blind ({before.code})"
    return Event(frame, poll.at_us, Level.INFO, "tool", None, text, poll.request_id)


def request_event(frame: int, request: Request) -> Event:
    """The log line of something the operator did."""
    text = intern(request.verb.value + _by(request.operator))  # the same for thousands of tasks that were added at once
    return Event(frame, request.at_us, Level.INFO, "you", request.task, text)


def mark_event(frame: int, mark: Mark) -> Event:
    """The log line of a mark: what for, and where it is."""
    note = f'"{mark.note}" ' if mark.note else ""
    text = f"{note}frame {mark.frame}{_by(mark.operator)}"
    return Event(frame, mark.at_us, Level.INFO, "mark", mark.task, text)


def ack_event(frame: int, ack: Ack) -> Event:
    """The log line of an alert that somebody takes care of."""
    return Event(frame, ack.at_us, Level.INFO, "ack", ack.task, f"{ack.rule}{_by(ack.operator)}")


def _by(operator: str) -> str:
    return f" by {operator}" if operator else ""


def gap_event(frame: int, gap: Gap, failing: FaultClass | None) -> Event | None:
    """The log line of a gap that opens; None when the operator's own wish or a line of failures tells it.

    Args:
        failing: the class of the failures, of this task or of all, that have a line already.
    """
    if gap.cause is GapCause.HELD or (failing is not None and _FAILURES.get(gap.cause) is failing):
        return None
    lasted = f"looked for {_in_words(gap.at_us - gap.since_us)}" if gap.cause in _OVER_WHEN_TOLD else "looks"
    return Event(frame, gap.at_us, Level.WARN, "tool", gap.task, f"nobody {lasted}: {gap.cause.value}")


def gap_end_event(frame: int, gap: GapView, task: TaskRef | None, poll: Poll) -> Event | None:
    """The log line of the look that ended a gap, of one task or of all; None when it was short, or told by then."""
    lasted_us = poll.sent_us - gap.since_us
    if lasted_us < GAP_END_TOLD_US or gap.cause in _OVER_WHEN_TOLD:
        return None
    text = f"looked at again after {_in_words(lasted_us)}: {gap.cause.value}"
    return Event(frame, poll.at_us, Level.INFO, "tool", task, text, poll.request_id)


def _in_words(us: int) -> str:
    """`14 s`, `3 min`, `2 h 5 min`, `4 d 3 h`."""
    seconds = max(0, us) // 1_000_000
    minutes, hours, days = seconds // 60, seconds // 3_600, seconds // 86_400
    if not minutes:
        return f"{seconds} s"
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {minutes % 60} min" if not days else f"{days} d {hours % 24} h"
