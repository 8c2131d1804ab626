"""How one poll, or one wish, changes what is known: of its task, and of the tool. Pure steps of the fold."""

from sys import intern

from msgspec.structs import replace

from tui.core.clock_offset import narrow
from tui.core.conformance import found, worse
from tui.core.entry import Entry, Fault, Gap, GapCause, Note, Poll, Reason, Request, Seen, Topic, Verb
from tui.core.fault import BLINDING, FaultClass
from tui.core.ledger import close_for_all, missed_by_task, open_for_all, telling
from tui.core.lifecycle import Edge, Life, missed, saw
from tui.core.spending import spend
from tui.core.views import (
    LATENCIES_KEPT,
    RUNS_KEPT,
    Blindness,
    Episode,
    LastPoll,
    Peak,
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


def read_task(
    frame: int, view: TaskView, poll: Poll, missed_by_all: GapCause | None = None
) -> tuple[TaskView, Edge | None]:
    """The view after `poll`, and the edge when the task's word changed with it.

    Args:
        missed_by_all: why nobody looked at any task for some time since the poll before, if so (`core.ledger`).
    """
    runs = _extend(view.runs, poll, missed_by_task(view, poll) or missed_by_all)
    view = _attended(view, poll)
    answer = poll.answer
    if isinstance(answer, Seen):
        return _read_status(view, poll, answer, runs)
    return _read_fault(frame, view, poll, answer, runs)


def _attended(view: TaskView, poll: Poll) -> TaskView:
    """The view without what `poll` has done with: somebody's wish for it, and the time when nobody looked."""
    granted = view.asked_us and (poll.sent_us >= view.asked_us or poll.reason is Reason.YOU)
    ended = view.gap is not None and telling(poll)
    if not granted and not ended:
        return view
    return replace(view, gap=None if ended else view.gap, asked_us=0 if granted else view.asked_us)


def _read_status(view: TaskView, poll: Poll, seen: Seen, runs: tuple[Run, ...]) -> tuple[TaskView, Edge | None]:
    stage, edge = saw(view.stage, seen.status)
    after = replace(
        view,
        stage=stage,
        since_us=poll.sent_us if edge else view.since_us,
        since_bound_us=_bound_us(view) if edge else view.since_bound_us,
        edge=_edge_word(edge) if edge else view.edge,
        start_time_ms=seen.start_time_ms,
        exited_seen=view.exited_seen or stage.life is Life.EXITED,
        polls=view.polls + 1,
        seen_us=poll.at_us,
        trouble=None,
        last=_last_poll(poll, seen.status, None, seen.body),
        runs=runs,
        finding=worse(view.finding, found(view, poll, stage, edge)),
    )
    return after, edge


def _read_fault(
    frame: int, view: TaskView, poll: Poll, fault: Fault, runs: tuple[Run, ...]
) -> tuple[TaskView, Edge | None]:
    stage, edge = view.stage, None
    if fault.fault_class is FaultClass.END:
        stage, edge = missed(stage)
    settled = fault.fault_class is FaultClass.END and (edge is not None or not stage.misses)
    after = replace(
        view,
        stage=stage,
        since_us=poll.sent_us if edge else view.since_us,
        since_bound_us=_bound_us(view) if edge else view.since_bound_us,
        edge=_edge_word(edge) if edge else view.edge,
        polls=view.polls + 1,
        errors=view.errors + (fault.fault_class is not FaultClass.END),
        seen_us=poll.at_us if settled else view.seen_us,
        trouble=None if settled else _trouble(frame, view.trouble, poll, fault),
        last=_last_poll(poll, fault.code, fault.http_status, fault.body),
        runs=runs,
        finding=worse(view.finding, found(view, poll, stage, edge)),
    )
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


def _extend(runs: tuple[Run, ...], poll: Poll, gap: GapCause | None) -> tuple[Run, ...]:
    """The runs with `poll`: what was seen before a gap and what was seen after it are never one run."""
    word, fault_class = _answer_word(poll)
    if runs and not gap and runs[-1].word == word and runs[-1].fault_class is fault_class:
        return (*runs[:-1], replace(runs[-1], last_us=poll.sent_us, count=runs[-1].count + 1))
    fresh = Run(word, fault_class, poll.sent_us, poll.sent_us, 1, poll.request_id, gap if runs else None)
    return (*runs[-(RUNS_KEPT - 1) :], fresh)


def _answer_word(poll: Poll) -> tuple[str, FaultClass | None]:
    if isinstance(poll.answer, Seen):
        return poll.answer.status, None
    return poll.answer.code, poll.answer.fault_class


def _edge_word(edge: Edge) -> str:
    """`Idle->InProgress`: one text for all tasks that went there."""
    return intern(f"{edge.before}->{edge.after}")


def read_request(view: TaskView, request: Request) -> TaskView:
    """The view of a watched task after somebody wanted something of it."""
    match request.verb:
        case Verb.WATCH:
            return replace(view, name=request.name or view.name)
        case Verb.FORGET:
            return replace(view, gap=None, held_us=None, pinned=False, asked_us=0, acked=())
        case Verb.POLL_NOW:
            return replace(view, asked_us=request.at_us)
        case Verb.HOLD:
            return replace(view, held_us=request.at_us)
        case Verb.STEP:
            return replace(view, held_us=request.at_us, asked_us=request.at_us)
        case Verb.RELEASE:
            return replace(view, held_us=None)
        case Verb.PIN | Verb.UNPIN:
            return replace(view, pinned=request.verb is Verb.PIN)


def step_tool(frame: int, tool: ToolView, entry: Entry) -> ToolView:
    """What the tool knows of itself after any entry, as far as this does not depend on what the log tells already."""
    match entry:
        case Poll():
            return read_tool(frame, tool, entry)
        case Note():
            return read_note(tool, entry)
        case Gap(task=None):
            return open_for_all(tool, entry)
        case _:
            return tool


def read_note(tool: ToolView, note: Note) -> ToolView:
    """What the tool knows of itself after it said something."""
    blindness = tool.blindness
    match note.topic:
        case Topic.POLLING_STARTED:
            return replace(tool, polling=True, blindness=None, streak=0, streak_class=None, episode=None, peak=Peak())
        case Topic.POLLING_STOPPED:
            return replace(tool, polling=False)
        case Topic.AUTH_STOPPED:
            since_us = blindness.since_us if blindness else note.at_us
            code = blindness.code if blindness else "AuthFailure"
            return replace(tool, blindness=Blindness(FaultClass.AUTH, code, note.text, since_us, stopped=True))
        case _:
            return tool


def read_tool(frame: int, tool: ToolView, poll: Poll) -> ToolView:
    """What the tool knows of itself after `poll`."""
    fault = poll.answer if isinstance(poll.answer, Fault) else None
    answered = fault is None or fault.http_status is not None
    after = replace(
        spend(tool, poll),
        polls=tool.polls + 1,
        failures=tool.failures + (fault is not None and fault.fault_class is not FaultClass.END),
        latencies_us=(*tool.latencies_us[-(LATENCIES_KEPT - 1) :], poll.latency_us) if answered else tool.latencies_us,
        skew=narrow(tool.skew, poll.at_us - tool.skew_at_us, poll.skew) if poll.skew else tool.skew,
        skew_at_us=poll.at_us if poll.skew else tool.skew_at_us,
    )
    if fault is not None and not telling(poll):
        return _read_blinding(frame, after, poll, fault)
    stopped = tool.blindness if tool.blindness and tool.blindness.stopped else None
    seeing = replace(after, seen_us=poll.at_us, streak=0, streak_class=None, blindness=stopped)
    return close_for_all(seeing, poll.sent_us)


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
