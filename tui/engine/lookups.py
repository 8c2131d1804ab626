"""Looking something up in the past without keeping a screen waiting: one thing after the other, on a thread of its
own."""

from collections.abc import Callable
from queue import SimpleQueue
from typing import TypeVar

from tui.engine.ports import Past
from tui.engine.thread import work_thread

Found = TypeVar("Found")

_Work = Callable[[Past], None]


class Lookups:
    """Reads for whoever asks, from the first request to `stop`."""

    def __init__(self, open_past: Callable[[], Past], failed: Callable[[BaseException], None]) -> None:
        self._open_past = open_past
        self._waiting: SimpleQueue[_Work | None] = SimpleQueue()
        self._thread = work_thread("lookups", self._run, failed)
        self._thread.start()

    def fetch(self, read: Callable[[Past], Found], then: Callable[[Found], None]) -> None:
        """Call `then` with what `read` finds; both are called in another thread."""
        self._waiting.put(lambda past: then(read(past)))

    def stop(self) -> None:
        """End the thread when what was asked for is done."""
        self._waiting.put(None)
        self._thread.join()

    def _run(self) -> None:
        past: Past | None = None
        try:
            while (work := self._waiting.get()) is not None:
                past = past or self._open_past()
                work(past)
        finally:
            if past is not None:
                past.close()
