"""How fast is safe: the rate of requests, from what answers tell. Pure; times are of one monotonic clock, µs.

Tencent counts by arrival: at most 20 in any second. Evenly spaced requests at r a second, whose ways differ by at most
J seconds, never exceed that when J <= 20/r - 1 (polling.md §0).
"""

import math

from tui.core.jitter import Jitter
from tui.core.schedule import MIN_GAP_US

LIMIT_PER_S = 20
"""What Tencent allows, all users of the account together (polling.md §0)."""

FLOOR_PER_S = 10.0
"""Neither throttling nor jitter asks for less: at this rate a whole second of jitter is borne."""

STEADY_PER_S = 18.0
"""Up to this rate two arrivals a second are to spare, so that single late ones do no harm: only what one in a hundred
exceeds asks for less. Above it, what one in a thousand exceeds counts."""

ENOUGH = 200
"""From so many round trips on jitter is believed; the first ones come over cold connections."""

_CLEAN_US = 10_000_000
_STEP_PER_S = 0.1
"""So much faster after each clean stretch."""

_THROTTLED_FACTOR = 0.9
_BURST_US = 1_000_000
"""Throttled answers so close together are one event."""

_SLOW_PER_S = 2.0
_DOUBLE_US = 5_000_000
"""After an outage: 2/s, and twice as fast every 5 s (polling.md §2)."""


def staleness_us(alive: int, rate_per_s: float) -> int:
    """How often each of so many tasks is asked in the mean, µs; 0 when nobody is: there is no task, or no rate."""
    if alive <= 0 or rate_per_s <= 0:
        return 0
    return max(MIN_GAP_US, math.ceil(alive / rate_per_s * 1e6))


class Budget:
    """The rate at which requests may be sent, evenly spaced."""

    def __init__(self, start_per_s: float = 18.0, ceiling_per_s: float = 19.0, late_us: int = 0) -> None:
        """Rates in requests a second.

        Args:
            late_us: how long after its time a request may leave at most; counts as jitter.
        """
        self._ceiling_per_s = ceiling_per_s
        self._start_per_s = min(start_per_s, ceiling_per_s)
        self._floor_per_s = min(FLOOR_PER_S, self._start_per_s)
        self._late_us = late_us
        self._rare = Jitter(one_in=1_000)
        self._usual = Jitter(one_in=100)
        self._steady_per_s = self._start_per_s
        self._clean_since_us: int | None = None
        self._throttled_us: int | None = None
        self._reopened_us: int | None = None

    @property
    def jitter_us(self) -> int | None:
        """How much the ways of requests differ, from above; None before there are enough answers."""
        return self._rare.span_us + self._late_us if self._rare.count >= ENOUGH else None

    def rate_per_s(self, now_us: int) -> float:
        """How many requests a second are safe now."""
        if self._reopened_us is None:
            return self._steady_per_s
        doublings = max(0, now_us - self._reopened_us) // _DOUBLE_US
        return min(self._steady_per_s, _SLOW_PER_S * 2.0 ** min(doublings, 8))

    def interval_us(self, now_us: int) -> int:
        """The spacing, rounded up: the rate is never exceeded."""
        return math.ceil(1e6 / self.rate_per_s(now_us))

    def answered(self, now_us: int, rtt_us: int) -> None:
        """An answer came after so long."""
        self._rare.add(now_us, rtt_us)
        self._usual.add(now_us, rtt_us)
        safe_per_s = self._safe_per_s()
        if self._steady_per_s > safe_per_s:
            self._steady_per_s = safe_per_s
            self._clean_since_us = now_us
        elif self._clean_since_us is None:
            self._clean_since_us = now_us
        elif now_us - self._clean_since_us >= _CLEAN_US:
            self._steady_per_s = min(self._steady_per_s + _STEP_PER_S, safe_per_s)
            self._clean_since_us = now_us

    def throttled(self, now_us: int) -> None:
        """The limit was hit."""
        self._clean_since_us = now_us
        if self._throttled_us is None or now_us - self._throttled_us >= _BURST_US:
            self._throttled_us = now_us
            self._steady_per_s = max(self._floor_per_s, self._steady_per_s * _THROTTLED_FACTOR)

    def reopen(self, now_us: int) -> None:
        """An outage is over: begin slowly, for all who were cut off do so now."""
        self._reopened_us = now_us

    def _safe_per_s(self) -> float:
        """What jitter allows."""
        jitter_us = self.jitter_us
        if jitter_us is None:
            return max(self._start_per_s, self._steady_per_s)
        bold_per_s = min(self._ceiling_per_s, _borne_per_s(jitter_us))
        if bold_per_s >= STEADY_PER_S:
            return bold_per_s
        careful_per_s = min(self._ceiling_per_s, STEADY_PER_S, _borne_per_s(self._usual.span_us + self._late_us))
        return max(self._floor_per_s, careful_per_s)


def _borne_per_s(jitter_us: int) -> float:
    return LIMIT_PER_S / (1 + jitter_us / 1e6)
