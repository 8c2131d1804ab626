"""Even spacing of requests: burst 1, no credit for idle time, so that no second ever holds more than the rate allows.

At 18/s with up to 106 ms of jitter on the way no sliding second at the server holds more than 20: the 111 ms of
polling.md §0, less `SLACK_US`.
"""

RATE_PER_S = 18

SLACK_US = 5_000
"""A sleep that ended late by less than this does not delay all later requests."""


class Spacing:
    """Says when the next request may be sent. Times are of one monotonic clock, µs."""

    def __init__(self, rate_per_s: float = RATE_PER_S) -> None:
        self.interval_us = round(1_000_000 / rate_per_s)
        self.free_us = 0
        """When the next request may be sent."""

    def use(self, now_us: int) -> None:
        """A request is sent at `now_us`, which is not before `free_us`."""
        self.free_us = max(self.free_us, now_us - SLACK_US) + self.interval_us

    def pause(self, until_us: int) -> None:
        """Send nothing before `until_us`."""
        self.free_us = max(self.free_us, until_us)
