"""What a task is sorted by. Ties go by name, then by TaskRef, in the same direction whatever the column's is.

By attention: first the weight. Among those that need somebody, what is worst is on top, and then the one that has
waited longest. Among those that are changing or over, the newest, which answers "what changed last?". The quiet ones go
by name, so that rows which need nothing stand where the eye left them.
"""

from collections.abc import Callable

from tui.core.alerts import severity
from tui.core.lifecycle import OVER
from tui.core.standing import Standing, Weight
from tui.core.views import TaskView
from tui.render.order import Key
from tui.render.view import SortKey

GAP = "GAP"
"""How `core.standing` begins the reason of a task that nobody looked at for too long."""

_NEWEST_FIRST = frozenset({Weight.CHANGING, Weight.OVER})
_WORST_FIRST = frozenset({Weight.NEEDS_YOU, Weight.ACKED})

_WORSE_US = 1 << 56
"""By so much an alert that is a step worse seems to have waited longer: more than any clock shows."""


def reason_since_us(view: TaskView, standing: Standing) -> int:
    """When the reason of a standing began, µs UTC: a gap begins with the last sight, however old the word is."""
    if standing.why.startswith(GAP):
        return view.seen_us or view.watched_us
    return standing.since_us or view.watched_us


def attention_key(view: TaskView, standing: Standing) -> Key:
    """Worst first."""
    return standing.weight, _urgency(view, standing), _name(view), view.task


def _urgency(view: TaskView, standing: Standing) -> int:
    if standing.weight is Weight.QUIET:
        return 0
    since_us = reason_since_us(view, standing)
    if standing.weight in _WORST_FIRST:
        return since_us - severity(standing.rule) * _WORSE_US
    return -since_us if standing.weight in _NEWEST_FIRST else since_us


def row_key(sort: SortKey, view: TaskView, standing: Standing, *, descending: bool) -> Key:
    """The key of a row. What has no value in the column goes last in both directions."""
    tie = _name(view), view.task
    if sort is SortKey.ATTENTION:
        weight, urgency = int(standing.weight), _urgency(view, standing)
        return (-weight, -urgency, *tie) if descending else (weight, urgency, *tie)
    value = _COLUMNS[sort](view, standing)
    if value is None:
        return (1, *tie)
    if not descending:
        return (0, value, *tie)
    return (0, -value if isinstance(value, int) else _inverted(value), *tie)


def _name(view: TaskView) -> str:
    """For most names the text that the view holds already, and not another 60 bytes for each of many tasks."""
    name = view.name or view.task.task_id
    folded = name.casefold()
    return name if folded == name else folded


def _inverted(text: str) -> tuple[int, ...]:
    """Sorts the other way round than `text`; the 1 puts a text before its own beginning."""
    return (*(-ord(char) for char in text), 1)


def _since(_view: TaskView, standing: Standing) -> int | None:
    return -standing.since_us or None


def _asked(view: TaskView, _standing: Standing) -> int | None:
    return None if view.last is None or view.stage.life in OVER else -view.last.sent_us


_COLUMNS: dict[SortKey, Callable[[TaskView, Standing], int | str | None]] = {
    SortKey.NAME: lambda view, _: _name(view),
    SortKey.STATUS: lambda _, standing: standing.word.casefold(),
    SortKey.FOR: _since,
    SortKey.POLL: _asked,
    SortKey.ERRORS: lambda view, _: view.errors,
    SortKey.RTT: lambda view, _: view.last.latency_us if view.last else None,
    SortKey.REGION: lambda view, _: view.task.region,
}
"""The smallest value is what the column shows as the smallest: an age is small when its moment is late."""
