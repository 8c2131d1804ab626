"""Two polls side by side: what changed first, `~` beside it; what is the same, or never is, below."""

from collections.abc import Iterable

from msgspec import Struct

from tui.core.diff import Change, FieldDiff, change_count, diff
from tui.core.entry import Poll
from tui.render.line import Line, Role, fit, line
from tui.render.task_times import TaskTimes
from tui.render.text import column, cut, short_request

_MARKS = {Change.SAME: " ", Change.CHANGED: "~", Change.APPEARED: "+", Change.GONE: "-", Change.ALWAYS: " "}
_ROLES = {
    Change.SAME: Role.DIM,
    Change.CHANGED: Role.NEEDS_YOU,
    Change.APPEARED: Role.CHANGING,
    Change.GONE: Role.CHANGING,
    Change.ALWAYS: Role.DIM,
}
_NAME_CELLS, _WIDE_NAME_CELLS = 18, 30
_WIDE_FROM = 100
_NOTHING = "-"


class Sides(Struct, frozen=True):
    """Two polls of one task, and what lies between them."""

    before_frame: int
    before: Poll
    after_frame: int
    after: Poll
    folded: int
    """How many entries in a row, up to `after`, told no other word."""


def diff_title(sides: Sides) -> str:
    """`Diff frame 317 -> 318: 2 changed, 2 same; 316 told the same in a row`."""
    changed, same = change_count(diff(sides.before, sides.after))
    row = f"; {sides.folded} told the same in a row" if sides.folded > 1 else ""
    return f"Diff frame {sides.before_frame} -> {sides.after_frame}: {changed} changed, {same} same{row}"


def diff_lines(sides: Sides, times: TaskTimes, cells: int) -> tuple[Line, ...]:
    """A line a field, each of exactly `cells`: what changed, what always differs, what is the same."""
    fields = diff(sides.before, sides.after)
    ordered = (*_among(fields, _CHANGES), *_among(fields, (Change.ALWAYS,)), *_among(fields, (Change.SAME,)))
    return tuple(_field_line(field, times, cells) for field in ordered)


_CHANGES = (Change.CHANGED, Change.APPEARED, Change.GONE)


def _among(fields: Iterable[FieldDiff], changes: tuple[Change, ...]) -> Iterable[FieldDiff]:
    return (field for field in fields if field.change in changes)


def _field_line(field: FieldDiff, times: TaskTimes, cells: int) -> Line:
    name_cells = _NAME_CELLS if cells < _WIDE_FROM else _WIDE_NAME_CELLS
    word = f"({field.change.value})"
    room = max(1, cells - name_cells - len(word) - 5)
    head = line((f"{_MARKS[field.change]} ", Role.KEY), (f"{column(field.name, name_cells)} ", Role.HEADING))
    role = _ROLES[field.change]
    if field.change is Change.SAME:
        return fit((*head, *line((column(_value(field, field.after, times, room), room), role), f"  {word}")), cells)
    half = max(1, (room - len(" -> ")) // 2)
    before, after = (column(_value(field, side, times, half), half) for side in (field.before, field.after))
    return fit((*head, *line((before, Role.PLAIN), " -> ", (after, role), (f"  {word}", Role.DIM))), cells)


def _value(field: FieldDiff, side: str | None, times: TaskTimes, cells: int) -> str:
    if side is None:
        return _NOTHING
    if field.name == "RequestId":
        return short_request(side, cells)
    return times.at(int(side), millis=True) if field.name == "sent" else cut(side, cells)
