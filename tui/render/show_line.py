"""Line 3: is the show well? A tool that cannot see, or does not look, comes before anything said of a task."""

from collections.abc import Mapping

from tui.core.standing import Standing, Weight
from tui.core.timeline import Snapshot
from tui.core.views import Blindness, Event, TaskView
from tui.render.board import Board
from tui.render.line import Line, Role, fill, fit, line
from tui.render.names import task_name
from tui.render.sort_keys import GAP, reason_since_us
from tui.render.task_rows import ROLES
from tui.render.text import cells as cells_of
from tui.render.text import cut
from tui.render.times import TimeStyle, duration, moment

_WORST_SHOWN = 8
_REASON_CELLS = 26
_WORD_CELLS = 16
_SECOND_US = 1_000_000


def show_line(snapshot: Snapshot, board: Board, waiting: str, now_us: int, cells: int) -> Line:
    """Line 3 in exactly `cells`: the worst first, what does not fit is left out from the end."""
    blindness = snapshot.tool.blindness
    if not snapshot.tasks:
        return fit(line(("no tasks yet: A adds one", Role.KEY)), cells)
    if blindness is not None and board.live:
        return _blind(blindness, board, now_us, cells)
    if not snapshot.tool.polling and board.live:
        return _unpolled(snapshot, board, waiting, now_us, cells)
    if board.needing:
        return _needing(board, now_us, cells)
    return _quiet(snapshot, board, now_us, cells)


def _blind(blindness: Blindness, board: Board, now_us: int, cells: int) -> Line:
    """How long and since when says the same twice, so the second is given up for what was known last."""
    seconds = max(0, now_us - blindness.since_us) // _SECOND_US
    since = f" since {moment(blindness.since_us, TimeStyle.UTC, now_us)}"
    told = f"!! TOOL blind {seconds} s ({blindness.fault_class}). {_tasks(board.live)} UNKNOWN"
    first, *others = _known(board.known)
    if cells_of(f"{told}{since}. {first}") > cells:
        since = ""
    return fill((line((f"{told}{since}.", Role.UNKNOWN)), line(first), *map(line, others)), cells, gap=" ")


def _unpolled(snapshot: Snapshot, board: Board, waiting: str, now_us: int, cells: int) -> Line:
    seen_us = snapshot.tool.seen_us
    seen = f"as last seen {moment(seen_us, TimeStyle.UTC, now_us)}" if seen_us else "never seen"
    told = line((f"!! nobody polls. {_tasks(board.live)} {seen}.", Role.CHANGING if waiting else Role.UNKNOWN))
    return fill((told, line(waiting), *map(line, _known(board.known))), cells, gap=" ")


def _needing(board: Board, now_us: int, cells: int) -> Line:
    total = sum(board.weights.values())
    told = line((f"!! {board.needing} of {total} need you:", Role.NEEDS_YOU))
    worst = board.worst(_WORST_SHOWN)
    with_ages = bool(board.live)
    parts = [
        line("" if number == 0 else "| ", *_one(view, standing, now_us, with_age=with_ages))
        for number, (view, standing) in enumerate(worst)
    ]
    return fill((told, *parts), cells, gap=" ")


def _one(view: TaskView, standing: Standing, now_us: int, *, with_age: bool) -> Line:
    waited = f" {duration(now_us - reason_since_us(view, standing))}" if with_age else ""
    return line((task_name(view), Role.STRONG), (f" {_reason(standing)}", ROLES[standing.weight]), waited)


def _reason(standing: Standing) -> str:
    """The reason in few cells: what stands before its explanation, or the word that says it all."""
    if standing.why.startswith(GAP):
        return GAP
    if standing.weight is Weight.NEEDS_YOU and standing.word.isupper():
        return cut(standing.word, _REASON_CELLS)
    return cut(standing.why.partition(":")[0], _REASON_CELLS)


def _quiet(snapshot: Snapshot, board: Board, now_us: int, cells: int) -> Line:
    change = next((event for event in reversed(snapshot.events) if event.kind == "poll" and event.task), None)
    return fill((line(_calm(board)), _last_change(change, snapshot, board, now_us)), cells, gap=" ")


def _calm(board: Board) -> str:
    total = sum(board.weights.values())
    changing = board.weights.get(Weight.CHANGING, 0)
    if changing == total:
        return f"{_tasks(total)} changing."
    if changing:
        return f"{changing} of {_tasks(total)} changing, the others quiet."
    return "the only task is quiet." if total == 1 else f"all {_tasks(total)} quiet."


def _last_change(change: Event | None, snapshot: Snapshot, board: Board, now_us: int) -> Line:
    if change is None or change.task is None:
        return ()
    when = moment(change.at_us, TimeStyle.UTC, now_us)
    if board.live:
        when = f"{duration(now_us - change.at_us)} ago"
    view = snapshot.tasks.get(change.task)
    what = change.text if view is None else f"{task_name(view)} {cut(board.standing(change.task).word, _WORD_CELLS)}"
    return line(f"last change {when}: {what}")


def _tasks(count: int) -> str:
    return "1 task" if count == 1 else f"{count} tasks"


def _known(words: Mapping[str, int]) -> list[str]:
    """`last known: 35 InProgress`, ` 2 Idle`, …: the commonest first."""
    ranked = sorted(words.items(), key=lambda item: (-item[1], item[0]))
    counted = [f"{count} {cut(word, _WORD_CELLS)}" for word, count in ranked]
    return [f"last known: {counted[0]}", *(f" {part}" for part in counted[1:])]
