"""Going through a lifecycle: small letters lead forward, capitals back. Live and past are one axis: behind the newest
frame lies the next poll."""

from msgspec.structs import replace

from tui.core.lifecycle import OVER
from tui.core.position import Way, Wish
from tui.core.task import TaskRef
from tui.ui.commands.act import NO_TASK
from tui.ui.commands.command import Command, Group
from tui.ui.desk import Desk


def chosen_task(desk: Desk) -> TaskRef | None:
    """The task to go along; from now on the cursor stays on it, however the others move. When there is none, that is
    said."""
    scene = desk.scene
    if scene.view.selected is not None:
        return scene.view.selected
    if scene.selected is None:
        desk.say(NO_TASK)
        return None
    desk.look(replace(scene.view, selected=scene.selected.task))
    return scene.selected.task


def _go(desk: Desk, way: Way, *, back: bool = False) -> None:
    task = chosen_task(desk)
    if task is not None:
        desk.journey.go(Wish(way, back, task))


def _step(desk: Desk) -> None:
    task = chosen_task(desk)
    if task is None:
        return
    if desk.journey.in_past and not desk.journey.at_end(task):
        desk.journey.go(Wish(Way.STEP, task=task))
    elif not desk.scene.can_poll:
        desk.say("this is the newest frame of a recording: nobody polls it")
    else:
        _poll_once(desk, task)


def _poll_once(desk: Desk, task: TaskRef) -> None:
    """A step at the newest frame: one signed request."""
    if desk.journey.away or desk.paused:
        desk.come_back()
    desk.asks.step(task)
    view = desk.scene.snapshot.tasks.get(task)
    over = view is not None and view.stage.life in OVER
    held = "" if over else "; held, the others go on"
    desk.say(f"step: one poll of {desk.scene.name(task)}{held}. H releases, S goes back")


def _to_mark(desk: Desk, *, back: bool) -> None:
    desk.journey.go(Wish(Way.MARK, back))


def _to_time(desk: Desk) -> None:
    from tui.ui.dialogs.go_to import GoTo

    scene = desk.scene
    desk.ask(
        GoTo(scene.snapshot.at_us, desk.scene.live_us, scene.view.times),
        lambda at_us: desk.journey.go(Wish(Way.TIME, at_us=at_us)),
    )


def _to_frame(desk: Desk) -> None:
    from tui.ui.dialogs.go_to_frame import GoToFrame

    desk.ask(GoToFrame(desk.scene.snapshot.frame), lambda frame: desk.journey.go(Wish(Way.FRAME, frame=frame)))


def _skip(desk: Desk) -> None:
    player = desk.journey.player
    player.skips_idle = not player.skips_idle
    desk.say("playing jumps over stretches without news" if player.skips_idle else "playing shows every stretch")


TRAVELS = (
    Command(
        "step.fwd",
        ("s", "right_square_bracket"),
        "Step: a poll, or a frame",
        "Live: holds the task and sends one request. In the past: its next entry; at the end asks before it sends.",
        Group.DEBUG,
        _step,
        footer="Step",
        past_footer=("s/S", "Step"),
        shown_key="s ]",
    ),
    Command(
        "step.back",
        ("S", "left_square_bracket"),
        "Step back",
        "The entry of this task before; nothing is sent.",
        Group.DEBUG,
        lambda d: _go(d, Way.STEP, back=True),
        shown_key="S [",
    ),
    Command(
        "change.next",
        ("n", "right_curly_bracket"),
        "Next change",
        "Where this task's word changes next.",
        Group.DEBUG,
        lambda d: _go(d, Way.CHANGE),
        footer="Change",
        past_footer=("n/N", "Change"),
        shown_key="n }",
    ),
    Command(
        "change.prev",
        ("N", "left_curly_bracket"),
        "Previous change",
        "Where this task's word changed before.",
        Group.DEBUG,
        lambda d: _go(d, Way.CHANGE, back=True),
        shown_key="N {",
    ),
    Command(
        "error.next",
        ("e",),
        "Next error",
        "The next poll of this task that told no status.",
        Group.DEBUG,
        lambda d: _go(d, Way.ERROR),
        past_footer=("e/E", "Error"),
    ),
    Command(
        "error.prev",
        ("E",),
        "Previous error",
        "The last poll of this task before that told no status.",
        Group.DEBUG,
        lambda d: _go(d, Way.ERROR, back=True),
    ),
    Command(
        "time.goto",
        ("T",),
        "Go to a time..",
        "02:58, 11:12 local, 2026-11-22 03:12, -5m.",
        Group.DEBUG,
        _to_time,
        past_footer=("T", "Time"),
    ),
    Command("frame.goto", ("X",), "Go to a frame..", "By its number, as told on the phone.", Group.DEBUG, _to_frame),
    Command(
        "mark.next",
        ("apostrophe",),
        "Next mark",
        "Where somebody marked a moment next.",
        Group.DEBUG,
        lambda d: _to_mark(d, back=False),
    ),
    Command(
        "mark.prev",
        ("quotation_mark",),
        "Previous mark",
        "Where somebody marked a moment before.",
        Group.DEBUG,
        lambda d: _to_mark(d, back=True),
    ),
    Command("play.skip", ("I",), "Skip idle stretches", "While the past is played.", Group.DEBUG, _skip),
)
