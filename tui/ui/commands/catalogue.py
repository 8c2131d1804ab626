"""All commands, and what keys, footer and palette take from them."""

from itertools import chain

from textual.binding import Binding

from tui.ui.commands.act import ACTS
from tui.ui.commands.alert import ALERTS
from tui.ui.commands.command import Command, Group
from tui.ui.commands.diff import DIFFS
from tui.ui.commands.inspect import INSPECTS
from tui.ui.commands.leave import LEAVES
from tui.ui.commands.look import LOOKS
from tui.ui.commands.mark import MARKS
from tui.ui.commands.move import MOVES
from tui.ui.commands.stop import BREAKS
from tui.ui.commands.travel import TRAVELS
from tui.ui.desk import Desk


def _help(desk: Desk) -> None:
    from tui.ui.dialogs.help import Help

    desk.ask(Help(tuple(COMMANDS.values())), lambda chosen: COMMANDS[chosen].run(desk))


HELP = Command(
    "help",
    ("question_mark", "f1"),
    "Help",
    "All keys; type to search, Enter runs.",
    Group.FIND,
    _help,
    footer="Help",
    past_footer=("?", "Help"),
)

FAMILIES = (MOVES, LOOKS, DIFFS, TRAVELS, BREAKS, INSPECTS, MARKS, ALERTS, ACTS, LEAVES, (HELP,))
"""Commands, file by file."""

_BY_GROUP = sorted(chain.from_iterable(FAMILIES), key=lambda command: tuple(Group).index(command.group))

COMMANDS: dict[str, Command] = {command.id: command for command in _BY_GROUP}
"""By id, in the order in which help lists them."""

_FOOTER = (
    *("ack", "open", "inspect", "step.fwd", "bp.toggle", "filter", "play.toggle", "help"),
    *("task.add", "change.next", "cont.fwd", "diff.prev", "mark.add", "yank", "palette"),
)
"""What the footer offers while the newest facts are shown; the first eight fill 80 cells, the others want more."""


def bindings() -> list[Binding]:
    """One Textual binding for each key; all of them run `command(id)` of the screen.

    They have priority, because only such ones run before the next key is looked at: `/studio`, arriving in one packet
    over a slow line, must be a filter, and not six commands.
    """
    return [
        Binding(key, f"command('{command.id}')", command.title, show=False, priority=True)
        for command in COMMANDS.values()
        for key in command.keys
    ]


def footer_keys(*, in_past: bool = False) -> tuple[tuple[str, str], ...]:
    """The (key, label) pairs of the last line."""
    if in_past:
        return tuple(command.past_footer for command in COMMANDS.values() if command.past_footer is not None)
    return tuple((command.key_text.split()[0], command.footer) for command in map(COMMANDS.__getitem__, _FOOTER))
