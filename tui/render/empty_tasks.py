"""What stands in the list of tasks while it has no rows: why, and the ways on."""

from tui.render.board import Board
from tui.render.line import Line, Role, fit, line
from tui.render.text import column, cut, wrap

_WAYS = (
    ("A", "adds one: type or paste its TaskId"),
    ("trtc-tui TASK..", "names some at the start"),
    ("trtc-tui - < FILE", "reads a list: TASK [NAME] in each line"),
)
_WAY_CELLS = 19
_FILTER_CELLS = 24


def empty_lines(board: Board, filter_text: str, waiting: str, cells: int) -> tuple[Line, ...]:
    """Lines of exactly `cells` for a board without rows; none for one that has some.

    Args:
        waiting: why polling does not go on; told here whole, as line 3 may have to cut it.
    """
    if len(board):
        return ()
    if board.hidden:
        told = f"nothing matches /{cut(filter_text.strip(), _FILTER_CELLS)}: {board.hidden} hidden, "
        return (fit(line(told, ("Esc", Role.KEY), " shows them"), cells),)
    ways = [fit(line((f"  {column(way, _WAY_CELLS)}", Role.KEY), what), cells) for way, what in _WAYS]
    reason = [fit(line((part, Role.UNKNOWN)), cells) for part in wrap(waiting, cells)] if waiting else []
    return (fit(line("no tasks yet; Tencent has no call that lists them, so name them:"), cells), *ways, *reason)
