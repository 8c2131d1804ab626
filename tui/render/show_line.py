"""Line 3: is the show well? A tool that cannot see, or does not look, comes before anything said of a task."""

from tui.core.standing import Standing, Weight
from tui.core.timeline import Snapshot
from tui.core.views import Event, TaskView
from tui.render.blind_line import blind_line, gap_line, unpolled_line, waiting_line
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


def show_line(snapshot: Snapshot, board: Board, waiting: str, now_us: int, cells: int, *, key_source: str) -> Line:
    """Line 3 in exactly `cells`: the worst first, what does not fit is left out from the end."""
    tool = snapshot.tool
    if waiting:
        return waiting_line(waiting, tool, board, now_us, cells)
    if not snapshot.tasks:
        return fit(line(("no tasks yet: A adds one", Role.KEY)), cells)
    if tool.blindness is not None and board.live:
        return blind_line(tool.blindness, tool, board, now_us, cells, key_source=key_source)
    if not tool.polling and board.live:
        return unpolled_line(tool, board, now_us, cells)
    if tool.gap is not None and board.live:
        return gap_line(tool.gap, tool, board, now_us, cells)
    if board.needing:
        return _needing(board, now_us, cells)
    return _quiet(snapshot, board, now_us, cells)


def _needing(board: Board, now_us: int, cells: int) -> Line:
    total = sum(board.weights.values())
    told = line((f"!! {board.needing} of {total} need you:", Role.NEEDS_YOU))
    timed_us = now_us if board.live else None
    (first, reason), *others = board.worst(_WORST_SHOWN)
    worst = _one(first, reason, timed_us, cells - width(told) - 1)
    further = [line("| ", *_one(view, standing, timed_us, cells)) for view, standing in others]
    return fill((told, worst, *further), cells, gap=" ")


def _one(view: TaskView, standing: Standing, now_us: int | None, cells: int) -> Line:
    """Name, reason and, unless time stands still, for how long; in `cells` the name and then the reason are cut."""
    waited = f" {duration(now_us - reason_since_us(view, standing))}" if now_us is not None else ""
    room = cells - cells_of(waited) - 1
    reason = cut(_reason(standing), room - _NAME_CELLS_LEAST)
    name = cut(task_name(view), min(_NAME_CELLS, room - cells_of(reason)))
    return line((name, Role.STRONG), (f" {reason}", ROLES[standing.weight]), waited)


def _reason(standing: Standing) -> str:
    """The reason in few cells: what stands before its explanation, or the word that says it all."""
    if standing.why.startswith(GAP):
        return GAP
    if standing.weight is Weight.NEEDS_YOU and standing.word.isupper():
        return cut(standing.word, _REASON_CELLS)
    return cut(standing.why.partition(":")[0], _REASON_CELLS)


def _quiet(snapshot: Snapshot, board: Board, now_us: int, cells: int) -> Line:
    change = next((event for event in reversed(snapshot.events) if event.kind == "poll" and event.task), None)
    held = line((f"{board.held} held.", Role.CHANGING)) if board.held else ()
    return fill((line(_calm(board)), held, _last_change(change, snapshot, board, now_us)), cells, gap=" ")


def _calm(board: Board) -> str:
    total = sum(board.weights.values())
    changing = board.weights.get(Weight.CHANGING, 0)
    unseen = board.weights.get(Weight.UNKNOWN, 0)
    if unseen:
        return f"{unseen} of {count_tasks(total)} not seen again since a gap."
    if changing == total:
        return f"{count_tasks(total)} changing."
    if changing:
        return f"{changing} of {count_tasks(total)} changing, the others quiet."
    return "the only task is quiet." if total == 1 else f"all {count_tasks(total)} quiet."


def _last_change(change: Event | None, snapshot: Snapshot, board: Board, now_us: int) -> Line:
    if change is None or change.task is None:
        return ()
    when = moment(change.at_us, TimeStyle.UTC, now_us)
    if board.live:
        when = f"{duration(now_us - change.at_us)} ago"
    view = snapshot.tasks.get(change.task)
    what = change.text if view is None else f"{task_name(view)} {cut(board.standing(change.task).word, _WORD_CELLS)}"
    return line(f"last change {when}: {what}")
