"""Help, the palette, and the ways out."""

from tui.ui.commands.command import Command, Group
from tui.ui.desk import Desk


def _close(desk: Desk) -> None:
    if desk.journey.away:
        desk.come_back()
    elif not desk.close_page():
        desk.say("this is the main page; Q quits")


LEAVES = (
    Command(
        "palette",
        ("colon", "ctrl+p"),
        "All commands..",
        "Search in all commands and run one.",
        Group.FIND,
        lambda d: d.show_palette(),
        footer="Command",
    ),
    Command(
        "close",
        ("q",),
        "Close this page",
        "Out of the past; at the main page it only says how to quit.",
        Group.LEAVE,
        _close,
    ),
    Command(
        "quit", ("Q", "ctrl+q"), "Quit", "Polling and recording end with the program.", Group.LEAVE, lambda d: d.leave()
    ),
    Command(
        "interrupt",
        ("ctrl+c",),
        "Says how to quit",
        "Ctrl-C never quits at once.",
        Group.LEAVE,
        lambda d: d.say("Q quits (Ctrl-C does not)"),
    ),
)
