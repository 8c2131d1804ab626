"""Watch expressions with their values at a position."""

from collections.abc import Iterable
from functools import lru_cache

from tui.core.breakpoint import Watch
from tui.core.facts import Facts
from tui.core.predicate import Expression, Kind, PredicateError, compile_expression
from tui.core.predicate.words import Value
from tui.render.line import Line, Role, fit, line
from tui.render.text import column, cut
from tui.render.times import duration

_TEXT_CELLS = 26
_SECOND_US = 1_000_000
_TENTHS_BELOW_S = 100


def watch_lines(watches: Iterable[Watch], facts: Facts | None, cells: int) -> tuple[Line, ...]:
    """A line of exactly `cells` for each, `*` before those that stop the view: `* status   InProgress`.

    Args:
        facts: of the task that is looked at, at the position; None when there is none.
    """
    return tuple(_watch_line(watch, facts, cells) for watch in watches)


def watched_value(text: str, facts: Facts) -> str:
    """What an expression is: text, a number, a time in seconds, `true` or `false`, `-` for what nobody knows yet."""
    expression = _compiled(text)
    return _shown(expression.value(facts), expression.kind)


@lru_cache(maxsize=64)
def _compiled(text: str) -> Expression:
    """It is asked for with every frame, and takes half a millisecond."""
    return compile_expression(text)


def _watch_line(watch: Watch, facts: Facts | None, cells: int) -> Line:
    mark = ("* " if watch.stops else "  ", Role.KEY)
    name = column(watch.text, min(_TEXT_CELLS, cells // 2))
    try:
        value, role = "-" if facts is None else watched_value(watch.text, facts), Role.STRONG
    except PredicateError as mistake:
        value, role = mistake.line, Role.NEEDS_YOU
    return fit(line(mark, name, "  ", (cut(value, max(1, cells - len(name) - 4)), role)), cells)


def _shown(value: Value, kind: Kind) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value or "-"
    if kind is not Kind.TIME:
        return f"{value:g}"
    if abs(value) < 1:
        return f"{value * 1000:.0f} ms"
    return f"{value:.1f} s" if abs(value) < _TENTHS_BELOW_S else duration(round(value * _SECOND_US))
