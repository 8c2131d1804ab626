"""The rows of the task list. WHY is last, as it is the only column whose text may be long; it gets what is left."""

from msgspec import Struct

from tui.core.lifecycle import OVER
from tui.core.standing import Standing, Weight
from tui.core.views import TaskView
from tui.render.ack_text import ack_text
from tui.render.how_polled import held_for
from tui.render.line import Line, Role, Span, fit, line
from tui.render.names import task_name
from tui.render.text import column
from tui.render.times import age, duration
from tui.render.view import SortKey, View

MARKS = {
    Weight.NEEDS_YOU: "!",
    Weight.UNKNOWN: "?",
    Weight.ACKED: "a",
    Weight.CHANGING: "~",
    Weight.QUIET: " ",
    Weight.OVER: "x",
}
ROLES = {
    Weight.NEEDS_YOU: Role.NEEDS_YOU,
    Weight.UNKNOWN: Role.UNKNOWN,
    Weight.ACKED: Role.CHANGING,
    Weight.CHANGING: Role.CHANGING,
    Weight.QUIET: Role.PLAIN,
    Weight.OVER: Role.OVER,
}
CURSOR = ">"
PINNED = "+"

HELD = "held"
"""How `core.standing` begins the reason of a task that is polled only when asked."""

_NONE = "-"
_MARK_CELLS = 3
_STATUS_CELLS = 10
_AGE_CELLS = 5
_WIDE = 92
_NAME_CELLS = 16
_NAME_CELLS_WIDE = 18
_NAME_CELLS_MOST = 32
_WHY_CELLS = 44
"""`was InProgress, AuthFailure.SecretIdNotFound`: the name gets nothing more before WHY has so many."""


class Column(Struct, frozen=True):
    """One column between the mark and WHY."""

    key: SortKey
    title: str
    cells: int
    right: bool = False


class Columns(Struct, frozen=True):
    """What fits into a row of `cells`."""

    cells: int
    shown: tuple[Column, ...]


def columns(cells: int) -> Columns:
    """The columns for this width: 80 cells show what one needs at once, from 92 on there is room for the rest."""
    if cells < _WIDE:
        return Columns(cells, _usual(_NAME_CELLS))
    spare = _why_cells(cells, _all(_NAME_CELLS_WIDE)) - _WHY_CELLS
    return Columns(cells, _all(min(_NAME_CELLS_MOST, _NAME_CELLS_WIDE + max(0, spare))))


def _usual(name_cells: int) -> tuple[Column, ...]:
    return (
        Column(SortKey.STATUS, "STATUS", _STATUS_CELLS),
        Column(SortKey.FOR, "FOR", _AGE_CELLS, right=True),
        Column(SortKey.NAME, "NAME", name_cells),
        Column(SortKey.POLL, "POLL", _AGE_CELLS, right=True),
    )


def _all(name_cells: int) -> tuple[Column, ...]:
    *usual, poll = _usual(name_cells)
    region = Column(SortKey.REGION, "REGION", 12)
    errors, rtt = Column(SortKey.ERRORS, "ERR", 4, right=True), Column(SortKey.RTT, "RTT", 5, right=True)
    return (*usual, region, poll, errors, rtt)


def _why_cells(cells: int, shown: tuple[Column, ...]) -> int:
    """What is left for WHY beside these columns, each with a space behind it."""
    return max(0, cells - sum(col.cells + 1 for col in shown) - _MARK_CELLS - 1)


def heading(columns: Columns, view: View) -> Line:
    """The titles; `^` (smallest first) or `v` stands at the sorted one, or over the marks for attention."""
    arrow = "v" if view.descending else "^"
    by_attention = view.sort is SortKey.ATTENTION
    parts: list[Span] = [(f" {arrow if by_attention else ' '} ", Role.HEADING)]
    for col in columns.shown:
        is_sorted = col.key is view.sort
        title = col.title + arrow if is_sorted else col.title
        parts.append((column(title, col.cells, right=col.right), Role.STRONG if is_sorted else Role.HEADING))
        parts.append((" ", Role.HEADING))
    return fit(line(*parts, (" WHY", Role.HEADING)), columns.cells)


def row(columns: Columns, task_view: TaskView, standing: Standing, view: View, now_us: int, *, cursor: bool) -> Line:
    """One task in exactly `columns.cells`: `>` at the cursor, the mark, `+` when pinned, the columns, the reason.

    `view` is not looked at so far: ages are ages in every style of times.
    """
    del view
    role = ROLES[standing.weight]
    parts: list[Span] = [
        (CURSOR if cursor else " ", Role.CURSOR),
        (MARKS[standing.weight], role),
        (PINNED if task_view.pinned else " ", role),
    ]
    for col in columns.shown:
        cell = _cell(col, task_view, standing, now_us)
        parts.append((column(cell, col.cells, right=col.right), _cell_role(col.key, role, cursor=cursor)))
        parts.append((" ", Role.PLAIN))
    why = column(_why(task_view, standing, now_us), _why_cells(columns.cells, columns.shown))
    return fit(line(*parts, " ", (why, role)), columns.cells)


def _why(view: TaskView, standing: Standing, now_us: int) -> str:
    """The reason; before it, who takes care of it, and that the task is held, as nothing else then tells how old that
    reason may be."""
    held = held_for(view, now_us)
    why = "" if held and standing.why.startswith(HELD) else standing.why
    return ", ".join(part for part in (held, ack_text(standing.acked, now_us), why) if part)


def _cell_role(key: SortKey, role: Role, *, cursor: bool) -> Role:
    if key is SortKey.NAME:
        return Role.CURSOR if cursor else role
    if key is SortKey.STATUS:
        return role
    return Role.OVER if role is Role.OVER else Role.PLAIN


def _cell(col: Column, view: TaskView, standing: Standing, now_us: int) -> str:
    last = view.last
    match col.key:
        case SortKey.STATUS:
            return standing.word
        case SortKey.FOR:
            return _for(now_us - standing.since_us) if standing.since_us else _NONE
        case SortKey.NAME:
            return task_name(view, col.cells)
        case SortKey.REGION:
            return view.task.region
        case SortKey.POLL:
            return _NONE if last is None or view.stage.life in OVER else age(now_us - last.sent_us)
        case SortKey.ERRORS:
            return str(view.errors)
        case SortKey.RTT:
            return str(last.latency_us // 1_000) if last else _NONE
        case SortKey.ATTENTION:
            return standing.why


def _for(us: int) -> str:
    clock = duration(us)
    return clock if len(clock) <= _AGE_CELLS else age(us)
