"""What to call a task, whether it needs somebody, and why: rules over a Snapshot at a given time.

One word per task, worst reason first. UNKNOWN is about the tool, never about the task; it hides no last known word.
"""

from enum import IntEnum

from msgspec import Struct

from tui.core.entry import HOLD_US, GapCause
from tui.core.fault import BLINDING, FaultClass
from tui.core.gaps import planned_us
from tui.core.ledger import unseen_since
from tui.core.lifecycle import ALIVE, OVER, Life, Verdict, stage_word
from tui.core.views import TaskView, ToolView

UNKNOWN = "UNKNOWN"
REFUSED = "REFUSED"

BLIND_TASK_AFTER = 2
"""Blinding failures of one task in a row until it is UNKNOWN: one lost answer is no news at 3 am."""

RATE_PER_S = 18
"""What the budget allows in general: which data are too old must not change with every little step of the pace."""

FRESH_CHANGE_US = 10_000_000
"""A change counts as under way for so long."""

EXITED_LONG_US = 60_000_000
"""`Exited` means leaving; how long it may last is not documented. Our choice."""


NEVER_US = 1 << 62
"""Later than any clock."""


class Weight(IntEnum):
    """How much a task needs somebody; sorts worst first."""

    NEEDS_YOU = 0
    UNKNOWN = 1
    CHANGING = 2
    QUIET = 3
    OVER = 4


class Standing(Struct, frozen=True, gc=False):
    """The verdict on one task at one time."""

    word: str
    weight: Weight
    why: str
    since_us: int
    """When the present word began, µs UTC; 0 before the first answer."""
    until_us: int = NEVER_US
    """Until then, time alone changes nothing of this."""


def standing(view: TaskView, tool: ToolView, now_us: int, tasks: int) -> Standing:
    """What to say of `view` at `now_us`, when `tasks` tasks share the budget."""
    over = view.stage.life in OVER
    trouble = view.trouble
    if not over and tool.blindness is not None:
        return Standing(UNKNOWN, Weight.UNKNOWN, _last_known(view, tool.blindness.code), tool.blindness.since_us)
    if trouble is not None and trouble.fault_class is FaultClass.OURS:
        return Standing(REFUSED, Weight.NEEDS_YOU, trouble.code, trouble.since_us)
    if not over and trouble is not None and trouble.fault_class in BLINDING and trouble.count >= BLIND_TASK_AFTER:
        return Standing(UNKNOWN, Weight.NEEDS_YOU, _last_known(view, trouble.code), trouble.since_us)
    word = stage_word(view.stage)
    reason = _lasting_reason(view)
    if reason:
        return Standing(word, Weight.NEEDS_YOU, reason, view.since_us)
    if over:
        return Standing(word, Weight.OVER, "" if view.exited_seen else "exit unseen", view.since_us)
    return _alive(view, tool, word, now_us, planned_us(tasks, RATE_PER_S))


def _lasting_reason(view: TaskView) -> str:
    if view.finding is not None and view.finding.verdict is Verdict.IMPOSSIBLE:
        return f"impossible: {view.finding.text}"
    if view.stage.life is Life.NOT_FOUND:
        return "never seen: TaskId, SdkAppId, region?"
    if view.stage.life is Life.ODD:
        return "status word not documented"
    return ""


def _alive(view: TaskView, tool: ToolView, word: str, now_us: int, patience_us: int) -> Standing:
    """What to say of a task about which nothing is wrong, as far as anybody can see: first whether anybody can."""
    held_until_us = _held_until_us(view)
    if now_us <= held_until_us:
        return Standing(word, Weight.CHANGING, "held, not polled", view.since_us, held_until_us)
    if view.gap is not None:
        weight = Weight.CHANGING if view.gap.cause is GapCause.HELD else Weight.NEEDS_YOU
        return Standing(word, weight, _gap(view.gap.cause), view.since_us)
    if tool.gap is not None:
        return Standing(word, Weight.UNKNOWN, _gap(tool.gap.cause), view.since_us)
    fresh_us = max(_fresh_us(view), held_until_us)
    stale_us = fresh_us + patience_us if tool.polling else NEVER_US
    if now_us > stale_us:
        return _stale(view, tool, word, now_us, patience_us)
    return _fresh(view, word, now_us, stale_us)


def _held_until_us(view: TaskView) -> int:
    """When the hold ends by itself, µs; long ago for a task that is not held."""
    return view.held_us + HOLD_US if view.held_us is not None else 0


def _fresh_us(view: TaskView) -> int:
    """When the service last told anything of this task, µs; an END fault that settles nothing yet counts too."""
    if view.stage.misses and view.last is not None:
        return view.last.sent_us
    return view.seen_us or view.watched_us


def _gap(cause: GapCause) -> str:
    return f"GAP: {cause.value}"


def _stale(view: TaskView, tool: ToolView, word: str, now_us: int, patience_us: int) -> Standing:
    """Nobody looked at this task for too long. After a gap of all tasks, each may wait for its turn once more."""
    cause = unseen_since(tool, _fresh_us(view))
    excused_us = (tool.gaps[-1].until_us or 0) + patience_us if cause is not None else 0
    if cause is not None and now_us <= excused_us:
        return Standing(word, Weight.UNKNOWN, _gap(cause), view.since_us, excused_us)
    return Standing(word, Weight.NEEDS_YOU, "GAP: no fresh data", view.since_us)


def _fresh(view: TaskView, word: str, now_us: int, stale_us: int) -> Standing:
    """What to say as long as the data of a task are fresh, which is until `stale_us`."""
    if view.stage.misses:
        doubt = "over? asking again" if view.stage.life in ALIVE else "not found yet, asking again"
        return Standing(word, Weight.CHANGING, doubt, view.since_us, stale_us)
    if view.stage.life is Life.EXITED:
        late_us = view.since_us + EXITED_LONG_US
        if now_us > late_us:
            return Standing(word, Weight.NEEDS_YOU, "Exited > 60s", view.since_us, stale_us)
        return Standing(word, Weight.CHANGING, "leaving", view.since_us, min(late_us, stale_us))
    settled_us = view.since_us + FRESH_CHANGE_US
    if view.since_bound_us and now_us <= settled_us:
        return Standing(word, Weight.CHANGING, "just changed", view.since_us, min(settled_us, stale_us))
    return Standing(word, Weight.QUIET, _quiet_reason(view), view.since_us, stale_us)


def _last_known(view: TaskView, code: str) -> str:
    """The last known word goes first, because a column cuts its text at the end."""
    if view.stage.life is Life.NEW:
        return f"never seen, {code}"
    return f"was {stage_word(view.stage)}, {code}"


def _quiet_reason(view: TaskView) -> str:
    if view.stage.life is Life.NEW:
        return "not answered yet"
    if view.trouble is not None:
        return view.trouble.code
    return ""
