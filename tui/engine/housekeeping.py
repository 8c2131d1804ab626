"""Keeping the journal small, beside the poller: little by little, and never in its way."""

import threading
from collections.abc import Callable
from contextlib import suppress

from tui.core.retention import THIN_AFTER_US
from tui.engine.ports import Clock, JournalError, Keeper
from tui.engine.thread import work_thread

FIRST_AFTER_US = 60_000_000
"""A start has other things to do, and most programs do not run for long."""

ROUND_EVERY_US = 3_600_000_000
"""In an hour at 19 polls a second, 68,000 entries get old enough."""

PAUSE_US = 200_000
"""Between two pieces of work of a few ms each: 275 of them an hour take one minute."""


class Chores:
    """The rounds of housekeeping, piece by piece; between two rounds the journal is not even open."""

    def __init__(self, open_keeper: Callable[[], Keeper], clock: Clock) -> None:
        self._open_keeper = open_keeper
        self._clock = clock
        self._keeper: Keeper | None = None
        self._before_us = 0

    def do_next(self) -> int:
        """Do one piece; returns how long to rest before the next one, µs.

        A journal that cannot be written now is left until the next round: polling says so if it lasts.
        """
        try:
            return self._do_next()
        except JournalError:
            self.stop()
            return ROUND_EVERY_US

    def stop(self) -> None:
        """Give the journal back; the next piece begins a new round."""
        keeper, self._keeper = self._keeper, None
        if keeper is not None:
            with suppress(JournalError):
                keeper.close()

    def _do_next(self) -> int:
        if self._keeper is None:
            self._before_us = self._clock.now_us() - THIN_AFTER_US
            self._keeper = self._open_keeper()
        if self._keeper.thin(self._before_us) or self._keeper.give_back():
            return PAUSE_US
        self._keeper.checkpoint()
        self.stop()
        return ROUND_EVERY_US


class Housekeeping:
    """Does the chores on a thread of its own, from `start` to `stop`. `failed` is told of what is no JournalError."""

    def __init__(
        self, open_keeper: Callable[[], Keeper], clock: Clock, failed: Callable[[BaseException], None]
    ) -> None:
        self._chores = Chores(open_keeper, clock)
        self._stopping = threading.Event()
        self._thread = work_thread("housekeeping", self._run, failed)

    def start(self) -> None:
        """Begin, after a while."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread at once: a piece under way is waited for, and takes milliseconds."""
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        rest_us = FIRST_AFTER_US
        try:
            while not self._stopping.wait(rest_us / 1_000_000):
                rest_us = self._chores.do_next()
        finally:
            self._chores.stop()
