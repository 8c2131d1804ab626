"""Looking at the same facts in another way."""

from tui.ui.commands.command import Command, Group
from tui.ui.desk import Desk


def _next_sort(desk: Desk) -> None:
    desk.look(desk.scene.view.next_sort())


def _flip(desk: Desk) -> None:
    desk.look(desk.scene.view.flip())


def _next_times(desk: Desk) -> None:
    view = desk.scene.view.next_times()
    desk.look(view)
    desk.say(f"times: {view.times.value}")


def _next_detail(desk: Desk) -> None:
    desk.look(desk.scene.view.next_detail())


def _follow(desk: Desk) -> None:
    desk.look(desk.scene.view.follow())


def _scope(desk: Desk) -> None:
    desk.look(desk.scene.view.next_log_scope())


def _pause(desk: Desk) -> None:
    desk.pause(on=not desk.paused)


def _back(desk: Desk) -> None:
    """One step back, never out."""
    view = desk.scene.view
    if desk.paused:
        desk.pause(on=False)
    elif view.zoomed:
        desk.look(view.zoom())
    elif view.filter:
        desk.look(view.filtered(""))
    else:
        desk.say("nothing to go back from; Q quits")


LOOKS = (
    Command(
        "filter",
        ("slash",),
        "Filter the tasks",
        "Words that must be there, !word must not; or a predicate: status == Idle & in_state > 60s.",
        Group.FIND,
        lambda d: d.edit_filter(),
        footer="Filter",
    ),
    Command("sort", ("less_than_sign",), "Sort by the next column", "By attention first.", Group.FIND, _next_sort),
    Command("sort.flip", ("greater_than_sign",), "Turn the order", "Up becomes down.", Group.FIND, _flip),
    Command(
        "play.toggle",
        ("space", "p"),
        "Pause the view, or follow",
        "The view stands still; polls and recording go on.",
        Group.LOOK,
        _pause,
        footer="Pause",
        shown_key="Space",
    ),
    Command("live", ("L",), "Back to now", "Follow the newest facts again.", Group.LOOK, lambda d: d.pause(on=False)),
    Command(
        "time.style",
        ("t",),
        "Time style",
        "UTC, local, relative, since the start of the task.",
        Group.LOOK,
        _next_times,
    ),
    Command("view.cycle", ("V",), "Compact, full, JSON", "How much the detail pane tells.", Group.LOOK, _next_detail),
    Command(
        "follow", ("F",), "Follow the log", "Keep the newest line in sight, or let the log stand.", Group.LOOK, _follow
    ),
    Command("log.scope", ("W",), "Log of all or of this task", "Whose lines the log shows.", Group.LOOK, _scope),
    Command(
        "back",
        ("escape",),
        "One step back",
        "Closes what is open, ends a pause, a zoom, a filter. Never quits, never deletes.",
        Group.LEAVE,
        _back,
    ),
)
