"""The engine on a thread and a loop of its own: what a session starts when it is to poll."""

from collections.abc import Callable, Sequence

from tui.core.attention import Attention
from tui.core.entry import Request
from tui.engine.candidacy import Candidacy
from tui.engine.outside import Outside
from tui.engine.thread import LoopThread
from tui.engine.wishes import Wishes

PATIENCE_S = 2.0
"""How long a poller may take to leave by itself: answers for half a second, the last word for as long as it takes."""


class Polling:
    """The real `ports.Engine`."""

    def __init__(self, outside: Outside, failed: Callable[[BaseException], None]) -> None:
        self._wishes = Wishes()
        self._candidacy = Candidacy(outside, self._wishes)
        self._failed = failed
        self._thread = LoopThread("engine")

    def obey(self, requests: Sequence[Request]) -> None:
        """Do what the operator asked, when it is this process that polls. Thread-safe."""
        self._wishes.obey(requests)

    def attend(self, attentions: tuple[Attention, ...]) -> None:
        """Poll what the screens show more often. Thread-safe."""
        self._wishes.attend(attentions)

    def start(self) -> None:
        """Begin to poll as soon as key and lease are there."""
        self._thread.start(self._candidacy.run(), self._failed)

    def stop(self) -> None:
        """Stop, and wait until what was under way is answered, or given up after a moment."""
        self._wishes.leave()
        self._thread.stop(PATIENCE_S if self._candidacy.reigning else 0)
