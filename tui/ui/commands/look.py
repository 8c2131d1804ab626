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
    """In the past: play, or stand. Live: let the view stand, or follow; and what is stepped goes on by itself."""
    stepped = desk.scene.stepped
    if desk.journey.in_past:
        desk.play(on=not desk.journey.player.playing)
    elif stepped is not None:
        desk.asks.release(stepped.task)
        desk.say(f"released: {desk.scene.name(stepped.task)} is polled again")
    else:
        desk.pause(on=not desk.paused)


def _live(desk: Desk) -> None:
    """Back to the newest facts, with everybody polled."""
    stepped = desk.scene.stepped
    if stepped is not None:
        desk.asks.release(stepped.task)
    desk.pause(on=False)


def _back(desk: Desk) -> None:
    """One step back, never out."""
    view = desk.scene.view
    if desk.paused or desk.journey.away:
        desk.pause(on=False)
    elif view.zoomed:
        desk.look(view.zoom())
    elif view.filter:
        desk.look(view.filtered(""))
    elif not desk.close_page():
        desk.say("nothing to go back from; Q quits")


def _open_recording(desk: Desk) -> None:
    from tui.ui.dialogs.open_recording import OpenRecording

    desk.ask(OpenRecording(), desk.open_recording)


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
    Command(
        "record.open",
        ("o",),
        "Open a recording..",
        "A journal or an exported bundle, on a page of its own; polls go on.",
        Group.FIND,
        _open_recording,
    ),
    Command("sort", ("less_than_sign",), "Sort by the next column", "By attention first.", Group.FIND, _next_sort),
    Command("sort.flip", ("greater_than_sign",), "Turn the order", "Up becomes down.", Group.FIND, _flip),
    Command(
        "play.toggle",
        ("space", "p"),
        "Pause, follow; play the past",
        "The view stands still, polls and recording go on. In the past: play it, or stop.",
        Group.LOOK,
        _pause,
        footer="Pause",
        past_footer=("Space", "Play"),
        shown_key="Space",
    ),
    Command(
        "live",
        ("L",),
        "Back to now",
        "The newest facts again; a held task is released.",
        Group.LOOK,
        _live,
        past_footer=("L", "Live"),
    ),
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
        "Out of the past, of a pause, a zoom, a filter. Never quits, never deletes.",
        Group.LEAVE,
        _back,
    ),
)
