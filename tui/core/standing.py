"""What to call a task, whether it needs somebody, and why: rules over a Snapshot at a given time.

One word per task, worst reason first. UNKNOWN is about the tool, never about the task; it hides no last known word.
"""

from dataclasses import dataclass
from enum import IntEnum

from tui.core.fault import BLINDING, FaultClass
from tui.core.lifecycle import OVER, Life, Verdict, stage_word
from tui.core.views import TaskView, ToolView

UNKNOWN = "UNKNOWN"
REFUSED = "REFUSED"

BLIND_TASK_AFTER = 2
"""Blinding failures of one task in a row until it is UNKNOWN: one lost answer is no news at 3 am."""

STALE_US = 10_000_000
"""Data older than this, and than three times the interval the budget allows, needs somebody (features.md §3, U9)."""

FRESH_CHANGE_US = 10_000_000
"""A change counts as under way for so long."""

EXITED_LONG_US = 60_000_000
"""`Exited` means leaving; how long it may last is not documented. Our choice."""


class Weight(IntEnum):
    """How much a task needs somebody; sorts worst first."""

    NEEDS_YOU = 0
    UNKNOWN = 1
    CHANGING = 2
    QUIET = 3
    OVER = 4


@dataclass(frozen=True, slots=True)
class Standing:
    """The verdict on one task at one time."""

    word: str
    weight: Weight
    why: str
    since_us: int
    """When the present word began, µs UTC; 0 before the first answer."""


def standing(view: TaskView, tool: ToolView, now_us: int, tasks: int) -> Standing:
    """What to say of `view` at `now_us`, when `tasks` tasks share the budget."""
    over = view.stage.life in OVER
    if not over and tool.blindness is not None and tool.blindness.fault_class in BLINDING:
        blindness = tool.blindness
        return Standing(UNKNOWN, Weight.UNKNOWN, _last_known(view, blindness.code), blindness.since_us)
    trouble = view.trouble
    if trouble is not None and trouble.fault_class is FaultClass.OURS:
        return Standing(REFUSED, Weight.NEEDS_YOU, trouble.code, trouble.since_us)
    if trouble is not None and trouble.fault_class in BLINDING and trouble.count >= BLIND_TASK_AFTER and not over:
        return Standing(UNKNOWN, Weight.NEEDS_YOU, _last_known(view, trouble.code), trouble.since_us)
    word = stage_word(view.stage)
    reason = _needs_you(view, tool, now_us, tasks)
    if reason:
        return Standing(word, Weight.NEEDS_YOU, reason, view.since_us)
    if over:
        return Standing(word, Weight.OVER, "" if view.exited_seen else "exit unseen", view.since_us)
    if view.stage.misses:
        return Standing(word, Weight.CHANGING, "over? asking again", view.since_us)
    if view.stage.life is Life.EXITED:
        return Standing(word, Weight.CHANGING, "leaving", view.since_us)
    if view.since_us and view.since_bound_us and now_us - view.since_us < FRESH_CHANGE_US:
        return Standing(word, Weight.CHANGING, "just changed", view.since_us)
    return Standing(word, Weight.QUIET, _quiet_reason(view), view.since_us)


def _needs_you(view: TaskView, tool: ToolView, now_us: int, tasks: int) -> str:
    if view.finding is not None and view.finding.verdict is Verdict.IMPOSSIBLE:
        return f"impossible: {view.finding.text}"
    if view.stage.life is Life.NOT_FOUND:
        return "never seen: TaskId, SdkAppId, region?"
    if view.stage.life is Life.ODD:
        return "status word not documented"
    if view.stage.life in OVER:
        return ""
    if view.stage.life is Life.EXITED and now_us - view.since_us > EXITED_LONG_US:
        return "Exited > 60s"
    heard_us = view.seen_us or view.watched_us
    if tool.polling and now_us - heard_us > max(STALE_US, 3 * tasks * 1_000_000 // 18):
        return "GAP: no fresh data"
    return ""


def _last_known(view: TaskView, code: str) -> str:
    return f"{code}, was {stage_word(view.stage)}"


def _quiet_reason(view: TaskView) -> str:
    if view.stage.life is Life.NEW:
        return "not answered yet"
    if view.trouble is not None:
        return view.trouble.code
    return ""
