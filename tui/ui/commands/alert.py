"""Alerts: who takes care of them, and what raises one."""

from msgspec import Struct

from tui.core.alerts import BLIND, blind_cause
from tui.core.standing import Weight
from tui.core.task import TaskRef
from tui.core.views import Acked, TaskView
from tui.ui.commands.command import Command, Group
from tui.ui.desk import Desk
from tui.ui.scene import Scene


class _Alert(Struct, frozen=True):
    rule: str
    task: TaskRef | None
    """None: it is the tool's."""
    acked: Acked | None


def _of(view: TaskView, scene: Scene) -> _Alert | None:
    """The alert of a task; that of the tool for one that cannot be seen with all the others."""
    said = scene.board.standing(view.task)
    if said.rule == BLIND:
        return _of_tool(scene)
    return _Alert(said.rule, view.task, said.acked) if said.rule and said.weight <= Weight.ACKED else None


def _of_tool(scene: Scene) -> _Alert | None:
    tool = scene.snapshot.tool
    return _Alert(BLIND, None, tool.acked) if scene.board.live and blind_cause(tool) else None


def _top(scene: Scene) -> _Alert | None:
    """What needs somebody most: that of the task the cursor was put on, if it does, else what line 3 tells first."""
    chosen = scene.selected if scene.view.selected is not None else None
    if chosen is not None and (alert := _of(chosen, scene)) is not None:
        return alert
    worst = (_of(view, scene) for view, _ in scene.board.worst(1))
    some = [one for one in (_of_tool(scene), *worst) if one is not None]
    return next((one for one in some if one.acked is None), some[0] if some else None)


def _ack(desk: Desk) -> None:
    if desk.journey.in_past:
        desk.say("an alert is taken care of where it is: L goes back to live")
        return
    alert = _top(desk.scene)
    if alert is None:
        desk.say("nothing needs you")
        return
    name = desk.scene.name(alert.task) if alert.task is not None else "the tool"
    if alert.acked is not None:
        desk.say(f"{alert.rule} of {name}: {alert.acked.operator or 'somebody'} takes care of it already")
        return
    desk.asks.ack(alert.rule, alert.task)
    desk.say(f"{alert.rule} of {name} is yours; raised again when it gets worse or comes back")


def _list(desk: Desk) -> None:
    from tui.ui.dialogs.alerts import AlertList

    desk.ask(AlertList(desk), lambda task: desk.look(desk.scene.view.select(task)))


ALERTS = (
    Command(
        "ack",
        ("a",),
        "Acknowledge the alert",
        "Of the task the cursor is on, else the worst: you take care of it, and everybody sees that.",
        Group.ACT,
        _ack,
        footer="Ack",
        asks=True,
    ),
    Command(
        "alerts",
        ("exclamation_mark",),
        "Alerts and their rules..",
        "What is raised, since when, who takes care of it; switches rules on and off, and changes their numbers.",
        Group.LOOK,
        _list,
    ),
)
