"""Who takes care of what, as far as the journal tells: pure steps of the fold.

An acknowledgement lasts until what the alert rests on is another: that is when the alert *ended*, as far as entries can
tell. What time alone brings about (Idle for too long) rests on the word that began then, so that it ends with the next
change of the word. A rule that another number or switch silences keeps its acknowledgement, as nothing in the journal
tells of that.
"""

from collections.abc import Callable

from msgspec.structs import replace

from tui.core import reading
from tui.core.alerts import (
    GAP,
    IMPOSSIBLE,
    REFUSED,
    RULES,
    STALE,
    STREAK,
    blind_cause,
    fresh_us,
    severity,
)
from tui.core.entry import Ack, GapCause, Poll
from tui.core.fault import FaultClass
from tui.core.lifecycle import Edge, Life
from tui.core.views import Acked, Finding, GapView, TaskView, ToolView

ACKS_KEPT = 8
"""With one task: there are not so many reasons at once."""

_Ground = Finding | GapView | FaultClass | str | int | None | tuple[Life, str, int]


def acknowledge(view: TaskView, ack: Ack) -> TaskView:
    """The view after somebody took care of an alert of this task."""
    others = tuple(one for one in view.acked if one.rule != ack.rule)
    return replace(view, acked=(*others[-(ACKS_KEPT - 1) :], _acked(ack)))


def acknowledge_blind(tool: ToolView, ack: Ack) -> ToolView:
    """The tool after somebody took care of its alert; nothing when there is none any more."""
    return replace(tool, acked=_acked(ack)) if blind_cause(tool) else tool


def read_task(
    frame: int, view: TaskView, poll: Poll, missed_by_all: GapCause | None = None
) -> tuple[TaskView, Edge | None]:
    """`reading.read_task`, without the acknowledgements of what ended with `poll`."""
    after, edge = reading.read_task(frame, view, poll, missed_by_all)
    return lapse(view, after), edge


def lapse(before: TaskView, after: TaskView) -> TaskView:
    """`after` without the acknowledgements of what ended with the entry between the two."""
    if not after.acked:
        return after
    kept = tuple(one for one in after.acked if _ground(one.rule, before) == _ground(one.rule, after))
    return after if len(kept) == len(after.acked) else replace(after, acked=kept)


def lapse_blind(before: ToolView, after: ToolView) -> ToolView:
    """The same for the tool: seeing again, or blind for another reason."""
    if after.acked is None or blind_cause(before) == blind_cause(after):
        return after
    return replace(after, acked=None)


def taken(view: TaskView, rule: str) -> Acked | None:
    """Who takes care of the alert of this rule: who said so, or who takes care of something at least as bad that is
    still going on."""
    if not view.acked:
        return None
    mine = next((one for one in view.acked if one.rule == rule), None)
    return mine or next((one for one in view.acked if one.severity >= severity(rule) and not _lasting(one.rule)), None)


def _acked(ack: Ack) -> Acked:
    return Acked(ack.rule, ack.operator, ack.at_us, severity(ack.rule))


def _lasting(rule: str) -> bool:
    return rule in RULES and RULES[rule].lasting


def _ground(rule: str, view: TaskView) -> _Ground:
    """What an alert rests on: while it stays equal, it is the same alert."""
    return _GROUNDS.get(rule, _word)(view)


def _word(view: TaskView) -> _Ground:
    return view.stage.life, view.stage.word, view.since_us


_GROUNDS: dict[str, Callable[[TaskView], _Ground]] = {
    REFUSED: lambda view: view.trouble.code if view.trouble is not None else None,
    STREAK: lambda view: view.trouble.fault_class if view.trouble is not None else None,
    IMPOSSIBLE: lambda view: view.finding,
    GAP: lambda view: view.gap,
    STALE: fresh_us,
}
"""The others rest on the word: it, and since when."""
