"""What operators ask, from any thread, until the poller comes to it."""

import asyncio
import threading
from collections import deque
from collections.abc import Sequence
from contextlib import suppress

from tui.core.attention import Attention
from tui.core.entry import Request


class Wishes:
    """Filled from any thread, emptied by the engine's."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: deque[Request] = deque()
        self._attentions: tuple[Attention, ...] = ()
        self._fresh_attentions = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._woken = asyncio.Event()
        self.leaving = False
        """Nothing more is to be sent: the program ends."""

    def obey(self, requests: Sequence[Request]) -> None:
        """Requests from the journal, in their order. Thread-safe."""
        with self._lock:
            self._requests.extend(requests)
        self._wake_loop()

    def attend(self, attentions: tuple[Attention, ...]) -> None:
        """What all screens show by now. Thread-safe."""
        with self._lock:
            self._attentions, self._fresh_attentions = attentions, True
        self._wake_loop()

    def leave(self) -> None:
        """Send nothing more, and end. Thread-safe."""
        self.leaving = True
        self._wake_loop()

    def begin(self) -> None:
        """Called in the engine's loop, before a Snapshot is taken: what came before is in there."""
        self._loop = asyncio.get_running_loop()
        with self._lock:
            self._requests.clear()
            self._fresh_attentions = True

    def take_requests(self) -> list[Request]:
        """All requests since the last call."""
        with self._lock:
            taken = list(self._requests)
            self._requests.clear()
        return taken

    def take_attentions(self) -> tuple[Attention, ...] | None:
        """What is looked at, if that may have changed since the last call."""
        with self._lock:
            fresh, self._fresh_attentions = self._fresh_attentions, False
            return self._attentions if fresh else None

    def wake(self) -> None:
        """End `wait`: something happened in the engine itself."""
        self._woken.set()

    async def wait(self) -> None:
        """Wait until something happens."""
        await self._woken.wait()
        self._woken.clear()

    def _wake_loop(self) -> None:
        if self._loop is not None:
            with suppress(RuntimeError):  # the loop is closed: nobody polls any more
                self._loop.call_soon_threadsafe(self._woken.set)
