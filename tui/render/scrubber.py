"""A scrubber as lines: letters over columns of time, and in words what the column of the cursor holds.

Every cell is a span of its own: when a column is new, only what differs is sent.
"""

import re
from collections.abc import Iterable, Sequence

from tui.core.scrub import MOST_COUNTED, Column, State
from tui.core.span import Span
from tui.render.line import Line, Role, fit, line
from tui.render.line import Span as Part
from tui.render.task_times import TaskTimes
from tui.render.text import cells as cells_of
from tui.render.text import cut
from tui.render.times import TimeStyle, in_units

WIDE_FROM = 120
"""From so many cells on, labels are long."""

FULL_ROWS = 6

LEGEND = "I idle  P in progress  E exited  x over  ? unknown  _ nobody looked"

_LABEL_CELLS, _WIDE_LABEL_CELLS = 5, 10

_ROLES = {
    State.NONE: Role.DIM,
    State.IDLE: Role.PLAIN,
    State.IN_PROGRESS: Role.GOOD,
    State.EXITED: Role.CHANGING,
    State.ODD: Role.NEEDS_YOU,
    State.OVER: Role.OVER,
    State.UNKNOWN: Role.UNKNOWN,
    State.UNSEEN: Role.UNKNOWN,
    State.AHEAD: Role.DIM,
}
_WITHOUT_WORD = {State.NONE: "no answer yet", State.UNSEEN: "nobody looked", State.AHEAD: "not yet"}
_SURELY = {State.OVER: "over", State.UNKNOWN: "unknown"}
"""States that the word of the answer does not tell."""

_MORE = "+"
_NOTE_CELLS = 24
_WORD_CELLS = 40
_MINUTES_FROM_US = 300_000_000
"""Seconds are not told in the title of five minutes and more."""

_SECONDS = re.compile(r":\d\d(?=Z|[+-]\d\d)")
_BLANK: Part = (" ", Role.PLAIN)


def column_count(cells: int) -> int:
    """How many columns there are in lines of so many cells."""
    return max(1, cells - _label_cells(cells))


def scrubber_lines(columns: Sequence[Column], cursor: int | None, cells: int, rows: int) -> tuple[Line, ...]:
    """Lines of exactly `cells`: in two rows how the task stood, and below it what happened; in six each by itself.

    Args:
        cursor: the column that is shown; None when it is not in sight.
    """
    told = _full(columns, cursor) if rows >= FULL_ROWS else _few(columns, cursor)
    labels = _label_cells(cells)
    lines = [
        fit(line((f"{(long if labels > _LABEL_CELLS else short):<{labels}}", Role.HEADING), *parts), cells)
        for (short, long), parts in told[:rows]
    ]
    if rows > FULL_ROWS:
        lines.append(fit(line((LEGEND, Role.DIM)), cells))
    return tuple(lines)


def scrubber_title(span: Span, zoom_us: int, times: TaskTimes) -> str:
    """`3 Timeline 15 min  02:57Z .. 03:12Z  each col 12 s`."""
    since, until = (_clock(at_us, span, times) for at_us in (span.start_us, span.end_us))
    return f"3 Timeline {in_units(zoom_us)}  {since} .. {until}  each col {in_units(span.column_us)}"


def column_words(columns: Sequence[Column], cursor: int | None, span: Span, times: TaskTimes) -> str:
    """What the column of the cursor holds: `InProgress, 2 errors, nobody looked: network at 03:05:12Z`."""
    if cursor is None or not 0 <= cursor < len(columns):
        return ""
    column = columns[cursor]
    word = cut(column.word, _WORD_CELLS) or _WITHOUT_WORD.get(column.state, "")
    surely = _SURELY.get(column.state)
    parts = [f"{surely}: {word}" if surely else word]
    if column.changes > 1:
        parts.append(f"{column.changes} changes")
    if column.errors:
        parts.append(_errors_in_words(column.errors))
    if column.gap is not None:
        parts.append(f"nobody looked: {column.gap.value}" if column.state is not State.UNSEEN else column.gap.value)
    if column.hit is not None:
        parts.append(f"breakpoint {cut(column.hit, _NOTE_CELLS)}")
    if column.mark is not None:
        parts.append(f"mark {cut(column.mark, _NOTE_CELLS)}".rstrip())
    return f"{', '.join(parts)} at {times.at(span.start_of(cursor))}"


def _errors_in_words(number: int) -> str:
    if number == 1:
        return "1 error"
    return f"{number} errors" if number < MOST_COUNTED else f"{number} errors or more"


_Row = tuple[tuple[str, str], Sequence[Part]]
"""Both labels, and a part for each cell, or for some at once."""


def _few(columns: Sequence[Column], cursor: int | None) -> list[_Row]:
    return [(("poll", "polls"), _states(columns)), (("pos", "position"), _with_cursor(map(_event, columns), cursor))]


def _full(columns: Sequence[Column], cursor: int | None) -> list[_Row]:
    return [
        (("poll", "polls"), _states(columns)),
        (("chg", "changes"), [_change(column) for column in columns]),
        (("err", "errors"), [_errors(column) for column in columns]),
        (("gap", "blind"), _blind(columns)),
        (("mark", "marks"), _flags(columns)),
        (("pos", "position"), _with_cursor([_BLANK] * len(columns), cursor)),
    ]


def _states(columns: Sequence[Column]) -> list[Part]:
    return [(column.state.value, Role.STRONG if column.changes else _ROLES[column.state]) for column in columns]


def _event(column: Column) -> Part:
    """The one of what happened that matters most."""
    if column.hit is not None:
        return "B", Role.KEY
    if column.mark is not None:
        return "m", Role.KEY
    if column.errors:
        return "e", Role.NEEDS_YOU
    if column.gap is not None:
        return State.UNSEEN.value, Role.UNKNOWN
    return ("|", Role.STRONG) if column.changes else ("-" if column.state is not State.AHEAD else " ", Role.DIM)


def _change(column: Column) -> Part:
    if not column.changes:
        return _BLANK
    return (column.state.value if column.changes == 1 else _count(column.changes)), Role.STRONG


def _errors(column: Column) -> Part:
    return (_count(column.errors), Role.NEEDS_YOU) if column.errors else _BLANK


def _count(number: int) -> str:
    return str(number) if number < MOST_COUNTED else _MORE


def _blind(columns: Sequence[Column]) -> list[Part]:
    """Where nobody looked, with the cause beside it."""
    parts = [(State.UNSEEN.value, Role.UNKNOWN) if column.gap is not None else _BLANK for column in columns]
    for number, column in enumerate(columns):
        following = columns[number + 1].gap if number + 1 < len(columns) else None
        if column.gap is not None and column.gap is not following:
            parts = _beside(parts, number + 1, f" {column.gap.value} ", Role.UNKNOWN)
    return parts


def _flags(columns: Sequence[Column]) -> list[Part]:
    """Marks and hits, each with its text where there is room for it."""
    signs = [_flag(column) for column in columns]
    parts = [(sign[0], Role.KEY) if sign else _BLANK for sign in signs]
    for number in range(len(parts) - 1, -1, -1):
        if signs[number][1:].strip():
            parts = _beside(parts, number + 1, f"{signs[number][1:]} ", Role.PLAIN)
    return parts


def _flag(column: Column) -> str:
    if column.hit is not None:
        return f"B{cut(column.hit, _NOTE_CELLS)}"
    return f"m {cut(column.mark, _NOTE_CELLS)}" if column.mark is not None else ""


def _beside(parts: list[Part], place: int, text: str, role: Role) -> list[Part]:
    """The row with `text` at `place`, where that many cells are free there; as it was where not."""
    room = cells_of(text)
    if parts[place : place + room] != [_BLANK] * room:
        return parts
    return [*parts[:place], (text, role), *[("", role)] * (room - 1), *parts[place + room :]]


def _with_cursor(parts: Iterable[Part], cursor: int | None) -> list[Part]:
    return [("^", Role.CURSOR) if number == cursor else part for number, part in enumerate(parts)]


def _label_cells(cells: int) -> int:
    return _LABEL_CELLS if cells < WIDE_FROM else _WIDE_LABEL_CELLS


def _clock(at_us: int, span: Span, times: TaskTimes) -> str:
    told = times.at(at_us)
    coarse = span.end_us - span.start_us >= _MINUTES_FROM_US and times.style in (TimeStyle.UTC, TimeStyle.LOCAL)
    return _SECONDS.sub("", told) if coarse else told
