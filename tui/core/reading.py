"""How one poll changes what is known: of its task, of the tool, and as lines of the log. Pure steps of the fold."""

from msgspec.structs import replace

from tui.core.clock_offset import narrow
from tui.core.entry import Fault, Level, Poll, Request, Seen, Verb
from tui.core.fault import BLINDING, FaultClass
from tui.core.lifecycle import Edge, Life, Stage, Verdict, missed, saw, stage_word
from tui.core.views import (
    LATENCIES_KEPT,
    RECENT_KEPT,
    RUNS_KEPT,
    Blindness,
    Episode,
    Event,
    Finding,
    LastPoll,
    Run,
    TaskView,
    ToolView,
    Trouble,
)

BLIND_AFTER = {
    FaultClass.AUTH: 1,
    FaultClass.CLOCK: 1,
    FaultClass.THROTTLED: 1,
    FaultClass.SERVICE: 6,
    FaultClass.NETWORK: 3,
}
"""Failures of a class in a row, over all tasks, until the tool as a whole counts as blind. Our choice: one lost packet
is no outage, and one sick task is no sick service."""

TOOL_CLASSES = BLINDING - {FaultClass.SERVICE}
"""Failures that are about the tool or the path, not about one task: the log tells them once, not once per task."""

EPISODE_US = 10_000_000
"""Failures of the tool, and recoveries from them, that are closer to each other than this are one episode: a limit that
is hit once a second must not fill the log."""

RECOVERY_TOLD_US = 1_000_000
"""Who was blind for less than this has missed nothing."""

FUTURE_START_US = 5_000_000
"""A StartTime later than the answer by more than this is impossible; less is the clocks' business."""


def read_task(frame: int, view: TaskView, poll: Poll) -> tuple[TaskView, Edge | None]:
    """The view after `poll`, and the edge when the task's word changed with it."""
    answer = poll.answer
    if isinstance(answer, Seen):
        return _read_status(view, poll, answer)
    return _read_fault(frame, view, poll, answer)


def _read_status(view: TaskView, poll: Poll, seen: Seen) -> tuple[TaskView, Edge | None]:
    stage, edge = saw(view.stage, seen.status)
    after = replace(
        view,
        stage=stage,
        since_us=poll.sent_us if edge else view.since_us,
        since_bound_us=_bound_us(view) if edge else view.since_bound_us,
        start_time_ms=seen.start_time_ms,
        exited_seen=view.exited_seen or stage.life is Life.EXITED,
        polls=view.polls + 1,
        seen_us=poll.at_us,
        trouble=None,
        last=_last_poll(poll, seen.status, None, seen.body),
        runs=_extend(view.runs, poll, seen.status, None),
        finding=_worse(view.finding, _finding(view, poll, seen, edge)),
    )
    return after, edge


def _read_fault(frame: int, view: TaskView, poll: Poll, fault: Fault) -> tuple[TaskView, Edge | None]:
    stage, edge = view.stage, None
    if fault.fault_class is FaultClass.END:
        stage, edge = missed(stage)
    settled = fault.fault_class is FaultClass.END and (edge is not None or not stage.misses)
    after = replace(
        view,
        stage=stage,
        since_us=poll.sent_us if edge else view.since_us,
        since_bound_us=_bound_us(view) if edge else view.since_bound_us,
        polls=view.polls + 1,
        errors=view.errors + (fault.fault_class is not FaultClass.END),
        seen_us=poll.at_us if settled else view.seen_us,
        trouble=None if settled else _trouble(frame, view.trouble, poll, fault),
        last=_last_poll(poll, fault.code, fault.http_status, fault.body),
        runs=_extend(view.runs, poll, fault.code, fault.fault_class),
    )
    if edge is not None and edge.verdict is not Verdict.DOCUMENTED:
        found = Finding(poll.at_us, edge.verdict, _edge_text(edge), poll.request_id)
        after = replace(after, finding=_worse(view.finding, found))
    return after, edge


def _bound_us(view: TaskView) -> int:
    """When the task was last seen as it was before, µs; 0 when it never was."""
    return view.seen_us or 0


def _trouble(frame: int, before: Trouble | None, poll: Poll, fault: Fault) -> Trouble:
    if before is not None and before.fault_class is fault.fault_class and before.code == fault.code:
        return replace(before, count=before.count + 1, message=fault.message, request_id=poll.request_id)
    return Trouble(fault.fault_class, fault.code, fault.message, poll.sent_us, 1, poll.request_id, frame)


def _last_poll(poll: Poll, word: str, http_status: int | None, body: bytes) -> LastPoll:
    return LastPoll(poll.sent_us, poll.latency_us, word, poll.request_id, http_status, body)


def _extend(runs: tuple[Run, ...], poll: Poll, word: str, fault_class: FaultClass | None) -> tuple[Run, ...]:
    if runs and runs[-1].word == word and runs[-1].fault_class is fault_class:
        return (*runs[:-1], replace(runs[-1], last_us=poll.sent_us, count=runs[-1].count + 1))
    fresh = Run(word, fault_class, poll.sent_us, poll.sent_us, 1, poll.request_id)
    return (*runs[-(RUNS_KEPT - 1) :], fresh)


def _finding(view: TaskView, poll: Poll, seen: Seen, edge: Edge | None) -> Finding | None:
    if edge is not None and edge.verdict is Verdict.IMPOSSIBLE:
        return Finding(poll.at_us, Verdict.IMPOSSIBLE, _edge_text(edge), poll.request_id)
    if view.start_time_ms not in (None, seen.start_time_ms):
        text = f"StartTime changed: {view.start_time_ms} -> {seen.start_time_ms}"
        return Finding(poll.at_us, Verdict.IMPOSSIBLE, text, poll.request_id)
    server_us = poll.at_us + (poll.skew.offset_us + poll.skew.error_us if poll.skew else 0)
    if seen.start_time_ms * 1000 > server_us + FUTURE_START_US:
        return Finding(poll.at_us, Verdict.IMPOSSIBLE, "StartTime lies in the future", poll.request_id)
    if edge is not None and edge.verdict is Verdict.UNDOCUMENTED:
        return Finding(poll.at_us, Verdict.UNDOCUMENTED, _edge_text(edge), poll.request_id)
    return None


def _worse(before: Finding | None, found: Finding | None) -> Finding | None:
    """The newer one, unless it would hide something impossible behind something merely undocumented."""
    if found is None or before is None:
        return found or before
    return before if before.verdict is Verdict.IMPOSSIBLE is not found.verdict else found


def _edge_text(edge: Edge) -> str:
    return f"{edge.before} -> {edge.after}"


def read_tool(frame: int, tool: ToolView, poll: Poll) -> ToolView:
    """What the tool knows of itself after `poll`."""
    fault = poll.answer if isinstance(poll.answer, Fault) else None
    answered = fault is None or fault.http_status is not None
    after = replace(
        tool,
        polls=tool.polls + 1,
        failures=tool.failures + (fault is not None and fault.fault_class is not FaultClass.END),
        throttled=tool.throttled + (fault is not None and fault.fault_class is FaultClass.THROTTLED),
        recent_us=(*tool.recent_us[-(RECENT_KEPT - 1) :], poll.sent_us),
        latencies_us=(*tool.latencies_us[-(LATENCIES_KEPT - 1) :], poll.latency_us) if answered else tool.latencies_us,
        skew=narrow(tool.skew, poll.at_us - tool.skew_at_us, poll.skew) if poll.skew else tool.skew,
        skew_at_us=poll.at_us if poll.skew else tool.skew_at_us,
    )
    if fault is None or fault.fault_class not in BLINDING:
        stopped = tool.blindness if tool.blindness and tool.blindness.stopped else None
        return replace(after, seen_us=poll.at_us, streak=0, streak_class=None, blindness=stopped)
    return _read_blinding(frame, after, poll, fault)


def _read_blinding(frame: int, tool: ToolView, poll: Poll, fault: Fault) -> ToolView:
    going_on = tool.streak_class is fault.fault_class
    after = replace(
        tool,
        streak=tool.streak + 1 if going_on else 1,
        streak_class=fault.fault_class,
        streak_since_us=tool.streak_since_us if going_on else poll.sent_us,
        episode=_episode(frame, tool.episode, poll, fault, going_on=going_on),
    )
    if after.streak < BLIND_AFTER[fault.fault_class]:
        return after
    if tool.blindness and (tool.blindness.stopped or tool.blindness.fault_class is fault.fault_class):
        return after
    since = tool.blindness.since_us if tool.blindness else after.streak_since_us
    return replace(after, blindness=Blindness(fault.fault_class, fault.code, fault.message, since, stopped=False))


def _episode(frame: int, before: Episode | None, poll: Poll, fault: Fault, *, going_on: bool) -> Episode | None:
    if fault.fault_class not in TOOL_CLASSES:
        return before
    fresh = Episode(fault.fault_class, frame, poll.at_us)
    if before is None or before.fault_class is not fault.fault_class:
        return fresh
    # Within a streak the pauses grow longer than those between episodes.
    near = going_on or poll.at_us - before.last_us <= EPISODE_US
    return replace(before, last_us=poll.at_us) if near else fresh


_LOUDNESS = {Verdict.DOCUMENTED: Level.INFO, Verdict.UNDOCUMENTED: Level.WARN, Verdict.IMPOSSIBLE: Level.ALERT}


def change_event(frame: int, before: TaskView, edge: Edge, poll: Poll) -> Event:
    """The log line of a change of a task's word."""
    bound = poll.sent_us - before.seen_us if before.seen_us is not None else None
    level = _LOUDNESS[edge.verdict]
    text = _edge_text(edge) if before.stage != Stage() or edge.after == Life.NOT_FOUND.value else edge.after
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
    text = {Verb.WATCH: "watch", Verb.FORGET: "forget", Verb.POLL_NOW: "poll now"}[request.verb]
    by = f" by {request.operator}" if request.operator else ""
    return Event(frame, request.at_us, Level.INFO, "you", request.task, text + by)
