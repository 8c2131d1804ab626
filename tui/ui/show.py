"""What is shown, and why just that: the newest facts, or those of a pause, arranged as the operator wants."""

from msgspec.structs import replace

from tui.core.breakpoint import Hit, Watch
from tui.core.position import Arrival
from tui.core.task import TaskRef
from tui.core.timeline import Snapshot
from tui.core.tuning import Tuning
from tui.engine.update import Update
from tui.render.board import Board
from tui.render.header import Identity
from tui.render.place import Place
from tui.render.view import View
from tui.ui.scene import Scene
from tui.ui.source import Source

CLOCK_US = 1_000_000
"""Ages grow once a second, so that before the second is over only a row with news is sent."""


HITS_KEPT = 500
"""Hits of breakpoints that the timeline shows."""


class Show:
    """Makes a new Scene whenever something is another: the facts, the view, the time."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._board = Board(predicates=False)
        self._latest = Update(Snapshot(), None, "")
        self._shown = Snapshot()
        self.hits: tuple[Hit, ...] = ()
        """Of breakpoints, with what was taken last."""
        self._hits_before: tuple[Hit, ...] = ()
        """Since the screen is open, the newest `HITS_KEPT`."""
        self._watches: tuple[Watch, ...] = ()
        self.paused = False
        """Whether the facts stand still; only the way of looking at them changes then."""
        self.arrival: Arrival | None = None
        """Where in the past the screen is; None: at the newest facts, or where it was paused."""
        self.speed = ""
        """How fast the past is played, such as `x4`; empty when it stands."""
        self.view = source.load_view()
        self.tuning, self.complaint = source.alerts.load()
        """The alert rules in force; what is to be said of how they were kept."""
        self._board.tune(self.tuning.limits())
        self.scene = Scene(self._shown, self._board, self.view, source.identity, 0)

    def take(self) -> None:
        """Take what is new from the session. A pause lets it pile up, and counts it."""
        update = self._source.take()
        self.hits = update.hits
        self._hits_before = (*self._hits_before, *update.hits)[-HITS_KEPT:]
        if self.paused or self.arrival is not None:
            self._latest = replace(update, changed=None)
            self._arrange(frozenset())
        else:
            self._latest = update
            self._arrange(update.changed)

    def watch(self, watches: tuple[Watch, ...]) -> None:
        """Tell the values of these expressions."""
        self._watches = watches
        self._arrange(frozenset())

    def look(self, view: View) -> None:
        """Look at the same facts in another way."""
        self.view = view
        self._arrange(frozenset())

    def tune(self, tuning: Tuning) -> str:
        """Judge by these rules from now on, and keep them; a line when that cannot be done."""
        self.tuning = tuning
        self._board.tune(tuning.limits())
        self._arrange(frozenset())
        return self._source.alerts.save(tuning)

    def pause(self, *, on: bool) -> None:
        """Let the facts stand still, or follow the newest again."""
        self.paused = on
        self._arrange(frozenset() if on else None)

    @property
    def live(self) -> Snapshot:
        """The newest facts, whatever is shown."""
        return self._latest.snapshot

    def arrive(self, arrival: Arrival) -> None:
        """Show everything as it was at a frame; what is new piles up meanwhile, and is counted."""
        entering, self.arrival, self.paused = self.arrival is None, arrival, False
        self._arrange(None if entering else arrival.changed)

    def come_back(self) -> None:
        """Show the newest facts again."""
        self.arrival, self.speed, self.paused = None, "", False
        self._arrange(None)

    @property
    def waits_for_predicates(self) -> bool:
        """Whether the filter is a predicate, which may not be compiled before the first frame."""
        return self._board.waits_for_predicates

    def allow_predicates(self) -> None:
        """They may be compiled from now on."""
        self._board.allow_predicates()
        self._arrange(frozenset())

    @property
    def filling(self) -> bool:
        """Whether the filter was not tried on all tasks yet: call `fill`."""
        return self._board.filling

    def fill(self) -> None:
        """Try the filter on some more tasks."""
        self._board.fill()
        self.scene = replace(self.scene)

    def tick(self) -> bool:
        """The time went on; False when nothing shown depends on it: an idle screen sends no bytes."""
        if self.arrival is not None or (not self._board.live and not self._latest.waiting):
            return False
        self._arrange(frozenset())
        return True

    def _arrange(self, changed: frozenset[TaskRef] | None) -> None:
        if self.arrival is not None:
            self._shown = self.arrival.snapshot
        elif not self.paused:
            self._shown = self._latest.snapshot
        now_us = self._now_us()
        self._board.show(self._shown, self.view, now_us, changed)
        entry = self.arrival.entry if self.arrival is not None else None
        self.scene = Scene(
            self._shown,
            self._board,
            self.view,
            self._identity(),
            now_us,
            entry=entry,
            watches=self._watches,
            hits=self._hits_before,
        )

    def _now_us(self) -> int:
        if self.arrival is not None:
            return self.arrival.snapshot.at_us
        now_us, shown_us = self._source.now_us(), self.scene.now_us
        stands = self.paused and shown_us
        return shown_us if stands or 0 <= now_us - shown_us < CLOCK_US else now_us

    def _identity(self) -> Identity:
        new = self._latest.snapshot.frame - self._shown.frame if self.paused else 0
        latest = self._latest
        return replace(
            self._source.identity,
            mode=self._mode(),
            place=self._place(),
            paused_new=new,
            waiting=latest.waiting,
            lease=latest.lease,
            mine=latest.mine,
        )

    def _mode(self) -> str:
        if self.arrival is not None or self._source.identity.recording:
            return "REPLAY"
        if self.paused:
            return "PAUSE"
        chosen = self._shown.tasks.get(self.view.selected) if self.view.selected is not None else None
        return "STEP" if chosen is not None and chosen.held_us is not None else self._source.identity.mode

    def _place(self) -> Place | None:
        newest = self._latest.snapshot
        if self.arrival is not None:
            return Place(self.arrival.snapshot.frame, self.arrival.newest, newest.at_us, self.speed)
        return Place(newest.frame, newest.frame, newest.at_us) if self._source.identity.recording else None
