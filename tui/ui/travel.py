"""The way into the past, as a screen sees it; `engine.traveller.Traveller` is one."""

from collections.abc import Callable
from typing import Protocol

from tui.core.position import Arrival, Wish
from tui.core.task import TaskRef
from tui.core.timeline import Snapshot


class Travel(Protocol):
    """What `engine.traveller.Traveller` is to a screen."""

    def go(self, wish: Wish, wanted: tuple[TaskRef, ...] = (), shown: Snapshot | None = None) -> None:
        """Do this after all that was wished before; the views of `wanted` come first.

        Args:
            shown: what the screen shows, when that is not the Arrival taken last.
        """

    def listen(self, listener: Callable[[], None]) -> None:
        """Call `listener`, from any thread, when there is an Arrival."""

    def take(self) -> Arrival | None:
        """The newest Arrival; None when there is none."""

    def stop(self) -> None:
        """Give the journal back."""
