"""Breakpoints: set them, and go from hit to hit."""

from tui.core.breakpoint import Action, Breakpoint, Hit, Watch
from tui.core.lifecycle import OVER
from tui.core.position import Way, Wish
from tui.core.task import TaskRef
from tui.ui.commands.act import NO_TASK
from tui.ui.commands.command import Command, Group
from tui.ui.commands.travel import chosen_task
from tui.ui.desk import Desk

NONE_ON = "no breakpoint is on; B edits them, b makes one of what the cursor is on"


def _open_editor(desk: Desk, draft: Breakpoint | None = None) -> None:
    from tui.ui.dialogs.breakpoints import BreakEditor

    desk.ask(BreakEditor(desk.stops, desk.scene, draft), lambda hit: _go_to(desk, hit))


def _go_to(desk: Desk, hit: Hit) -> None:
    desk.look(desk.scene.view.select(hit.task))
    desk.journey.go(Wish(Way.FRAME, frame=hit.frame))


def _break_here(desk: Desk) -> None:
    from tui.core.ready_made import about

    view = desk.scene.selected
    if view is None:
        desk.say(NO_TASK)
        return
    _open_editor(desk, about(view, desk.stops.breaks.free_number()))


def _continue(desk: Desk, *, back: bool) -> None:
    """In the past: to the next hit. Live: let go what is held or stands, and run until something hits."""
    some = desk.stops.breaks.on
    if not some:
        desk.say(NONE_ON)
    elif back or desk.journey.in_past:
        desk.journey.go(Wish(Way.HIT, back, breakpoints=some))
    else:
        stepped = desk.scene.stepped
        if stepped is not None:
            desk.asks.release(stepped.task)
        desk.pause(on=False)
        desk.say(f"running until one of {len(some)} breakpoints hits")


def _stop_once(desk: Desk, task: TaskRef, when: str, note: str) -> None:
    """Live, what one waits for is still to come: a breakpoint that stops once."""
    number = desk.stops.breaks.free_number()
    actions = (Action.STOP, Action.BELL)
    one = Breakpoint(number, when, scope=str(task), actions=actions, once=True, note=note)
    desk.stops.change(desk.stops.breaks.with_one(one))
    _continue(desk, back=False)
    desk.say(f"BP#{number} stops once when {desk.scene.name(task)} is {when}; B lists it")


def _finish(desk: Desk) -> None:
    """To the end of the task: where it is recorded, or when it comes."""
    task = chosen_task(desk)
    if task is None:
        return
    view = desk.scene.snapshot.tasks.get(task)
    if desk.journey.in_past or (view is not None and view.stage.life in OVER):
        desk.journey.go(Wish(Way.END, back=not desk.journey.away, task=task))
    else:
        _stop_once(desk, task, "ended", "f")


def _until(desk: Desk) -> None:
    """To a time, or to where a predicate becomes true."""
    from tui.core.predicate import compile_predicate
    from tui.render.moment_text import MomentError, read_moment
    from tui.render.times import TimeStyle, moment
    from tui.ui.dialogs.predicate_line import PredicateLine

    task = chosen_task(desk)
    position_us, local = desk.scene.snapshot.at_us, desk.scene.view.times is TimeStyle.LOCAL

    def moment_of(text: str) -> int | None:
        try:
            return read_moment(text, position_us=position_us, now_us=desk.scene.live_us, local=local)
        except MomentError:
            return None

    def meaning(text: str) -> str:
        at_us = moment_of(text)
        if at_us is not None:
            return moment(at_us, desk.scene.view.times, desk.scene.live_us)
        compile_predicate(text)
        return "where that becomes true next, for this task"

    def go(text: str) -> None:
        at_us = moment_of(text)
        if at_us is not None:
            desk.journey.go(Wish(Way.TIME, at_us=at_us))
        elif not desk.journey.in_past and task is not None:
            _stop_once(desk, task, text, "u")
        else:
            desk.journey.go(Wish(Way.UNTIL, task=task, predicate=text))

    desk.ask(PredicateLine("Run until", "03:12, +30s, or a predicate: age > 10s", "Go", meaning), go)


def _watch(desk: Desk) -> None:
    from tui.core.facts import facts_of
    from tui.render.watch_lines import watched_value
    from tui.ui.dialogs.predicate_line import PredicateLine

    scene, view = desk.scene, desk.scene.selected

    def meaning(text: str) -> str:
        if view is None:
            return ""
        return f"now {watched_value(text, facts_of(view, scene.snapshot.tool, scene.now_us))}"

    def add(text: str) -> None:
        desk.stops.change(desk.stops.breaks.with_watch(Watch(text)))
        desk.say(f"watching {text}; B lists it, lets it stop the view, or takes it away")

    desk.ask(PredicateLine("Watch an expression", "status, in_state, rtt, age - in_state, ..", "Add", meaning), add)


BREAKS = (
    Command(
        "cont.fwd",
        ("c",),
        "Continue to the next hit",
        "In the past: where a breakpoint hits next. Live: releases what is held, and runs until one hits.",
        Group.DEBUG,
        lambda d: _continue(d, back=False),
        footer="Continue",
        past_footer=("c/C", "Cont"),
    ),
    Command(
        "cont.back",
        ("C",),
        "Continue back",
        "Where a breakpoint hit before.",
        Group.DEBUG,
        lambda d: _continue(d, back=True),
    ),
    Command(
        "finish",
        ("f",),
        "To the end of this task",
        "Where it ended, or was not found. Live: stops when it comes.",
        Group.DEBUG,
        _finish,
    ),
    Command(
        "until",
        ("u",),
        "Run until..",
        "A time, or a predicate that becomes true. Live: stops when it does.",
        Group.DEBUG,
        _until,
    ),
    Command(
        "bp.toggle",
        ("b",),
        "Breakpoint from here..",
        "For the trouble, the last change or the status of the task the cursor is on.",
        Group.DEBUG,
        _break_here,
        footer="Break",
    ),
    Command(
        "bp.edit",
        ("B",),
        "Breakpoints and watches..",
        "Lists, edits and tests them on what is recorded.",
        Group.DEBUG,
        _open_editor,
    ),
    Command("watch.add", ("w",), "Watch an expression..", "Its value at every position.", Group.DEBUG, _watch),
)
