"""Line 3 while nothing can be seen: what hinders it, whose move it is, and what was known before.

A narrow line says it in fewer words: what to do is given up last.
"""

from collections.abc import Mapping, Sequence

from tui.core.fault import FaultClass
from tui.core.lifecycle import Life
from tui.core.views import Blindness, GapView, ToolView
from tui.protocol.errors import Owner
from tui.render.advice import clock_error, move
from tui.render.board import Board
from tui.render.line import Line, Role, fill, line
from tui.render.names import count_tasks
from tui.render.text import cells as cells_of
from tui.render.text import cut
from tui.render.times import TimeStyle, moment

SHOUT = "!! "
"""How a line begins that somebody has to act on; not when somebody does."""

_WORD_CELLS = 16
_SECOND_US = 1_000_000


def waiting_line(waiting: str, tool: ToolView, board: Board, now_us: int, cells: int) -> Line:
    """Polling does not go on, for the reason `waiting`."""
    tail = [f"{count_tasks(board.live)} {_as_seen(tool, now_us)}.", *_known(board.known)] if board.live else []
    return _told([f"{SHOUT}waiting: {waiting.rstrip('.')}."], tail, cells)


def unpolled_line(tool: ToolView, board: Board, now_us: int, cells: int) -> Line:
    """Nobody polls, and nobody says why."""
    told = f"{SHOUT}nobody polls. {count_tasks(board.live)} {_as_seen(tool, now_us)}."
    return _told([told], _known(board.known), cells)


def gap_line(gap: GapView, tool: ToolView, board: Board, now_us: int, cells: int) -> Line:
    """Somebody polls, and yet nobody looks: what was seen last is not called quiet."""
    cause = f"({gap.cause.value})"
    forms = [
        f"{SHOUT}nobody looks since {moment(gap.since_us, TimeStyle.UTC, now_us)} {cause}.",
        f"{SHOUT}nobody looks {cause}.",
    ]
    return _told(forms, [f"{count_tasks(board.live)} {_as_seen(tool, now_us)}.", *_known(board.known)], cells)


def blind_line(blindness: Blindness, tool: ToolView, board: Board, now_us: int, cells: int, *, key_source: str) -> Line:
    """The tool cannot see."""
    seconds = max(0, now_us - blindness.since_us) // _SECOND_US
    unknown = f"{count_tasks(board.live)} UNKNOWN"
    match blindness.fault_class:
        case FaultClass.AUTH:
            # Who reads this is meant, unless somebody else is named.
            whose = move(blindness.code, key_source).removeprefix(f"{Owner.US}: ")
            forms = [f"{SHOUT}key refused ({blindness.code}): {whose}.", f"{SHOUT}key refused: {whose}."]
            return _told(forms, [f"{unknown} for {seconds} s.", *_known(board.known)], cells)
        case FaultClass.CLOCK:
            wrong = clock_error(tool)
            forms = [f"{SHOUT}{wrong} ({blindness.code}): set it (NTP).", f"{SHOUT}{wrong}: set it (NTP)."]
            return _told(forms, [f"{unknown} for {seconds} s.", *_known(board.known)], cells)
        case _:
            told = f"{SHOUT}TOOL blind {seconds} s ({blindness.fault_class}). {unknown}"
            since = f" since {moment(blindness.since_us, TimeStyle.UTC, now_us)}"
            return _told([f"{told}{since}.", f"{told}."], [*_known(board.known), f"{move(blindness.code)}."], cells)


def _told(forms: Sequence[str], tail: Sequence[str], cells: int) -> Line:
    """The first of `forms` beside which the first part of `tail` has room, else the last form; then what fits."""
    beside = cells - len(" ") - cells_of(tail[0]) if tail else cells
    told = next((form for form in forms if cells_of(form) <= beside), cut(forms[-1], cells))
    return fill((line((told, Role.UNKNOWN)), *map(line, tail)), cells, gap=" ")


def _as_seen(tool: ToolView, now_us: int) -> str:
    return f"as last seen {moment(tool.seen_us, TimeStyle.UTC, now_us)}" if tool.seen_us else "never seen"


def _known(words: Mapping[str, int]) -> list[str]:
    """`last known: 35 InProgress`, ` 2 Idle`, …: the commonest first. Of a task never seen nothing is known."""
    seen = [(word, count) for word, count in words.items() if word != Life.NEW.value]
    ranked = sorted(seen, key=lambda item: (-item[1], item[0]))
    counted = [f" {count} {cut(word, _WORD_CELLS)}" for word, count in ranked]
    return [f"last known:{counted[0]}", *counted[1:]] if counted else []
