"""Even spacing of requests: burst 1, no credit for idle time, so that no second ever holds more than the rate allows.

At 18/s with up to 111 ms of jitter on the way no sliding second at the server holds more than 20 (polling.md §0).
"""

from dataclasses import dataclass

RATE_PER_S = 18


@dataclass(slots=True)
class Spacing:
    """Hands out send times at least `interval_us` apart. Times are of one monotonic clock, µs."""

    interval_us: int = 1_000_000 // RATE_PER_S + 1
    _free_us: int = 0

    def reserve(self, now_us: int) -> int:
        """Take the next slot: when the request may be sent, at or after `now_us`."""
        slot_us = max(now_us, self._free_us)
        self._free_us = slot_us + self.interval_us
        return slot_us

    def use(self, sent_us: int) -> None:
        """A slot was used late, at `sent_us`: the next one counts from there."""
        self._free_us = max(self._free_us, sent_us + self.interval_us)
