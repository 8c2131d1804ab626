"""Moving about: within a pane, and from pane to pane."""

from msgspec.structs import replace

from tui.core.position import Way, Wish
from tui.core.task import TaskRef
from tui.render.view import View
from tui.ui.commands.command import Command, Group
from tui.ui.commands.travel import chosen_task
from tui.ui.desk import Desk
from tui.ui.panes.pane import Pane

SHIFT_CELLS = 8
"""How far `h` and `l` go sideways."""

DETAIL, TASKS = 2, 1

OF_FRAMES = (2, 3)
"""Panes that show a position, so that a page of them is ten frames."""


def _numbered(desk: Desk, number: int) -> Pane:
    return next(pane for pane in desk.panes if pane.number == number)


def _focus(desk: Desk, pane: Pane) -> None:
    """A pane without room is zoomed, and gives the room back to one that has its own."""
    chosen = desk.scene.view.zoomed and desk.has_room(desk.pane)
    desk.look(replace(desk.scene.view, focus=pane.number, zoomed=chosen or not desk.has_room(pane)))
    pane.focus(scroll_visible=False)


def _look(desk: Desk, view: View | None) -> None:
    if view is not None:
        desk.look(view)


def _move(desk: Desk, lines: int) -> None:
    _look(desk, desk.pane.move(lines))


def _task(desk: Desk) -> TaskRef | None:
    """The task to go along; all of them when none is shown."""
    return chosen_task(desk) if desk.scene.selected is not None else desk.scene.view.selected


def _far(desk: Desk, way: Way) -> None:
    """The first or last line; in the past the first or last frame."""
    if desk.journey.in_past:
        desk.journey.go(Wish(way, task=_task(desk)))
    else:
        _look(desk, desk.pane.to_top() if way is Way.FIRST else desk.pane.to_bottom())


def _page(desk: Desk, *, back: bool) -> None:
    """A page of lines; in the past, where no list is paged, ten frames."""
    if desk.journey.in_past and desk.pane.number in OF_FRAMES:
        desk.journey.go(Wish(Way.PAGE, back, _task(desk)))
    else:
        _move(desk, -desk.pane.page if back else desk.pane.page)


def _go_to(number: int) -> Command:
    names = {1: "tasks", 2: "detail", 3: "timeline", 4: "log", 5: "requests"}
    return Command(
        f"pane.{number}",
        (str(number),),
        f"To the {names[number]}",
        f"Give the keys to pane {number}, and show it where there was no room.",
        Group.MOVE,
        lambda desk: _focus(desk, _numbered(desk, number)),
    )


def _cycle(desk: Desk, step: int) -> None:
    panes = [pane for pane in desk.panes if pane.display or desk.scene.view.zoomed]
    _focus(desk, panes[(panes.index(desk.pane) + step) % len(panes)] if desk.pane in panes else panes[0])


def _open(desk: Desk) -> None:
    if desk.pane.number == TASKS:
        _focus(desk, _numbered(desk, DETAIL))


def _zoom(desk: Desk) -> None:
    view = desk.scene.view
    desk.look(view.focused(desk.pane.number).zoom())


def _shift(desk: Desk, cells: int) -> None:
    desk.pane.shift_by(cells)


MOVES = (
    Command("nav.down", ("j", "down"), "Down", "One line down.", Group.MOVE, lambda d: _move(d, 1), shown_key="j ↓"),
    Command("nav.up", ("k", "up"), "Up", "One line up.", Group.MOVE, lambda d: _move(d, -1), shown_key="k ↑"),
    Command(
        "nav.left",
        ("h", "left"),
        "Left",
        "Scroll the pane's lines to the left. On the timeline: one column back.",
        Group.MOVE,
        lambda d: _shift(d, -SHIFT_CELLS),
        shown_key="h ←",
    ),
    Command(
        "nav.right",
        ("l", "right"),
        "Right",
        "Scroll the pane's lines to the right, where they are longer than it is wide. On the timeline: one column on.",
        Group.MOVE,
        lambda d: _shift(d, SHIFT_CELLS),
        shown_key="l →",
    ),
    Command(
        "nav.top",
        ("g", "home"),
        "First",
        "To the first line; in the list: stay with the worst. In the past: to the first frame of the task.",
        Group.MOVE,
        lambda d: _far(d, Way.FIRST),
        shown_key="g",
    ),
    Command(
        "nav.bottom",
        ("G", "end"),
        "Last",
        "To the last line. In the past: to the last frame of the task.",
        Group.MOVE,
        lambda d: _far(d, Way.LAST),
        shown_key="G",
    ),
    Command(
        "nav.half_down",
        ("ctrl+d",),
        "Half a page down",
        "Half a page down; never deletes anything.",
        Group.MOVE,
        lambda d: _move(d, d.pane.page // 2 or 1),
        shown_key="Ctrl-D",
    ),
    Command(
        "nav.half_up",
        ("ctrl+u",),
        "Half a page up",
        "Half a page up.",
        Group.MOVE,
        lambda d: _move(d, -(d.pane.page // 2 or 1)),
        shown_key="Ctrl-U",
    ),
    Command(
        "nav.page_down",
        ("pagedown",),
        "Page down",
        "One page down; in the past, from the detail or the timeline, ten frames.",
        Group.MOVE,
        lambda d: _page(d, back=False),
        shown_key="PgDn",
    ),
    Command(
        "nav.page_up",
        ("pageup",),
        "Page up",
        "One page up; in the past, from the detail or the timeline, ten frames back.",
        Group.MOVE,
        lambda d: _page(d, back=True),
        shown_key="PgUp",
    ),
    _go_to(1),
    _go_to(2),
    _go_to(3),
    _go_to(4),
    _go_to(5),
    Command("pane.next", ("tab",), "Next pane", "Give the keys to the next pane.", Group.MOVE, lambda d: _cycle(d, 1)),
    Command(
        "pane.prev",
        ("shift+tab",),
        "Previous pane",
        "Give the keys to the pane before.",
        Group.MOVE,
        lambda d: _cycle(d, -1),
        shown_key="Shift-Tab",
    ),
    Command(
        "open",
        ("enter",),
        "Open the detail",
        "From the list: read on in the detail pane.",
        Group.MOVE,
        _open,
        footer="Detail",
    ),
    Command(
        "zoom", ("z",), "Zoom the pane", "The pane with the keys fills the screen, or gives it back.", Group.LOOK, _zoom
    ),
    Command(
        "detail.scroll_down",
        ("J",),
        "Scroll the detail down",
        "Without leaving the list.",
        Group.LOOK,
        lambda d: _look(d, _numbered(d, DETAIL).move(1)),
    ),
    Command(
        "detail.scroll_up",
        ("K",),
        "Scroll the detail up",
        "Without leaving the list.",
        Group.LOOK,
        lambda d: _look(d, _numbered(d, DETAIL).move(-1)),
    ),
)
