"""Comparing what a task was told: looked up in another thread, then shown over the screen."""

from collections.abc import Callable

from tui.core.entry import Mark
from tui.core.folding import Folded, folded
from tui.core.task import TaskRef
from tui.engine.comparing import Compared, polls_to_compare
from tui.engine.ports import Past
from tui.render.diff_lines import Sides
from tui.render.task_times import TaskTimes
from tui.ui.commands.travel import chosen_task
from tui.ui.desk import Desk
from tui.ui.dialogs.diff import DiffDialog

_BEFORE, _BEHIND = 400, 20
"""Entries of the task that are listed below: folded, they are some lines."""


def with_previous(desk: Desk) -> None:
    """The poll that is shown against the one before it."""
    _compare(desk, polls_to_compare, "there are no two polls of this task up to here")


def with_mark(desk: Desk) -> None:
    """The poll that is shown against the one at the newest mark before, of whatever task; else at the next one."""

    def read(past: Past, frame: int, task: TaskRef) -> Compared | None:
        mark = past.previous_mark(frame + 1) or past.next_mark(frame)
        return None if mark is None else polls_to_compare(past, frame, task, _marked(past, mark))

    _compare(desk, read, "there is no mark, or no other poll of this task there; m sets one")


def _marked(past: Past, mark: int) -> int:
    """The frame that a mark is about."""
    entry = past.entry(mark)
    return entry.frame if isinstance(entry, Mark) and entry.frame else mark


def _compare(desk: Desk, read: Callable[[Past, int, TaskRef], Compared | None], none: str) -> None:
    task = chosen_task(desk)
    if task is None:
        return
    scene = desk.scene
    frame, times = scene.snapshot.frame, TaskTimes(scene.view.times, scene.now_us, scene.start_us(task))

    def show(answer: tuple[Compared, list[Folded]] | None) -> None:
        if answer is None:
            desk.say(none)
            return
        found, around = answer
        sides = Sides(found.before_frame, found.before, found.after_frame, found.after, found.equal)
        desk.ask(DiffDialog(sides, around, times), lambda _: None)

    def look_up(past: Past) -> tuple[Compared, list[Folded]] | None:
        found = read(past, frame, task)
        return None if found is None else (found, folded(past.around(found.after_frame, _BEFORE, _BEHIND, task)))

    desk.fetch(look_up, show)
