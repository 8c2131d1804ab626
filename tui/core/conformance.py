"""What the documentation says of a life that was seen: rules with ids, and a checker that passes over entries.

Edges: features.md §3.1, U4, as `core.lifecycle` has them. A finding is a fact with a RequestId, never an exception.
"""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from msgspec import Struct

from tui.core.entry import Fault, Poll, Seen
from tui.core.fault import WRONG_TASK
from tui.core.lifecycle import Edge, Life, Stage, Verdict
from tui.core.task import TaskRef
from tui.core.views import Finding, TaskView

FUTURE_START_US = 5_000_000
"""A StartTime later than the answer by more than this is impossible; less is the clocks' business."""

EXIT_UNSEEN, BACK_TO_IDLE, ODD_WORD = "E1", "E2", "E3"
RETURNED, RESURRECTED = "E4", "E5"
START_CHANGED, START_LATER, OTHER_TASK = "S1", "S2", "T1"


class Rule(Struct, frozen=True):
    """One thing that the documentation does not allow, or does not know."""

    id: str
    verdict: Verdict
    words: str


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        rule.id: rule
        for rule in (
            Rule(EXIT_UNSEEN, Verdict.UNDOCUMENTED, "a life ends without a seen Exited"),
            Rule(BACK_TO_IDLE, Verdict.UNDOCUMENTED, "InProgress becomes Idle"),
            Rule(ODD_WORD, Verdict.UNDOCUMENTED, "a status word that nobody documented"),
            Rule(RETURNED, Verdict.IMPOSSIBLE, "Exited becomes Idle or InProgress"),
            Rule(RESURRECTED, Verdict.IMPOSSIBLE, "life after the end"),
            Rule(START_CHANGED, Verdict.IMPOSSIBLE, "StartTime changes"),
            Rule(START_LATER, Verdict.IMPOSSIBLE, "StartTime lies in the future"),
            Rule(OTHER_TASK, Verdict.IMPOSSIBLE, "the answer is about another TaskId than the question"),
        )
    }
)


class Found(Struct, frozen=True):
    """A finding, and where it is."""

    frame: int
    task: TaskRef
    finding: Finding


def edge_rule(before: Life, after: Life) -> str | None:
    """The rule that a change of life breaks; None when it is documented."""
    if before is Life.ENDED:
        return RESURRECTED
    if after is Life.ENDED:
        return None if before is Life.EXITED else EXIT_UNSEEN
    if Life.ODD in (before, after):
        return ODD_WORD
    if before is Life.EXITED:
        return RETURNED
    return BACK_TO_IDLE if (before, after) == (Life.IN_PROGRESS, Life.IDLE) else None


def edge_text(edge: Edge) -> str:
    """`Idle -> InProgress`."""
    return f"{edge.before} -> {edge.after}"


def found(view: TaskView, poll: Poll, after: Stage, edge: Edge | None) -> tuple[Finding, ...]:
    """What `poll` tells against the documentation, the worst first; each thing once, when it is new.

    Args:
        view: what was known before it.
        after: where the task stands with it, and `edge` the change of word.
    """
    broken = _edge(view, poll, after, edge) if edge is not None else ()
    if isinstance(poll.answer, Fault):
        return broken if poll.answer.code != WRONG_TASK else _other_task(view, poll, poll.answer)
    if view.start_time_ms == poll.answer.start_time_ms:
        return broken
    told = (*broken, *_start(view, poll, poll.answer))
    return tuple(sorted(told, key=lambda one: one.verdict is not Verdict.IMPOSSIBLE))


def _finding(rule: str, poll: Poll, text: str) -> Finding:
    return Finding(poll.at_us, RULES[rule].verdict, text, poll.request_id, rule)


def _edge(view: TaskView, poll: Poll, after: Stage, edge: Edge) -> tuple[Finding, ...]:
    rule = edge_rule(view.stage.life, after.life)
    if rule is None:
        return ()
    text = edge_text(edge)
    if rule == EXIT_UNSEEN and not view.exited_seen:
        text += f": no Exited seen{_within(view, poll)}"
    return (_finding(rule, poll, text),)


def _within(view: TaskView, poll: Poll) -> str:
    """How closely it was looked at: what was not seen took no longer."""
    if view.seen_us is None:
        return ""
    return f" within {-(-max(0, poll.sent_us - view.seen_us) // 1_000_000)} s"


def _start(view: TaskView, poll: Poll, seen: Seen) -> Iterator[Finding]:
    if view.start_time_ms is not None:
        text = f"StartTime changed: {view.start_time_ms} -> {seen.start_time_ms}"
        yield _finding(START_CHANGED, poll, text)
    if starts_later(poll, seen):
        yield _finding(START_LATER, poll, "StartTime lies in the future")


def starts_later(poll: Poll, seen: Seen) -> bool:
    """Whether the StartTime lies behind the answer that told it, by the server's clock."""
    server_us = poll.at_us + (poll.skew.offset_us + poll.skew.error_us if poll.skew else 0)
    return seen.start_time_ms * 1000 > server_us + FUTURE_START_US


def _other_task(view: TaskView, poll: Poll, fault: Fault) -> tuple[Finding, ...]:
    if view.trouble is not None and view.trouble.code == WRONG_TASK:
        return ()
    return (_finding(OTHER_TASK, poll, f"the answer is about another task: {fault.message}"),)


def worse(before: Finding | None, now: Iterable[Finding]) -> Finding | None:
    """The newest, unless it would hide something impossible behind something merely undocumented."""
    one = next(iter(now), None)
    if one is None or before is None:
        return one or before
    return before if before.verdict is Verdict.IMPOSSIBLE is not one.verdict else one
