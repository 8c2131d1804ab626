"""Comparing what a task was told."""

from collections.abc import Callable

from tui.core.folding import Folded, folded
from tui.core.task import TaskRef
from tui.engine.comparing import Compared, polls_to_compare
from tui.engine.ports import Past
from tui.render.task_times import TaskTimes
from tui.ui.commands.command import Command, Group
from tui.ui.commands.travel import chosen_task
from tui.ui.desk import Desk

_BEFORE, _BEHIND = 400, 20
"""Entries of the task that are listed below: folded, they are some lines."""


def _previous(desk: Desk) -> None:
    """The poll that is shown against the one before it."""
    _compare(desk, polls_to_compare, "there are no two polls of this task up to here")


def _mark(desk: Desk) -> None:
    """The poll that is shown against the one at the newest mark before, of whatever task; else at the next one."""

    def read(past: Past, frame: int, task: TaskRef) -> Compared | None:
        mark = past.previous_mark(frame + 1) or past.next_mark(frame)
        return None if mark is None else polls_to_compare(past, frame, task, _marked(past, mark))

    _compare(desk, read, "there is no mark, or no other poll of this task there; m sets one")


def _marked(past: Past, mark: int) -> int:
    """The frame that a mark is about."""
    from tui.core.entry import Mark

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
        from tui.render.diff_lines import Sides
        from tui.ui.dialogs.diff import DiffDialog

        found, around = answer
        sides = Sides(found.before_frame, found.before, found.after_frame, found.after, found.equal)
        desk.ask(DiffDialog(sides, around, times), lambda _: None)

    def look_up(past: Past) -> tuple[Compared, list[Folded]] | None:
        found = read(past, frame, task)
        return None if found is None else (found, folded(past.around(found.after_frame, _BEFORE, _BEHIND, task)))

    desk.fetch(look_up, show)


DIFFS = (
    Command(
        "diff.prev",
        ("d",),
        "Compare with the poll before",
        "This poll of the task against the one before it, field by field.",
        Group.LOOK,
        _previous,
    ),
    Command(
        "diff.mark",
        ("D",),
        "Compare with a mark",
        "This poll of the task against how it was at the newest mark before.",
        Group.LOOK,
        _mark,
    ),
)
