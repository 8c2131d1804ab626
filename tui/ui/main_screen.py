"""The one screen: it takes what is new, arranges it, and hands it down to its panes."""

from time import monotonic
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from tui.core.facts import facts_of
from tui.core.position import Way, Wish
from tui.render.line import line
from tui.ui.commands.catalogue import bindings
from tui.ui.desk_screen import DeskScreen
from tui.ui.drawn import DrawnBlock
from tui.ui.filter_messages import FilterClosed, FilterEdited
from tui.ui.layout import SMALLEST, too_small
from tui.ui.narrow_update import NarrowCompositor
from tui.ui.panes.footer import FooterPane
from tui.ui.panes.header import HeaderPane
from tui.ui.panes.tasks import TasksPane
from tui.ui.panes.timeline import TimelinePane
from tui.ui.predicate_loading import PredicateLoading
from tui.ui.source import Source

FRAME_S = 0.25
"""New facts are drawn four times a second at most. What the operator does is drawn at once."""

TICK_S = 1.0
"""Ages grow once a second, and only while there is something to poll."""


class MainScreen(DeskScreen):
    """The life of the screen; what commands see of it is in `DeskScreen`."""

    class News(Message):
        """The session has something new. Posted from another thread."""

    BINDINGS: ClassVar[list[BindingType]] = list(bindings())
    AUTO_FOCUS = ""

    def __init__(self, source: Source, columns: int, rows: int, frame: int | None = None) -> None:
        super().__init__(source, columns, rows)
        self._compositor = NarrowCompositor()
        self._taken_s = 0.0
        """When the newest facts were taken; monotonic seconds."""
        self._predicates = PredicateLoading(lambda: self._do_here(self._use_predicates))
        self._first_frame = frame
        self.set_class(too_small(columns, rows), "-tiny")

    def compose(self) -> ComposeResult:
        """Header, panes, footer."""
        yield HeaderPane(id="header").data_bind(scene=DeskScreen.current)
        with self._body:
            for pane in self._body.early:
                yield pane.data_bind(scene=DeskScreen.current)
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
        self._body.mount(*(pane.data_bind(scene=DeskScreen.current) for pane in self._body.late))
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

    @on(TimelinePane.Sought)
    def _seek(self, message: TimelinePane.Sought) -> None:
        self.journey.go(Wish(Way.TIME, at_us=message.at_us))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While somebody types, letters are text."""
        if action == "command" and self.focused is not None and self.focused.id == "filter":
            return False
        return super().check_action(action, parameters)

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

    def _tick(self) -> None:
        if self._show.tick():
            self._present()
        self._sight.tell(self.scene)

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

    # Remembering.

    def on_unmount(self) -> None:
        """However the program ends, the last look is kept."""
        self.journey.close()
        self._looking_back.close()
        self._keeper.save()
        self._source.close()
