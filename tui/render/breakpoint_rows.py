"""Breakpoints as lines of the editor, of the detail pane and of the journal."""

from msgspec import Struct

from tui.core.breakpoint import Action, Breakpoint
from tui.render.line import Line, Role, fit, line
from tui.render.text import column, cut
from tui.render.times import age

_NUMBER_CELLS, _ON_CELLS, _SCOPE_CELLS, _HITS_CELLS, _LAST_CELLS = 3, 4, 14, 5, 6
_DO_CELLS = 18
_LEAST_WHEN_CELLS = 20


class Tally(Struct, frozen=True):
    """What a breakpoint has done since this screen is open."""

    hits: int = 0
    """Also those that were ignored."""
    last_us: int = 0
    """When it last hit, µs UTC; 0 for never."""


def heading(cells: int) -> Line:
    """The names of the columns."""
    return _columns(("#", "on", "scope", "when", "do", "hits", "last"), cells, Role.HEADING)


def breakpoint_row(one: Breakpoint, tally: Tally, now_us: int, cells: int, *, mistaken: bool = False) -> Line:
    """One breakpoint in exactly `cells`.

    Args:
        mistaken: its predicate cannot be read, by this version at least.
    """
    on = "ERR" if mistaken else "on" if one.on else "off"
    role = Role.NEEDS_YOU if mistaken else Role.PLAIN if one.on else Role.DIM
    last = age(now_us - tally.last_us) if tally.last_us else "-"
    texts = (str(one.number), on, one.scope, one.when, doing(one), str(tally.hits), last)
    return _columns(texts, cells, role)


def doing(one: Breakpoint) -> str:
    """`stop bell`; `nothing` for one that only counts."""
    return " ".join(action.value for action in Action if one.does(action)) or "nothing"


def breakpoint_line(one: Breakpoint, tally: Tally, cells: int) -> Line:
    """`BP#2 on   silent > 60s   mark bell   hits 1`, in at most `cells`, for a pane beside other facts."""
    tail = f"  {doing(one)}  hits {tally.hits}"
    when = column(one.when, max(_LEAST_WHEN_CELLS, cells - len(tail) - 11))
    role = Role.PLAIN if one.on else Role.DIM
    return fit(line((f"BP#{one.number:<3}{'on' if one.on else 'off':<4}", Role.HEADING), (when + tail, role)), cells)


def hit_text(one: Breakpoint, name: str, hits: int) -> str:
    """What is said and written of a hit: `BP#2 silent > 60s  hit 1  live-final-7`."""
    note = f"  ({one.note})" if one.note else ""
    return f"BP#{one.number} {one.when}  hit {hits}  {name}{note}"


def _columns(texts: tuple[str, str, str, str, str, str, str], cells: int, role: Role) -> Line:
    number, on, scope, when, do, hits, last = texts
    left = _NUMBER_CELLS + _ON_CELLS + _SCOPE_CELLS + _DO_CELLS + _HITS_CELLS + _LAST_CELLS + 2
    when_cells = max(_LEAST_WHEN_CELLS, cells - left)
    text = (
        f"{number:>{_NUMBER_CELLS - 1}} {on:<{_ON_CELLS}}{column(scope, _SCOPE_CELLS - 1)} {column(when, when_cells)} "
        f"{cut(do, _DO_CELLS - 1):<{_DO_CELLS}}{hits:>{_HITS_CELLS}} {last:>{_LAST_CELLS}}"
    )
    return fit(line((text, role)), cells)
