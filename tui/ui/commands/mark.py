"""Marking a moment, to find it again."""

from tui.ui.commands.command import Command, Group
from tui.ui.desk import Desk


def _mark(desk: Desk) -> None:
    from tui.ui.dialogs.mark_note import MarkNote

    snapshot, view = desk.scene.snapshot, desk.scene.selected
    task = view.task if view is not None else None
    name = f" of {desk.scene.name(task)}" if task is not None else ""

    def marked(note: str) -> None:
        desk.asks.mark(snapshot.frame, snapshot.at_us, note, task)
        desk.say(f"marked: frame {snapshot.frame}{name}. ' and \" go from mark to mark")

    desk.ask(MarkNote(snapshot.frame), marked)


MARKS = (
    Command(
        "mark.add",
        ("m",),
        "Mark this moment..",
        "With a note, or without one; kept in the journal with your name.",
        Group.DEBUG,
        _mark,
        footer="Mark",
        asks=True,
    ),
)
