"""Comparing what a task was told."""

from tui.ui.commands.command import Command, Group
from tui.ui.desk import Desk


def _previous(desk: Desk) -> None:
    from tui.ui.comparison import with_previous

    with_previous(desk)


def _mark(desk: Desk) -> None:
    from tui.ui.comparison import with_mark

    with_mark(desk)


DIFFS = (
    Command(
        "diff.prev",
        ("d",),
        "Compare with the poll before",
        "This poll of the task against the one before it, field by field.",
        Group.LOOK,
        _previous,
        footer="Diff",
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
