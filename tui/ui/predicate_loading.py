"""Loading what compiles predicates, beside everything else: it takes half a second, which no first frame has."""

from collections.abc import Callable
from threading import Thread

from tui.core.predicate import warm_up


class PredicateLoading:
    """Done once, when somebody first waits for it. `ready` is called in another thread."""

    def __init__(self, ready: Callable[[], None]) -> None:
        self._ready = ready
        self._begun = False

    def begin(self) -> None:
        """Load, unless that was begun already."""
        if not self._begun:
            self._begun = True
            Thread(target=self._load, daemon=True).start()

    def _load(self) -> None:
        warm_up()
        self._ready()
