"""Line 3: is the show well? A tool that cannot see, or does not look, comes before anything said of a task."""

from tui.core import alerts
from tui.core.standing import Standing, Weight
from tui.core.timeline import Snapshot
from tui.core.views import Event, TaskView, ToolView
from tui.render.ack_text import ack_text
from tui.render.blind_line import SHOUT, blind_line, gap_line, unpolled_line, waiting_line
from tui.render.board import Board
from tui.render.line import Line, Role, fill, fit, line, width
from tui.render.names import count_tasks, task_name
from tui.render.sort_keys import GAP, reason_since_us
from tui.render.task_rows import ROLES
from tui.render.text import cells as cells_of
from tui.render.text import cut
from tui.render.times import TimeStyle, duration, moment

_WORST_SHOWN = 8
_NAME_CELLS = 24
_NAME_CELLS_LEAST = 8
_REASON_CELLS = 26
_WORD_CELLS = 16
_WORD_SAYS_ALL = frozenset({alerts.REFUSED, alerts.STREAK, alerts.NOT_FOUND})


def show_line(snapshot: Snapshot, board: Board, waiting: str, now_us: int, cells: int, *, key_source: str) -> Line:
    """Line 3 in exactly `cells`: the worst first, what does not fit is left out from the end."""
    if not snapshot.tasks and not waiting:
        return fit(line(("no tasks yet: A adds one", Role.KEY)), cells)
    ack = ack_text(snapshot.tool.acked, now_us)
    room = cells - cells_of(f"{ack}, ") if ack else cells
    blind = _blind(snapshot.tool, board, waiting, now_us, room, key_source=key_source)
    if blind and not ack:
        return blind
    if board.needing:
        return _needing(board, now_us, cells)
    if blind:
        (shout, role), *rest = blind
        return fit(line((f"{ack}, ", Role.CHANGING), (shout.removeprefix(SHOUT), role), *rest), cells)
    return _quiet(snapshot, board, now_us, cells)


def _blind(tool: ToolView, board: Board, waiting: str, now_us: int, cells: int, *, key_source: str) -> Line:
    """Why nothing can be seen; nothing when it can."""
    if waiting:
        return waiting_line(waiting, tool, board, now_us, cells)
    if not board.live:
        return ()
    if tool.blindness is not None:
        return blind_line(tool.blindness, tool, board, now_us, cells, key_source=key_source)
    if not tool.polling:
        return unpolled_line(tool, board, now_us, cells)
    if tool.gap is not None:
        return gap_line(tool.gap, tool, board, now_us, cells)
    return ()


def _needing(board: Board, now_us: int, cells: int) -> Line:
    total = sum(board.weights.values())
    acked = f", {board.acked} acked" if board.acked else ""
    told = line((f"!! {board.needing} of {total} need you{acked}:", Role.NEEDS_YOU))
    (first, reason), *others = board.worst(_WORST_SHOWN)
    worst = _one(first, reason, board, now_us, cells - width(told) - 1)
    further = [line("| ", *_one(view, standing, board, now_us, cells)) for view, standing in others]
    return fill((told, worst, *further), cells, gap=" ")


def _one(view: TaskView, standing: Standing, board: Board, now_us: int, cells: int) -> Line:
    """Name, reason and for how long, or who takes care of it; in `cells` the name and then the reason are cut."""
    tail = _tail(view, standing, board, now_us)
    room = cells - cells_of(tail) - 1
    reason = cut(_reason(standing), room - _NAME_CELLS_LEAST)
    name = cut(task_name(view), min(_NAME_CELLS, room - cells_of(reason)))
    return line((name, Role.STRONG), (f" {reason}", ROLES[standing.weight]), tail)


def _tail(view: TaskView, standing: Standing, board: Board, now_us: int) -> str:
    if standing.acked is not None:
        return f", {ack_text(standing.acked, now_us)}"
    # When no task is alive the line must stand still.
    return f" {duration(now_us - reason_since_us(view, standing))}" if board.live else ""


def _reason(standing: Standing) -> str:
    """The reason in few cells: what stands before its explanation, or the word that says it all."""
    if standing.why.startswith(GAP):
        return GAP
    if standing.rule in _WORD_SAYS_ALL:
        return cut(standing.word, _REASON_CELLS)
    return cut(standing.why.partition(":")[0], _REASON_CELLS)


def _quiet(snapshot: Snapshot, board: Board, now_us: int, cells: int) -> Line:
    change = next((event for event in reversed(snapshot.events) if event.kind == "poll" and event.task), None)
    held = line((f"{board.held} held.", Role.CHANGING)) if board.held else ()
    taken = _taken(board, now_us, cells) if board.acked else ()
    return fill((taken, line(_calm(board)), held, _last_change(change, snapshot, board, now_us)), cells, gap=" ")


def _taken(board: Board, now_us: int, cells: int) -> Line:
    """How many alerts somebody takes care of, and the worst of them."""
    told = line((f"{board.acked} acked:", Role.CHANGING))
    first = next((one for one in board.worst(_WORST_SHOWN) if one[1].acked), None)
    return line(*told, " ", *_one(*first, board, now_us, cells - width(told) - 2), ".") if first else told


def _calm(board: Board) -> str:
    total = sum(board.weights.values()) - board.acked
    tasks = count_tasks(total).replace(" ", " other ") if board.acked else count_tasks(total)
    changing = board.weights.get(Weight.CHANGING, 0)
    unseen = board.weights.get(Weight.UNKNOWN, 0)
    if not total:
        return ""
    if unseen:
        return f"{unseen} of {tasks} not seen again since a gap."
    if changing == total:
        return f"{tasks} changing."
    if changing:
        return f"{changing} of {tasks} changing, the others quiet."
    if total == 1:
        return "the other task is quiet." if board.acked else "the only task is quiet."
    return f"all {tasks} quiet."


def _last_change(change: Event | None, snapshot: Snapshot, board: Board, now_us: int) -> Line:
    if change is None or change.task is None:
        return ()
    when = moment(change.at_us, TimeStyle.UTC, now_us)
    if board.live:
        when = f"{duration(now_us - change.at_us)} ago"
    view = snapshot.tasks.get(change.task)
    what = change.text if view is None else f"{task_name(view)} {cut(board.standing(change.task).word, _WORD_CELLS)}"
    return line(f"last change {when}: {what}")
