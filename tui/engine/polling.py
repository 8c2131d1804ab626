"""A poller on a thread and a loop of its own: what a session starts when it is to poll."""

from collections.abc import Callable, Sequence

from tui.core.entry import Request
from tui.core.timeline import Snapshot
from tui.engine.poller import Outside, Poller
from tui.engine.thread import LoopThread


class Polling:
    """The real `ports.Engine`."""

    def __init__(
        self, outside: Outside, begin: Callable[[], Snapshot], failed: Callable[[BaseException], None]
    ) -> None:
        self._poller = Poller(outside, begin)
        self._failed = failed
        self._thread = LoopThread("engine")

    def obey(self, requests: Sequence[Request]) -> None:
        """Do what the operator asked. Thread-safe."""
        self._poller.obey(requests)

    def start(self) -> None:
        """Begin to poll."""
        self._thread.start(self._poller.run(), self._failed)

    def stop(self) -> None:
        """Stop, and wait until the poller has said goodbye."""
        self._thread.stop()
