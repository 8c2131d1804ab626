"""What is shown, and why just that: the newest facts, or those of a pause, arranged as the operator wants."""

from msgspec.structs import replace

from tui.core.task import TaskRef
from tui.core.timeline import Snapshot
from tui.engine.session import Update
from tui.render.board import Board
from tui.render.header import Identity
from tui.render.view import View
from tui.ui.scene import Scene
from tui.ui.source import Source

CLOCK_US = 1_000_000
"""Ages grow once a second, so that before the second is over only a row with news is sent."""


class Show:
    """Makes a new Scene whenever something is another: the facts, the view, the time."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._board = Board(predicates=False)
        self._latest = Update(Snapshot(), None, "")
        self._shown = Snapshot()
        self.paused = False
        """Whether the facts stand still; only the way of looking at them changes then."""
        self.view = source.load_view()
        self.scene = Scene(self._shown, self._board, self.view, source.identity, 0)

    def take(self) -> None:
        """Take what is new from the session. A pause lets it pile up, and counts it."""
        update = self._source.take()
        if self.paused:
            self._latest = replace(update, changed=None)
            self._arrange(frozenset())
        else:
            self._latest = update
            self._arrange(update.changed)

    def look(self, view: View) -> None:
        """Look at the same facts in another way."""
        self.view = view
        self._arrange(frozenset())

    def pause(self, *, on: bool) -> None:
        """Let the facts stand still, or follow the newest again."""
        self.paused = on
        self._arrange(frozenset() if on else None)

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
        if not self._board.live and not self._latest.waiting:
            return False
        self._arrange(frozenset())
        return True

    def _arrange(self, changed: frozenset[TaskRef] | None) -> None:
        if not self.paused:
            self._shown = self._latest.snapshot
        now_us = self._now_us()
        self._board.show(self._shown, self.view, now_us, changed)
        self.scene = Scene(self._shown, self._board, self.view, self._identity(), now_us)

    def _now_us(self) -> int:
        now_us, shown_us = self._source.now_us(), self.scene.now_us
        stands = self.paused and shown_us
        return shown_us if stands or 0 <= now_us - shown_us < CLOCK_US else now_us

    def _identity(self) -> Identity:
        mode = "PAUSE" if self.paused else "LIVE"
        new = self._latest.snapshot.frame - self._shown.frame if self.paused else 0
        latest = self._latest
        return replace(
            self._source.identity,
            mode=mode,
            paused_new=new,
            waiting=latest.waiting,
            lease=latest.lease,
            mine=latest.mine,
        )
