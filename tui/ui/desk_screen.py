"""What commands see of a screen (`ui.desk.Desk`), and what they and the screen do to what is shown."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from textual import on
from textual.message import Message
from textual.reactive import var
from textual.screen import ModalScreen, Screen

from tui.core.breakpoint import Hit, Watch
from tui.core.position import Way, Wish
from tui.core.task import TaskRef
from tui.core.tuning import Tuning
from tui.engine.ports import JournalError, Past
from tui.render.view import View
from tui.ui.asks import Asks
from tui.ui.attending import Sight
from tui.ui.body import Body
from tui.ui.commands.catalogue import COMMANDS, footer_keys
from tui.ui.journey import Journey
from tui.ui.layout import arrange, too_small
from tui.ui.looking_back import LookingBack
from tui.ui.pages import OpenInspector
from tui.ui.panes.footer import FooterPane
from tui.ui.panes.pane import Pane
from tui.ui.scene import Scene
from tui.ui.show import Show
from tui.ui.source import Source
from tui.ui.stops import Stops
from tui.ui.view_keeper import ViewKeeper

Answer = TypeVar("Answer")
Found = TypeVar("Found")


class DeskScreen(Screen[None]):
    """A screen that commands can work with."""

    class Back(Message, bubble=False):
        """Something was done in another thread, and this is to be done with it here."""

        def __init__(self, then: Callable[[], None]) -> None:
            super().__init__()
            self.then = then

    current: var[Scene | None] = var(None, init=False)

    def __init__(self, source: Source, columns: int, rows: int) -> None:
        super().__init__()
        self._source = source
        self._show = Show(source)
        self._keeper = ViewKeeper(source.save_view, lambda: self._show.view, self.set_timer)
        self._body = Body(columns, rows, self._show.view)
        self._sight = Sight(source.attend, self._body, lambda: self.scene, self.set_timer)
        self.journey = Journey(
            self._show,
            source.open_travel,
            wanted=lambda: self._sight.wanted(self._show.view),
            arrived=lambda: self._do_here(self._arrive),
            played=self._present_place,
            say=self.say,
            every=self.set_interval,
        )
        """Where the screen is in time; what commands go through the past with."""
        self.stops = Stops(source.breaks, self)
        """Breakpoints and watch expressions."""
        self._looking_back = LookingBack(source, self._do_here, self.say)

    # `Desk`.

    @property
    def scene(self) -> Scene:
        """What is shown now."""
        return self._show.scene

    @property
    def asks(self) -> Asks:
        """Where requests go."""
        return self._source.asks

    @property
    def inspector(self) -> OpenInspector | None:
        """Opens the inspector; None where nothing is recorded."""
        return self._source.inspector

    @property
    def panes(self) -> tuple[Pane, ...]:
        """All panes, in the order of their numbers."""
        return self._body.panes

    @property
    def pane(self) -> Pane:
        """The pane with the focus; the tasks when none has it."""
        return next((pane for pane in self.panes if pane.has_focus), self.panes[0])

    @property
    def paused(self) -> bool:
        """Whether the view stands still."""
        return self._show.paused

    def look(self, view: View) -> None:
        """Look at the same facts in another way, and remember it."""
        before = self._show.view
        self._show.look(view)
        self._present()
        self._keeper.save_soon()
        if (view.zoomed, view.focus) != (before.zoomed, before.focus):
            self._lay_out(self.size.width, self.size.height)

    @property
    def tuning(self) -> Tuning:
        """The alert rules as they are in force."""
        return self._show.tuning

    def tune(self, tuning: Tuning) -> None:
        """Have these from now on, and keep them; what cannot be kept is said."""
        complaint = self._show.tune(tuning)
        self._present()
        if complaint:
            self.say(complaint)

    def pause(self, *, on: bool) -> None:
        """Let the view stand still, or follow again."""
        if self.journey.away and not on:
            self.come_back()
        elif on != self._show.paused:
            self._show.pause(on=on)
            self._present()
            self.say("the view stands still; polls and recording go on" if on else "following again")

    def fetch(self, read: Callable[[Past], Found], then: Callable[[Found], None]) -> None:
        """Read something of the journal in another thread, and then go on here with what was found."""
        self._looking_back.fetch(read, then)

    def come_back(self) -> None:
        """Show the newest facts again."""
        self.journey.come_back()
        self._present()

    def play(self, *, on: bool) -> None:
        """Let the past run on from where it stands, or stop it there."""
        self.journey.play(on=on)
        self._present_place()

    def task_name(self, task: TaskRef) -> str:
        """What a task is called."""
        return self.scene.name(task)

    def bell(self) -> None:
        """Ring."""
        self.app.bell()

    def show_watches(self, watches: tuple[Watch, ...]) -> None:
        """Tell the values of these. Called in another thread."""

        def show() -> None:
            self._show.watch(watches)
            self._present()

        self._do_here(show)

    def stopped_at(self, hit: Hit) -> None:
        """Let the view stand at a hit; whoever is in the past already stays there."""
        if not self.journey.away:
            self.look(self._show.view.select(hit.task))
            self.journey.go(Wish(Way.FRAME, frame=hit.frame))

    def say(self, text: str) -> None:
        """Tell the operator something in the last line."""
        self.query_one(FooterPane).say(text)

    def ask(self, dialog: ModalScreen[Answer | None], then: Callable[[Answer], None]) -> None:
        """Put a question over the screen; `then` gets its answer, and nothing when it was dismissed."""

        def answered(answer: Answer | None) -> None:
            if answer is not None:
                then(answer)

        self.app.push_screen(dialog, answered)

    def has_room(self, pane: Pane) -> bool:
        """Whether a pane is to be seen beside the others, without a zoom."""
        return arrange(self.size.width, self.size.height).height(pane.number) > 0

    def edit_filter(self) -> None:
        """Let the operator type a filter."""
        from tui.ui.filter_bar import FilterBar

        for bar in self.query(FilterBar):
            bar.open(self._show.view.filter)
            return
        self.call_after_refresh(self.edit_filter)  # somebody was faster than `_finish_start`

    def copy(self, text: str, what: str) -> None:
        """Send a text to the terminal's clipboard. Whether the terminal takes it cannot be known."""
        self.app.copy_to_clipboard(text)
        self.say(f"{what} sent to the terminal's clipboard")

    def show_palette(self) -> None:
        """List all commands to search in."""
        self.app.action_command_palette()

    def open_recording(self, file: Path) -> None:
        """Replay a file on a page of its own; polls and recording go on below."""
        self.run_worker(self._open(file), exclusive=True, group="open")

    async def _open(self, file: Path) -> None:
        self.say(f"opening {file}")
        try:
            source = await asyncio.to_thread(self._source.open_recording, file)
        except JournalError as error:
            self.say(str(error))
            return
        self.app.push_screen(type(self)(source, self.size.width, self.size.height))

    def close_page(self) -> bool:
        """Close this page, if it lies over another one."""
        if self.app.screen_stack[0] is self:
            return False
        self.app.pop_screen()
        return True

    def leave(self) -> None:
        """End the program."""
        self.app.exit()

    def action_command(self, command: str) -> None:
        """Run a command by its id: what every key of this screen does."""
        chosen = COMMANDS[command]
        if chosen.asks and not self.scene.can_poll:
            self.say(f"{chosen.title}: not here, a recording is only read")
        else:
            chosen.run(self)

    # What is shown.

    def _present(self) -> None:
        before, self.current = self.current, self._show.scene
        if before is None or before.in_past != self.current.in_past:
            self.query_one(FooterPane).offer(footer_keys(in_past=self.current.in_past))
        self._sight.tell(self.scene)
        if self._show.filling:
            self.call_later(self._fill)

    def _fill(self) -> None:
        """Try the filter on some more tasks; between two times, keys are heard."""
        if self._show.filling:
            self._show.fill()
            self._present()

    def _arrive(self) -> None:
        if self.journey.take():
            self._present()

    def _present_place(self) -> None:
        self._show.look(self._show.view)
        self._present()

    def _lay_out(self, columns: int, rows: int) -> None:
        self.set_class(too_small(columns, rows), "-tiny")
        self._body.lay_out(columns, rows, self._show.view)
        self.call_after_refresh(self._keep_focus)  # a pane that was hidden for a moment has lost it

    def _keep_focus(self) -> None:
        if self.focused is None or self.focused.id != "filter":
            self._focus_pane(self._show.view.focus)
        self._sight.tell(self.scene)

    def _focus_pane(self, number: int) -> None:
        pane = self._body.pane(number)
        self._show.view = self._show.view.focused(pane.number)
        pane.focus(scroll_visible=False)

    # From other threads.

    def _do_here(self, then: Callable[[], None]) -> None:
        """Do this in the screen's own thread. Callable from any."""
        self.post_message(self.Back(then))

    @on(Back)
    def _go_on(self, message: Back) -> None:
        message.then()
