"""The editor of breakpoints and watch expressions."""

from functools import partial
from time import monotonic
from typing import ClassVar

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from tui.core.breakpoint import Breakpoint, Breaks, Count, Hit, Watch, in_scope
from tui.core.predicate import PredicateError, compile_predicate, warm_up
from tui.core.ready_made import READY_MADE
from tui.engine.ports import GivenUp, JournalError
from tui.render.line import Role
from tui.ui.dialogs.break_form import BreakForm, FormMistake
from tui.ui.dialogs.break_list import BreakList
from tui.ui.dialogs.break_verdict import Verdict, counted, true_for
from tui.ui.dialogs.dialog import Dialog
from tui.ui.scene import Scene
from tui.ui.stops import Stops

SETTLE_S = 0.3
"""Who types faster than this is not answered yet."""
_TOLD_EVERY_S = 0.25
_MOST_ROWS = 6
_KEYS = (
    "space On/off   Enter Edit, save   n New   t Test   Del Delete   U Undo",
    "Tab Next field   Esc Close without saving",
)


class BreakEditor(Dialog[Hit | None]):
    """Closes with the hit to go to, or with None."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Close", show=False)]

    class Ready(Message):
        """Predicates can be compiled. Posted from another thread, as the others are."""

    class Tried(Message):
        """What is known so far of the breakpoint that is tried."""

        def __init__(self, one: Breakpoint, true: str | None, count: Count | None, trouble: str = "") -> None:
            super().__init__()
            self.one = one
            self.true = true
            self.count = count
            self.trouble = trouble

    def __init__(self, stops: Stops, scene: Scene, draft: Breakpoint | None = None) -> None:
        super().__init__()
        self._stops = stops
        self._scene = scene
        self._begun_with = draft
        self._list = BreakList(stops, scene.now_us)
        self._form = BreakForm()
        self._verdict = Verdict(id="break-verdict")
        self._ready = False
        self._timer: Timer | None = None
        self._true, self._count = "", Count()
        self._deleted: Breaks | None = None

    def compose(self) -> ComposeResult:
        """List, form, what the form means, ready-made ones, keys."""
        with Vertical(classes="dialog dialog-wide"):
            yield Static("", markup=False, id="break-title", classes="dialog-title")
            yield self._list
            yield self._form
            yield self._verdict
            ready = "  ".join(f"{key} {name}" for key, (name, _, _) in enumerate(READY_MADE, 1))
            yield Static(ready, markup=False, classes="break-ready")
            yield Static("\n".join(_KEYS), markup=False, classes="dialog-keys")

    def on_mount(self) -> None:
        """Show the first one, or begin with the draft."""
        self._fit_list()
        self.run_worker(self._warm_up, thread=True, group="warm")
        if self._begun_with is not None:
            self._edit(self._begun_with)
        else:
            self._choose()
            self.set_focus(self._list)

    def _warm_up(self) -> None:
        warm_up()
        self.post_message(self.Ready())

    @on(Ready)
    def _use_predicates(self) -> None:
        self._ready = True
        if isinstance(self.focused, Input):
            self._answer()

    # The list.

    def action_move(self, lines: int) -> None:
        """Move the cursor; the form follows."""
        self._list.move(lines)
        self._choose()

    def action_switch(self) -> None:
        """Switch it on or off; a watch expression stops the view, or does not."""
        one = self._list.chosen
        if isinstance(one, Breakpoint):
            self._change(self._stops.breaks.with_one(replace(one, on=not one.on)))
        elif isinstance(one, Watch):
            self._change(self._stops.breaks.with_watch(replace(one, stops=not one.stops)))

    def action_remove(self) -> None:
        """Delete what the cursor is on; U brings it back."""
        one, before = self._list.chosen, self._stops.breaks
        if one is None:
            return
        after = before.without(one.number) if isinstance(one, Breakpoint) else before.without_watch(one.text)
        self._deleted = before
        self._change(after)
        self._list.move(0)
        self._choose()
        self._verdict.tell("deleted; U brings it back")

    def action_undo(self) -> None:
        """Bring back what was deleted last."""
        if self._deleted is not None:
            self._change(self._deleted)
            self._deleted = None
            self._choose()

    def action_new(self) -> None:
        """An empty one."""
        self._edit(Breakpoint(self._stops.breaks.free_number(), ""))

    def action_ready_made(self, key: int) -> None:
        """One that many nights have needed."""
        _, when, actions = READY_MADE[key - 1]
        self._edit(Breakpoint(self._stops.breaks.free_number(), when, actions=actions))

    def action_edit(self) -> None:
        """Go into the form."""
        if isinstance(self._list.chosen, Breakpoint):
            self._edit(self._list.chosen)

    def action_test(self) -> None:
        """Try it on the recording; Enter on what comes out goes there."""
        if isinstance(self._list.chosen, Breakpoint):
            self.set_focus(self._verdict)
            self._try()

    def action_jump(self) -> None:
        """Go to the newest hit."""
        if self._count.newest is not None:
            self.dismiss(self._count.newest)

    def action_close(self) -> None:
        """Out of the form, then out of the editor; what was not saved is gone."""
        if self.focused is self._list or self.focused is None:
            self.dismiss(None)
            return
        self._choose()
        self.set_focus(self._list)

    # The form.

    def _edit(self, one: Breakpoint) -> None:
        self._form.show(one)
        self._form.begin()
        self._answer()

    @on(Input.Changed)
    def _edited(self) -> None:
        self._answer()

    @on(Input.Submitted)
    def _save(self, event: Input.Submitted) -> None:
        event.stop()
        try:
            one = self._form.read(self._scene.now_us)
            compile_predicate(one.when)
        except (FormMistake, PredicateError):
            self._answer()
            return
        self._change(self._stops.breaks.with_one(one))
        self._list.point_at(one.number)
        self._choose()
        self.set_focus(self._list)
        self._verdict.tell("saved")

    def _choose(self) -> None:
        """Show what the cursor is on."""
        one = self._list.chosen
        self._form.display = isinstance(one, Breakpoint) or one is None
        self._form.show(one if isinstance(one, Breakpoint) else Breakpoint(self._stops.breaks.free_number(), ""))
        self._verdict.tell("t tests it on the recording" if isinstance(one, Breakpoint) else "")
        self._tell_title()

    def _change(self, breaks: Breaks) -> None:
        self._stops.change(breaks)
        self._fit_list()
        self._list.repaint()
        self._tell_title()

    def _fit_list(self) -> None:
        self._list.styles.height = self._list.HEAD + min(_MOST_ROWS, self._list.line_count)

    def _tell_title(self) -> None:
        breaks = self._stops.breaks
        text = f"Breakpoints and watches   {len(breaks.on)} of {len(breaks.breakpoints)} on"
        self.query_one("#break-title", Static).update(text)

    # What it would do.

    def _answer(self) -> None:
        """Say what is wrong with the form at once, and what it would do as soon as nobody types."""
        self.workers.cancel_group(self, "trial")
        if self._timer is not None:
            self._timer.stop()
        self._true, self._count = "", Count()
        try:
            one = self._form.read(self._scene.now_us)
            if not self._ready:
                self._verdict.tell("one moment: predicates are being loaded")
            elif not one.when:
                self._verdict.tell("When: a predicate, such as age > 10s")
            else:
                compile_predicate(one.when)
                self._verdict.tell("ok")
                self._timer = self.set_timer(SETTLE_S, self._try)
        except FormMistake as mistake:
            self._verdict.tell(str(mistake), Role.NEEDS_YOU)
        except PredicateError as mistake:
            self._verdict.tell(f"column {mistake.start + 1}: {mistake.line}", Role.NEEDS_YOU)

    def _try(self) -> None:
        """Begin to count."""
        try:
            one = self._form.read(self._scene.now_us)
            compile_predicate(one.when)
        except (FormMistake, PredicateError):
            return
        self.run_worker(partial(self._trial, one), thread=True, exclusive=True, group="trial")

    def _trial(self, one: Breakpoint) -> None:
        """In a thread: for whom it is true now, and how often it would have hit."""
        worker, told_s = get_current_worker(), 0.0
        true = true_for(one, self._scene)
        self.post_message(self.Tried(one, true, None))

        def told(count: Count) -> bool:
            nonlocal told_s
            if monotonic() - told_s > _TOLD_EVERY_S:
                told_s = monotonic()
                self.post_message(self.Tried(one, true, count))
            return not worker.is_cancelled

        try:
            self.post_message(self.Tried(one, true, self._stops.count(one, told)))
        except GivenUp:
            return
        except (JournalError, PredicateError) as error:
            self.post_message(self.Tried(one, true, None, str(error)))

    @on(Tried)
    def _tell_trial(self, message: Tried) -> None:
        try:
            if message.one != self._form.read(self._scene.now_us):
                return
        except FormMistake:
            return
        scope = sum(in_scope(message.one.scope, view) for view in self._scene.snapshot.tasks.values())
        said = [f"ok. {scope} in scope. Now true for: {message.true}."]
        if message.count is not None:
            self._count = message.count
            said.append(counted(message.count, self._scene))
        elif message.trouble:
            said.append(message.trouble)
        self._verdict.tell("  ".join(said))
