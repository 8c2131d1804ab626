"""The one screen: it takes what is new, arranges it, and hands it down to its panes."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import ClassVar, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.reactive import var
from textual.screen import ModalScreen, Screen
from textual.timer import Timer

from tui.core.attention import Attention
from tui.core.breakpoint import Hit, Watch
from tui.core.facts import facts_of
from tui.core.lifecycle import OVER
from tui.core.position import Way, Wish
from tui.core.task import TaskRef
from tui.core.tuning import Tuning
from tui.engine.ports import JournalError, Past
from tui.render.line import line
from tui.render.view import View
from tui.ui.asks import Asks
from tui.ui.attending import Attending
from tui.ui.body import Body
from tui.ui.commands.catalogue import COMMANDS, bindings, footer_keys
from tui.ui.drawn import DrawnBlock
from tui.ui.filter_messages import FilterClosed, FilterEdited
from tui.ui.journey import Journey
from tui.ui.layout import SMALLEST, arrange, too_small
from tui.ui.looking_back import LookingBack
from tui.ui.narrow_update import NarrowCompositor
from tui.ui.pages import OpenInspector
from tui.ui.panes.footer import FooterPane
from tui.ui.panes.header import HeaderPane
from tui.ui.panes.pane import Pane
from tui.ui.panes.tasks import TasksPane
from tui.ui.panes.timeline import TimelinePane
from tui.ui.predicate_loading import PredicateLoading
from tui.ui.scene import Scene
from tui.ui.show import Show
from tui.ui.source import Source
from tui.ui.stops import Stops
from tui.ui.view_keeper import ViewKeeper

Answer = TypeVar("Answer")
Found = TypeVar("Found")

FRAME_S = 0.25
"""New facts are drawn four times a second at most. What the operator does is drawn at once."""

TICK_S = 1.0
"""Ages grow once a second, and only while there is something to poll."""


class MainScreen(Screen[None]):
    """Holds what is shown; `Desk` is what commands see of it."""

    class News(Message):
        """The session has something new. Posted from another thread."""

    class Back(Message, bubble=False):
        """Something was done in another thread, and this is to be done with it here."""

        def __init__(self, then: Callable[[], None]) -> None:
            super().__init__()
            self.then = then

    BINDINGS: ClassVar[list[BindingType]] = list(bindings())
    AUTO_FOCUS = ""

    current: var[Scene | None] = var(None, init=False)

    def __init__(self, source: Source, columns: int, rows: int, frame: int | None = None) -> None:
        super().__init__()
        self._compositor = NarrowCompositor()
        self._source = source
        self._show = Show(source)
        self._taken_s = 0.0
        """When the newest facts were taken; monotonic seconds."""
        self._keeper = ViewKeeper(source.save_view, lambda: self._show.view, self.set_timer)
        self._attending = Attending(source.attend)
        self._attend_timer: Timer | None = None
        self._predicates = PredicateLoading(lambda: self._do_here(self._use_predicates))
        self._body = Body(columns, rows, self._show.view)
        self.journey = Journey(
            self._show,
            source.open_travel,
            wanted=self._in_sight,
            arrived=lambda: self._do_here(self._arrive),
            played=self._present_place,
            say=self.say,
            every=self.set_interval,
        )
        """Where the screen is in time; what commands go through the past with."""
        self.stops = Stops(source.breaks, self)
        """Breakpoints and watch expressions."""
        self._looking_back = LookingBack(source, self._do_here, self.say)
        self._first_frame = frame
        self.set_class(too_small(columns, rows), "-tiny")

    def compose(self) -> ComposeResult:
        """Header, panes, footer."""
        yield HeaderPane(id="header").data_bind(scene=MainScreen.current)
        with self._body:
            for pane in self._body.early:
                yield pane.data_bind(scene=MainScreen.current)
        yield FooterPane()

    def on_mount(self) -> None:
        """Show what is there, and listen for what comes."""
        self._focus_pane(self._show.view.focus)
        self._take()
        self._source.listen(self._tell_news)
        self.set_interval(TICK_S, self._tick)
        self.call_after_refresh(self._finish_start)

    def _finish_start(self) -> None:
        """The first frame is out: now what nobody needs within the blink of an eye."""
        from tui.ui.filter_bar import FilterBar, FilterMistake

        self.mount(DrawnBlock(id="too-small"), FilterBar(), FilterMistake())
        self._body.mount(*(pane.data_bind(scene=MainScreen.current) for pane in self._body.late))
        self._tell_size(self.size.width, self.size.height)
        self.call_after_refresh(self._keep_focus)
        self._looking_back.draw(self._body.timeline)
        self._source.shown()
        if self._first_frame is not None:
            self.journey.go(Wish(Way.FRAME, frame=self._first_frame))
        self._wait_for_predicates()
        self.stops.start()
        if self._show.complaint:
            self.say(self._show.complaint)

    @on(Back)
    def _go_on(self, message: Back) -> None:
        message.then()

    @on(TimelinePane.Sought)
    def _seek(self, message: TimelinePane.Sought) -> None:
        self.journey.go(Wish(Way.TIME, at_us=message.at_us))

    # What commands see: `tui.ui.desk.Desk`.

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
        self.app.push_screen(MainScreen(source, self.size.width, self.size.height))

    def close_page(self) -> bool:
        """Close this page, if it lies over another one."""
        if self.app.screen_stack[0] is self:
            return False
        self.app.pop_screen()
        return True

    def leave(self) -> None:
        """End the program."""
        self.app.exit()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While somebody types, letters are text."""
        if action == "command" and self.focused is not None and self.focused.id == "filter":
            return False
        return super().check_action(action, parameters)

    def action_command(self, command: str) -> None:
        """Run a command by its id: what every key of this screen does."""
        chosen = COMMANDS[command]
        if chosen.asks and not self.scene.can_poll:
            self.say(f"{chosen.title}: not here, a recording is only read")
        else:
            chosen.run(self)

    # What comes in.

    @on(News)
    def _take_news(self) -> None:
        """Take what is new, or soon: eighteen answers a second are four frames, of which nobody misses one."""
        wait_s = self._taken_s + FRAME_S - monotonic()
        if wait_s > 0 and self.scene.snapshot.frame:
            self.set_timer(wait_s, self._take)
        else:
            self._take()

    def _tell_news(self) -> None:
        self.post_message(self.News())

    def _do_here(self, then: Callable[[], None]) -> None:
        """Do this in the screen's own thread. Callable from any."""
        self.post_message(self.Back(then))

    def _take(self) -> None:
        if self._source.failure() is not None:
            self.app.exit(return_code=1)
        self._taken_s = monotonic()
        self._show.take()
        self._present()
        self.stops.obey(self._show.hits)
        self._look_at_watches()

    def _look_at_watches(self) -> None:
        """Let the view stand when a watch expression that stops it has another value."""
        view, snapshot = self.scene.selected, self.scene.snapshot
        if self.journey.away or self.paused or view is None:
            return
        changed = self.stops.watched(facts_of(view, snapshot.tool, self.scene.now_us))
        if changed:
            self.pause(on=True)
            self.say(changed)

    def _arrive(self) -> None:
        if self.journey.take():
            self._present()

    def _present_place(self) -> None:
        self._show.look(self._show.view)
        self._present()

    def _tick(self) -> None:
        if self._show.tick():
            self._present()
        self._tell_attention()

    def _present(self) -> None:
        before, self.current = self.current, self._show.scene
        if before is None or before.in_past != self.current.in_past:
            self.query_one(FooterPane).offer(footer_keys(in_past=self.current.in_past))
        self._tell_attention()
        if self._show.filling:
            self.call_later(self._fill)

    def _fill(self) -> None:
        """Try the filter on some more tasks; between two times, keys are heard."""
        if self._show.filling:
            self._show.fill()
            self._present()

    # What goes out: what is in sight.

    def _in_sight(self) -> tuple[TaskRef, ...]:
        """The tasks that a change of the position must show first."""
        chosen = self._show.view.selected
        return (*((chosen,) if chosen is not None else ()), *self._body.tasks.in_sight)

    def _tell_attention(self) -> None:
        """Tell the poller what is in sight, if it has to know; look again when it has stood long enough to be told."""
        task, rows = self.scene.selected, self._body.tasks.in_sight
        chosen = task.task if task is not None and task.stage.life not in OVER else None
        self._body.requests.in_sight = len({*rows, chosen} - {None})
        if self._attend_timer is not None:
            return
        wait_s = self._attending.look(Attention(chosen, rows), monotonic())
        if wait_s:
            self._attend_timer = self.set_timer(wait_s, self._attend_again)

    def _attend_again(self) -> None:
        self._attend_timer = None
        self._tell_attention()

    # Room.

    def on_resize(self, event: events.Resize) -> None:
        """Share out the room anew."""
        columns, rows = event.size
        self._tell_size(columns, rows)
        self._lay_out(columns, rows)

    def _tell_size(self, columns: int, rows: int) -> None:
        """What stands on a terminal that is too small for anything else."""
        needed, there = f"{SMALLEST[0]}x{SMALLEST[1]}", f"{columns}x{rows}"
        texts = (f"trtc-tui needs {needed}", f"this terminal is {there}", "Q quits")
        for block in self.query("#too-small").results(DrawnBlock):
            block.show(lambda cells: [line(text.center(cells)) for text in texts])

    def _lay_out(self, columns: int, rows: int) -> None:
        self.set_class(too_small(columns, rows), "-tiny")
        self._body.lay_out(columns, rows, self._show.view)
        self.call_after_refresh(self._keep_focus)  # a pane that was hidden for a moment has lost it

    # The filter line.

    @on(FilterEdited)
    def _filter(self, message: FilterEdited) -> None:
        self.look(self._show.view.filtered(message.text))
        self._wait_for_predicates()
        self._tell_mistake()

    def _tell_mistake(self) -> None:
        from tui.ui.filter_bar import FilterBar

        for bar in self.query(FilterBar):
            bar.tell(self.scene.board.mistake)

    def _wait_for_predicates(self) -> None:
        if self._show.waits_for_predicates:
            self._predicates.begin()

    def _use_predicates(self) -> None:
        self._show.allow_predicates()
        self._present()
        self._tell_mistake()

    @on(FilterClosed)
    def _focus_tasks(self) -> None:
        self._focus_pane(self._show.view.focus if self._show.view.zoomed else 1)

    @on(TasksPane.Picked)
    def _select(self, message: TasksPane.Picked) -> None:
        self.look(self._show.view.select(message.task))

    def _keep_focus(self) -> None:
        if self.focused is None or self.focused.id != "filter":
            self._focus_pane(self._show.view.focus)
        self._tell_attention()

    def _focus_pane(self, number: int) -> None:
        pane = self._body.pane(number)
        self._show.view = self._show.view.focused(pane.number)
        pane.focus(scroll_visible=False)

    # Remembering.

    def on_unmount(self) -> None:
        """However the program ends, the last look is kept."""
        self.journey.close()
        self._looking_back.close()
        self._keeper.save()
        self._source.close()
