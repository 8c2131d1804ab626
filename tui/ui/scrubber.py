"""The state behind the timeline pane: which span is in sight, where the cursor is, and what has been found so far."""

from collections.abc import Callable
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from tui.core.entry import GapCause
from tui.core.scrub import NO_FACTS, Column, Facts, Flag, Unseen, columns
from tui.core.span import Span, closer, ending_at, farther, keeping
from tui.core.task import TaskRef
from tui.render.line import Line
from tui.render.scrubber import LEGEND, column_count, column_words, scrubber_lines, scrubber_title
from tui.render.task_times import TaskTimes
from tui.render.text import cells as cells_of
from tui.render.text import cut
from tui.render.times import TimeStyle
from tui.render.view import View
from tui.ui.scene import Scene

Ask = Callable[[Span, TaskRef | None, Callable[[Facts], None]], None]
"""Asks for the facts of a span; they come in another thread, and only those of the newest request."""


class Found(Struct, frozen=True, eq=False):
    """An answer, and to what."""

    span: Span
    task: TaskRef | None
    facts: Facts


class Picture(Struct, frozen=True, dict=True, eq=False):
    """One answer, as time and the cursor have gone on since."""

    found: Found
    facts: Facts
    until_us: int
    cursor_us: int
    zoom_us: int
    times: TaskTimes
    hits: tuple[Flag, ...]

    @cached_property
    def _columns(self) -> tuple[Column, ...]:
        return columns(self.found.span, self.facts, self.until_us, self.hits)

    @property
    def _cursor(self) -> int | None:
        return self.found.span.column(self.cursor_us)

    def lines(self, cells: int, rows: int) -> tuple[Line, ...]:
        """The columns; none in the moment before they are found for another width."""
        if column_count(cells) != self.found.span.columns:
            return ()
        return scrubber_lines(self._columns, self._cursor, cells, rows)

    @property
    def title(self) -> str:
        """What is in sight."""
        return scrubber_title(self.found.span, self.zoom_us, self.times)

    def words(self, cells: int) -> str:
        """What is under the cursor; before it, where there is room, what the letters mean."""
        told = column_words(self._columns, self._cursor, self.found.span, self.times)
        both = f"{LEGEND}    {told}"
        return both if cells_of(both) <= cells else cut(told, cells)


class Scrubber:
    """Asks for what is to be seen, and makes pictures of what was found; the old one stands until the new one is there.

    Args:
        told: is called in another thread with what was found, to be handed to `take` in the right one.
    """

    def __init__(self, ask: Ask, told: Callable[[Found], None]) -> None:
        self._ask = ask
        self._told = told
        self._wanted: tuple[object, ...] = ()
        """What was asked for last, and what would make it another answer."""
        self._found = Found(ending_at(0, 1, 1), None, NO_FACTS)
        self._span: Span | None = None
        self._cursor_us: int | None = None
        """Where the cursor was put: in a gap, the entry that the screen shows lies before. None: on what it shows."""
        self._frame: int | None = None
        """Where in the past the screen was when the cursor was last looked at; None: at the newest facts."""
        self._picture: Picture | None = None
        self._key: tuple[object, ...] = ()
        """What the newest picture was made of: as time goes on within a column, it stays."""
        self._seeking = False
        """The cursor was put somewhere, and the screen has not followed yet."""

    def look(self, scene: Scene, cells: int) -> None:
        """Ask for what is to be seen in so many cells, if that is not known yet."""
        self._follow(scene)
        zoom_us, width, newest_us = scene.view.timeline_us, column_count(cells), _newest_us(scene)
        if self._frame is None and self._cursor_us is None:
            self._span = ending_at(newest_us, zoom_us, width)
        else:
            self._span = keeping(self._span, self._at_us(scene), zoom_us, width, newest_us)
        task = scene.selected
        chosen = task.task if task is not None else None
        wanted = (self._span, chosen, _news(scene))
        if wanted != self._wanted:
            self._wanted = wanted
            self._request(self._span, chosen)

    def _follow(self, scene: Scene) -> None:
        """When the screen went elsewhere, the cursor is there; but for where the cursor has sent it."""
        place = scene.identity.place
        frame = place.frame if place is not None else None
        if frame != self._frame:
            self._frame = frame
            if not self._seeking:
                self._cursor_us = None
            self._seeking = False

    def _at_us(self, scene: Scene) -> int:
        return scene.now_us if self._cursor_us is None else self._cursor_us

    def _request(self, span: Span, task: TaskRef | None) -> None:
        self._ask(span, task, lambda facts: self._told(Found(span, task, facts)))

    def take(self, found: Found) -> bool:
        """Something was found; False when it is not what is wanted any more."""
        if (found.span, found.task) != self._wanted[:2]:
            return False
        self._found = found
        return True

    def picture(self, scene: Scene) -> Picture | None:
        """What is known of the selected task: the same as before if nothing in it differs; None before anything is."""
        task = scene.selected
        if self._found.facts is NO_FACTS or self._found.task != (task.task if task is not None else None):
            return None
        facts, newest_us, at_us = _with_what_lasts(self._found.facts, scene), _newest_us(scene), self._at_us(scene)
        span, view = self._found.span, scene.view
        seen_us = scene.now_us if view.times is TimeStyle.RELATIVE else 0
        hits = tuple(Flag(hit.at_us, f"BP#{hit.number}") for hit in scene.hits if hit.task == self._found.task)
        places = span.column(newest_us), span.column(at_us)
        key = (self._found, facts, *places, view.times, view.timeline_us, seen_us, hits)
        if key != self._key:
            times = TaskTimes(view.times, scene.now_us, scene.start_us(self._found.task))
            self._key = key
            self._picture = Picture(self._found, facts, newest_us, at_us, view.timeline_us, times, hits)
        return self._picture

    def step(self, by: int, scene: Scene) -> int:
        """Put the cursor so many columns further on; returns the moment it is at, µs UTC."""
        span = self._span or self._found.span
        column = (self._at_us(scene) - span.start_us) // span.column_us + by
        return self.go_to(span.start_of(column + 1) - 1, scene)

    def go_to(self, at_us: int, scene: Scene) -> int:
        """Put the cursor on a moment between the beginning of the recording and its end; returns it."""
        self._cursor_us = min(max(at_us, self._found.facts.first_us), _newest_us(scene))
        self._seeking = True
        return self._cursor_us

    def zoomed(self, scene: Scene, *, nearer: bool) -> View:
        """How to look with half or twice the time in sight."""
        zoom_us, first_us = scene.view.timeline_us, self._found.facts.first_us
        whole_us = _newest_us(scene) - first_us if first_us else zoom_us
        return replace(scene.view, timeline_us=closer(zoom_us) if nearer else max(zoom_us, farther(zoom_us, whole_us)))


def _news(scene: Scene) -> tuple[object, ...]:
    """What of a scene tells that something new is to be found in the same span. Another equal answer does not."""
    task, tool = scene.selected, scene.snapshot.tool
    own = (task.runs[-1].first_us, task.runs[-1].word, task.gap, task.stage) if task is not None and task.runs else ()
    return (*own, tool.gap, tool.gap_count, tool.failures, scene.snapshot.events[-1:])


def _newest_us(scene: Scene) -> int:
    """Up to when anything can be known: now, or the end of a recording."""
    place = scene.identity.place
    if place is not None:
        return place.live_us
    return scene.snapshot.at_us if scene.identity.recording else scene.now_us


def _with_what_lasts(facts: Facts, scene: Scene) -> Facts:
    """While nobody polls nobody writes that nobody looks."""
    identity, at_us = scene.identity, scene.snapshot.at_us
    if identity.lease.owner or identity.recording or identity.place is not None or not at_us:
        return facts
    return replace(facts, unseen=(*facts.unseen, Unseen(at_us, None, GapCause.NO_POLLER)))
