"""When nothing gets through: ask nobody but one, now and then, until an answer comes. Pure; times are of one monotonic
clock, µs."""

from tui.core.task import TaskRef

TRIP_AFTER = 3
"""So many failures in a row, on as many different tasks as there are, up to this number."""

FIRST_PAUSE_US = 1_000_000
LONGEST_PAUSE_US = 30_000_000
"""Pauses double. A probe is sent after half of one to all of it: ten minutes of outage cost 31 requests, and the end is
seen after 10.7 s in the mean and 28 s at most (polling.md §2)."""


class Breaker:
    """Closed while requests get through; open, it lets one probe at a time pass."""

    def __init__(self) -> None:
        self._failures = 0
        self._failed: set[TaskRef] = set()
        self._pause_us: int | None = None
        """The present pause; None while closed."""
        self._probe_us: int | None = None
        self._probed: TaskRef | None = None

    @property
    def open(self) -> bool:
        """Nobody is asked but by a probe."""
        return self._pause_us is not None

    @property
    def probe_us(self) -> int | None:
        """When the next probe may be sent; None while closed, and while one is under way."""
        return self._probe_us

    def failed(self, task: TaskRef, now_us: int, alive: int, chance: float) -> None:
        """A request about this task did not get through.

        Args:
            alive: how many tasks there are to be asked.
            chance: in [0, 1), by which the next probe is spread.
        """
        if self._pause_us is None:
            self._failures += 1
            if len(self._failed) < TRIP_AFTER:
                self._failed.add(task)
            if self._failures >= TRIP_AFTER and len(self._failed) >= min(TRIP_AFTER, alive):
                self._pause(FIRST_PAUSE_US, now_us, chance)
        elif self._probe_us is None and self._probed in (None, task):
            self._pause(min(2 * self._pause_us, LONGEST_PAUSE_US), now_us, chance)

    def worked(self) -> bool:
        """A request got through. True: it ended an outage, so begin slowly."""
        was_open = self.open
        self._failures = 0
        self._failed.clear()
        self._pause_us = self._probe_us = self._probed = None
        return was_open

    def probing(self, task: TaskRef | None = None) -> None:
        """The probe is sent: no other one until it has failed.

        Args:
            task: whom it is about: failures of others were under way before, and tell nothing new. None: the next
                failure counts as the probe's.
        """
        self._probe_us, self._probed = None, task

    def _pause(self, pause_us: int, now_us: int, chance: float) -> None:
        self._pause_us = pause_us
        self._probe_us = now_us + pause_us // 2 + int(chance * pause_us / 2)
