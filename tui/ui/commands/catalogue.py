"""All commands, and what keys, footer and palette take from them."""

from textual.binding import Binding

from tui.ui.commands.act import ACTS
from tui.ui.commands.command import Command, Group
from tui.ui.commands.leave import LEAVES
from tui.ui.commands.look import LOOKS
from tui.ui.commands.move import MOVES
from tui.ui.desk import Desk
from tui.ui.dialogs.help import Help


def _help(desk: Desk) -> None:
    rows = tuple(Help.Row(c.id, c.group.value, c.key_text, c.title, c.help) for c in COMMANDS.values())
    desk.ask(Help(rows), lambda chosen: COMMANDS[chosen].run(desk))


HELP = Command(
    "help",
    ("question_mark", "f1"),
    "Help",
    "All keys; type to search, Enter runs.",
    Group.FIND,
    _help,
    footer="Help",
)

COMMANDS: dict[str, Command] = {command.id: command for command in (*MOVES, *LOOKS, *ACTS, *LEAVES, HELP)}
"""By id, in the order in which help lists them."""


def bindings() -> list[Binding]:
    """One Textual binding for each key; all of them run `command(id)` of the screen."""
    return [
        Binding(key, f"command('{command.id}')", command.title, show=False)
        for command in COMMANDS.values()
        for key in command.keys
    ]


def footer_keys() -> tuple[tuple[str, str], ...]:
    """The (key, label) pairs of the last line."""
    return tuple((command.key_text.split()[0], command.footer) for command in COMMANDS.values() if command.footer)
