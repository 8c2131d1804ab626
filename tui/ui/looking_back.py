"""The ways a screen looks back on, beside its position: the picture of the timeline, and single entries."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import TypeVar

from tui.engine.ports import JournalError, Past
from tui.ui.lookback import LooksUp
from tui.ui.panes.timeline import TimelinePane
from tui.ui.source import Source

Found = TypeVar("Found")


class LookingBack:
    """Opened when needed, given back with `close`.

    Args:
        here: makes of a callback one that may be called from any thread, and is done in the screen's.
        say: tells the operator why a way is lost; polls and recording go on.
    """

    def __init__(
        self, source: Source, here: Callable[[Callable[[], None]], None], say: Callable[[str], None]
    ) -> None:
        self._source = source
        self._here = here
        self._say = say
        self._lookups: LooksUp | None = None
        self._open = ExitStack()

    def draw(self, timeline: TimelinePane) -> None:
        """Begin to draw the timeline."""
        from tui.ui.scrubber import Found as Picture  # noqa: PLC0415 - not before the first frame
        from tui.ui.scrubber import Scrubber  # noqa: PLC0415

        scrubbing = self._source.open_scrubbing(self._lost)
        self._open.callback(scrubbing.stop)

        def found(facts: Picture) -> None:
            if scrubber.take(facts):
                timeline.show_found()

        scrubber = Scrubber(scrubbing.request, self._done_here(found))
        timeline.begin(scrubber)

    def fetch(self, read: Callable[[Past], Found], then: Callable[[Found], None]) -> None:
        """Read something of the journal in another thread, and then go on here with what was found."""
        if self._lookups is None:
            self._lookups = self._source.open_lookups(self._lost)
            self._open.callback(self._lookups.stop)
        self._lookups.fetch(read, self._done_here(then))

    def close(self) -> None:
        """Give the journal back."""
        self._open.close()

    def _done_here(self, then: Callable[[Found], None]) -> Callable[[Found], None]:
        return lambda found: self._here(lambda: then(found))

    def _lost(self, error: BaseException) -> None:
        """Called in another thread."""
        text = str(error) if isinstance(error, JournalError) else f"the past is lost by a bug: {error!r}"
        self._here(lambda: self._say(text))
