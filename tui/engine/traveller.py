"""Going through the past: one thread owns the way into the journal, so that no key ever waits for a disk."""

from collections.abc import Callable, Sequence

from tui.core.position import Arrival, Wish
from tui.core.task import TaskRef
from tui.engine.ports import Hunter, Past


class Traveller:
    """A position in the journal, and wishes that move it, one after another.

    `listen`ers are called in its thread when there is something to `take`, and not again before it was taken.
    """

    def __init__(
        self,
        open_past: Callable[[], Past],
        failed: Callable[[BaseException], None],
        open_hunter: Callable[[], Hunter] | None = None,
    ) -> None:
        self._open_past = open_past
        self._failed = failed
        self._open_hunter = open_hunter

    def start(self, frame: int, wanted: Sequence[TaskRef] = ()) -> None:
        """Begin at `frame`, or at the last one before it that is there."""
        raise NotImplementedError

    def go(self, wish: Wish, wanted: Sequence[TaskRef] = ()) -> None:
        """Do this after all that was wished before; the views of `wanted` are there first. Callable from any thread."""
        raise NotImplementedError

    def listen(self, listener: Callable[[], None]) -> None:
        """Call `listener` when there is an Arrival; at once if there already is."""
        raise NotImplementedError

    def take(self) -> Arrival | None:
        """The newest Arrival, with all that changed since the one taken before; None when there is none."""
        raise NotImplementedError

    def stop(self) -> None:
        """Give up what is under way between two steps of it, give the journal back, and end the thread."""
        raise NotImplementedError
