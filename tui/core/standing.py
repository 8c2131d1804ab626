"""What to call a task, whether it needs somebody, and why: rules over a Snapshot at a given time.

One word per task, worst reason first. UNKNOWN is about the tool, never about the task; it hides no last known word.
Which reasons are alerts, and from which number on, is `core.alerts`; who takes care of one, `core.acks`.
"""

from enum import IntEnum

from msgspec import Struct
from msgspec.structs import replace

from tui.core import alerts
from tui.core.acks import taken
from tui.core.alerts import PRODUCT, Limits, fresh_us, held_until_us
from tui.core.entry import GapCause
from tui.core.gaps import planned_us
from tui.core.ledger import unseen_since
from tui.core.lifecycle import ALIVE, OVER, Life, stage_word
from tui.core.views import Acked, TaskView, ToolView

NEVER_US = alerts.NEVER_US
"""Later than any clock."""

UNKNOWN = "UNKNOWN"
REFUSED = "REFUSED"

BLIND_TASK_AFTER = alerts.BLIND_TASK_AFTER
"""Blinding failures of one task in a row until it is UNKNOWN."""

RATE_PER_S = 18
"""What the budget allows in general: which data are too old must not change with every little step of the pace."""

FRESH_CHANGE_US = 10_000_000
"""A change counts as under way for so long."""


class Weight(IntEnum):
    """How much a task needs somebody; sorts worst first."""

    NEEDS_YOU = 0
    UNKNOWN = 1
    ACKED = 2
    """It needs somebody, and somebody takes care of it."""
    CHANGING = 3
    QUIET = 4
    OVER = 5


_SWITCHED_OFF = {
    alerts.REFUSED: Weight.UNKNOWN,
    alerts.STREAK: Weight.UNKNOWN,
    alerts.GAP: Weight.UNKNOWN,
    alerts.STALE: Weight.UNKNOWN,
}
"""What cannot be seen is told also where nobody wants an alert of it."""

_NEVER_FINE = frozenset({Life.NOT_FOUND, Life.ODD})
_LASTING_REASONS = {
    alerts.NOT_FOUND: "never seen: TaskId, SdkAppId, region?",
    alerts.ODD_STATUS: "status word not documented",
}


class Standing(Struct, frozen=True, gc=False):
    """The verdict on one task at one time."""

    word: str
    weight: Weight
    why: str
    since_us: int
    """When the present word began, µs UTC; 0 before the first answer."""
    until_us: int = NEVER_US
    """Until then, time alone changes nothing of this."""
    rule: str = ""
    """The id of the alert rule that says so (`core.alerts`); empty when none does."""
    acked: Acked | None = None
    """Who takes care of it."""


def standing(view: TaskView, tool: ToolView, now_us: int, tasks: int, limits: Limits = PRODUCT) -> Standing:
    """What to say of `view` at `now_us`, when `tasks` tasks share the budget."""
    over = view.stage.life in OVER
    if not over and tool.blindness is not None:
        why, since_us = _last_known(view, tool.blindness.code), tool.blindness.since_us
        return Standing(UNKNOWN, Weight.UNKNOWN, why, since_us, rule=alerts.BLIND)
    if view.trouble is not None and (hidden := _hidden(view, limits)) is not None:
        return hidden
    lasting = _lasting(view, limits) if view.finding is not None or view.stage.life in _NEVER_FINE else None
    if lasting is not None and lasting.acked is None:
        return lasting
    patience_us = planned_us(tasks, RATE_PER_S, limits.stale_us)
    told = _over(view, now_us, limits) if over else _alive(view, tool, now_us, patience_us, limits)
    if lasting is None or told.weight is Weight.NEEDS_YOU:
        return told
    return replace(lasting, until_us=told.until_us)


def _raised(
    rule: str,
    word: str,
    why: str,
    view: TaskView,
    limits: Limits,
    *,
    since_us: int = 0,
    until_us: int = NEVER_US,
) -> Standing:
    """An alert, unless somebody takes care of it or nobody wants it."""
    since_us = since_us or view.since_us
    if limits.off and rule in limits.off:
        return Standing(word, _SWITCHED_OFF[rule], why, since_us, until_us)
    acked = taken(view, rule)
    return Standing(word, Weight.ACKED if acked else Weight.NEEDS_YOU, why, since_us, until_us, rule, acked)


def _hidden(view: TaskView, limits: Limits) -> Standing | None:
    """What to say of a task of which only failures are seen."""
    trouble = view.trouble
    if trouble is None:
        return None
    if alerts.is_refused(view):
        return _raised(alerts.REFUSED, REFUSED, trouble.code, view, limits, since_us=trouble.since_us)
    if not alerts.is_hidden(view):
        return None
    why = _last_known(view, trouble.code)
    if alerts.failures_in_a_row(view) < limits.streak:
        return Standing(UNKNOWN, Weight.UNKNOWN, why, trouble.since_us)
    return _raised(alerts.STREAK, UNKNOWN, why, view, limits, since_us=trouble.since_us)


def _lasting(view: TaskView, limits: Limits) -> Standing | None:
    """The worst alert that does not depend on the time; one that somebody takes care of only when there is no other."""
    word = stage_word(view.stage)
    rules = [rule for rule in alerts.lasting_rules(view) if rule not in limits.off]
    raised = [_raised(rule, word, _lasting_reason(rule, view), view, limits) for rule in rules]
    return next((one for one in raised if one.acked is None), raised[0] if raised else None)


def _lasting_reason(rule: str, view: TaskView) -> str:
    if rule == alerts.IMPOSSIBLE and view.finding is not None:
        return f"impossible: {view.finding.text}"
    return _LASTING_REASONS[rule]


def _over(view: TaskView, now_us: int, limits: Limits) -> Standing:
    word = stage_word(view.stage)
    if not alerts.is_exit_unseen(view):
        return Standing(word, Weight.OVER, "", view.since_us)
    within_s = -(-(view.since_us - view.since_bound_us) // alerts.SECOND_US)
    why = f"exit unseen: within {within_s}s" if view.since_bound_us else "exit unseen"
    news_until_us = view.since_us + alerts.EXIT_NEWS_US
    if alerts.is_exit_missed(view, limits.exit_unseen_us) and now_us <= news_until_us:
        return _raised(alerts.EXIT_UNSEEN, word, why, view, limits, until_us=news_until_us)
    return Standing(word, Weight.OVER, why, view.since_us)


def _alive(view: TaskView, tool: ToolView, now_us: int, patience_us: int, limits: Limits) -> Standing:
    """What to say of a task about which nothing is wrong, as far as anybody can see: first whether anybody can."""
    word, release_us = stage_word(view.stage), held_until_us(view)
    if now_us <= release_us:
        return Standing(word, Weight.CHANGING, "held, not polled", view.since_us, release_us)
    if view.gap is not None:
        if not alerts.has_gap(view.gap):
            return Standing(word, Weight.CHANGING, _gap(view.gap.cause), view.since_us)
        return _raised(alerts.GAP, word, _gap(view.gap.cause), view, limits)
    if tool.gap is not None:
        return Standing(word, Weight.UNKNOWN, _gap(tool.gap.cause), view.since_us, rule=alerts.BLIND)
    stale_us = max(fresh_us(view), release_us) + patience_us if tool.polling else NEVER_US
    if now_us > stale_us:
        return _stale(view, tool, now_us, patience_us, limits)
    return _fresh(view, word, now_us, stale_us, limits)


def _gap(cause: GapCause) -> str:
    return f"GAP: {cause.value}"


def _stale(view: TaskView, tool: ToolView, now_us: int, patience_us: int, limits: Limits) -> Standing:
    """Nobody looked at this task for too long. After a gap of all tasks, each may wait for its turn once more."""
    word, cause = stage_word(view.stage), unseen_since(tool, fresh_us(view))
    excused_us = (tool.gaps[-1].until_us or 0) + patience_us if cause is not None else 0
    if cause is not None and now_us <= excused_us:
        return Standing(word, Weight.UNKNOWN, _gap(cause), view.since_us, excused_us)
    return _raised(alerts.STALE, word, "GAP: no fresh data", view, limits)


def _fresh(view: TaskView, word: str, now_us: int, stale_us: int, limits: Limits) -> Standing:
    """What to say as long as the data of a task are fresh, which is until `stale_us`."""
    life = view.stage.life
    if view.stage.misses:
        doubt = "over? asking again" if life in ALIVE else "not found yet, asking again"
        return Standing(word, Weight.CHANGING, doubt, view.since_us, stale_us)
    if life is Life.EXITED:
        long_us = view.since_us + limits.exited_long_us
        if now_us > long_us:
            return _long(alerts.EXITED_LONG, limits.exited_long_us, view, limits, stale_us)
        return Standing(word, Weight.CHANGING, "leaving", view.since_us, min(long_us, stale_us))
    until_us = stale_us
    if life is Life.IDLE:
        long_us = view.since_us + limits.idle_long_us
        if now_us > long_us:
            return _long(alerts.IDLE_LONG, limits.idle_long_us, view, limits, stale_us)
        until_us = min(long_us, stale_us)
    settled_us = view.since_us + FRESH_CHANGE_US
    if view.since_bound_us and now_us <= settled_us:
        return Standing(word, Weight.CHANGING, "just changed", view.since_us, min(settled_us, until_us))
    return Standing(word, Weight.QUIET, _quiet_reason(view), view.since_us, until_us)


def _long(rule: str, limit_us: int, view: TaskView, limits: Limits, until_us: int) -> Standing:
    why = f"{view.stage.word} > {limit_us // alerts.SECOND_US}s"
    return _raised(rule, view.stage.word, why, view, limits, until_us=until_us)


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
