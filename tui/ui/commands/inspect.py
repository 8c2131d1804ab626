"""Looking into one request."""

from tui.ui.commands.act import NO_TASK
from tui.ui.commands.command import Command, Group
from tui.ui.desk import Desk


def _inspect(desk: Desk) -> None:
    scene = desk.scene
    if scene.selected is None:
        desk.say(NO_TASK)
    elif desk.inspector is None:
        desk.say("nothing is recorded here, so nothing can be inspected")
    else:
        task = scene.selected.task
        desk.ask(desk.inspector(task, scene.name(task), scene.snapshot.frame), lambda _: None)


INSPECTS = (
    Command(
        "inspect",
        ("i",),
        "Inspect the request",
        "What was sent, signed and answered, line by line, and who is to blame: clock, key, proxy, body.",
        Group.LOOK,
        _inspect,
        footer="Inspect",
    ),
)
