"""Asking something of whoever polls, and taking something away."""

from msgspec.structs import replace

from tui.core.entry import HOLD_US
from tui.core.lifecycle import OVER
from tui.core.task import TaskRef
from tui.core.views import TaskView
from tui.render.how_polled import PINNED_EVERY
from tui.ui.commands.command import Command, Group
from tui.ui.desk import Desk

NO_TASK = "no task is selected; A adds one"


def _selected(desk: Desk) -> TaskView | None:
    """The task the cursor is on; when there is none, that is said."""
    if desk.scene.selected is None:
        desk.say(NO_TASK)
    return desk.scene.selected


_MINUTE_US = 60_000_000


def _poll_now(desk: Desk) -> None:
    task = _selected(desk)
    if task is None:
        return
    desk.asks.poll_now(task.task)
    desk.say(f"asked for one poll of {desk.scene.name(task.task)}")


def _hold(desk: Desk) -> None:
    task = _selected(desk)
    if task is None:
        return
    name = desk.scene.name(task.task)
    # Its row may move now, and the cursor with it: the same key again must mean the same task.
    desk.look(desk.scene.view.select(task.task))
    if task.stage.life in OVER:
        desk.say(f"{name} is over; nobody polls it")
    elif task.held_us is None:
        desk.asks.hold(task.task)
        desk.say(f"held: {name} is polled only by r, for {HOLD_US // _MINUTE_US} minutes. H releases it")
    else:
        desk.asks.release(task.task)
        desk.say(f"released: {name} is polled again")


def _pin(desk: Desk) -> None:
    if desk.journey.in_past:
        _faster(desk, 2)
        return
    task = _selected(desk)
    if task is None:
        return
    desk.asks.pin(task.task)
    desk.say(f"pinned: {desk.scene.name(task.task)} is polled {PINNED_EVERY}, in sight or not. - unpins it")


def _unpin(desk: Desk) -> None:
    if desk.journey.in_past:
        _faster(desk, 0.5)
        return
    task = _selected(desk)
    if task is None:
        return
    desk.asks.unpin(task.task)
    desk.say(f"not pinned: {desk.scene.name(task.task)} is polled as all others")


def _faster(desk: Desk, factor: float) -> None:
    desk.journey.faster(factor)
    desk.look(desk.scene.view)


def _add(desk: Desk) -> None:
    from tui.ui.dialogs.add_task import AddTask

    region, sdk_app_id = desk.scene.defaults

    def added(task: TaskRef) -> None:
        desk.asks.watch(task)
        desk.look(replace(desk.scene.view, selected=task, filter=""))
        desk.say(f"watching {task.task_id}")

    desk.ask(AddTask(region, sdk_app_id), added)


def _forget(desk: Desk) -> None:
    task = _selected(desk)
    if task is None:
        return
    from tui.ui.dialogs.question import Question

    name = desk.scene.name(task.task)

    def forgotten(yes: bool) -> None:  # noqa: FBT001 - a dialog's answer
        if yes:
            desk.asks.forget(task.task)
            desk.say(f"forgotten: {name}. U brings it back")

    desk.ask(Question(f"Stop watching {name}?", "Its past stays in the journal.", "Forget"), forgotten)


def _undo(desk: Desk) -> None:
    last = next(reversed(tuple(desk.scene.snapshot.forgotten)), None)
    if last is None:
        desk.say("nothing was forgotten")
        return
    desk.asks.watch(last)
    desk.look(replace(desk.scene.view, selected=last))
    desk.say(f"watching {desk.scene.name(last)} again")


def _yank(desk: Desk) -> None:
    task = _selected(desk)
    if task is None:
        return
    from tui.ui.dialogs.copy_menu import CopyMenu, choices

    desk.ask(CopyMenu(choices(task)), lambda chosen: desk.copy(chosen.text, chosen.what))


ACTS = (
    Command(
        "poll.now",
        ("r",),
        "Poll this task now",
        "One request out of turn, through the same spacing as all others.",
        Group.ACT,
        _poll_now,
        asks=True,
    ),
    Command(
        "hold.toggle",
        ("H",),
        "Hold this task, or release",
        "Polls it only when asked, until released or for 5 minutes.",
        Group.ACT,
        _hold,
        asks=True,
    ),
    Command(
        "pin",
        ("plus",),
        "Pin; play faster",
        "Polls it every 3 s, in sight or not. In the past: play twice as fast.",
        Group.ACT,
        _pin,
    ),
    Command(
        "unpin",
        ("minus",),
        "Unpin; play slower",
        "Polls it as all others again. In the past: play half as fast.",
        Group.ACT,
        _unpin,
    ),
    Command("task.add", ("A",), "Add a task..", "[REGION/][SDKAPPID/]TASKID", Group.ACT, _add, footer="Add", asks=True),
    Command(
        "task.forget",
        ("delete",),
        "Stop watching this task..",
        "Asks first; its past stays.",
        Group.ACT,
        _forget,
        asks=True,
    ),
    Command(
        "task.undo",
        ("U",),
        "Undo forgetting",
        "Watches the last forgotten task again.",
        Group.ACT,
        _undo,
        asks=True,
    ),
    Command(
        "yank",
        ("y",),
        "Copy..",
        "RequestId, TaskId or JSON to the terminal's clipboard.",
        Group.ACT,
        _yank,
        footer="Copy",
    ),
)
