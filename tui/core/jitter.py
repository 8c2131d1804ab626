"""How much round trips differ, over the last five minutes."""

from bisect import insort
from collections import deque
from dataclasses import dataclass, field
from heapq import nlargest

_SLICE_US = 10_000_000
_SLICES = 30
"""Five minutes; the oldest slice is dropped as a whole."""

_MOST = 8_000
"""Exact up to so many in five minutes, 26 a second; of more, too much rather than too little is told."""


@dataclass(slots=True)
class _Slice:
    number: int
    count: int = 0
    shortest_us: int = 1 << 62
    longest_us: list[int] = field(default_factory=list)
    """Ascending."""


class Jitter:
    """A high percentile of round trips less the shortest one, exact over the slices kept; O(1) amortised."""

    def __init__(self, one_in: int) -> None:
        """One round trip in so many may be longer than what is told."""
        self._one_in = one_in
        self._kept = _MOST // one_in
        self.count = 0
        """Round trips it is about."""
        self.span_us = 0
        self._slices: deque[_Slice] = deque()
        self._shortest_us = 0
        self._long_us = 0

    def add(self, now_us: int, rtt_us: int) -> None:
        """A round trip took so long."""
        turned = self._turn(now_us // _SLICE_US)
        newest = self._slices[-1]
        newest.count += 1
        newest.shortest_us = min(newest.shortest_us, rtt_us)
        insort(newest.longest_us, rtt_us)
        del newest.longest_us[: -self._kept]
        self.count += 1
        if turned or self.count % self._one_in == 0 or not self._shortest_us <= rtt_us <= self._long_us:
            self._measure()

    def _turn(self, number: int) -> bool:
        """Begin another slice, if it is time."""
        if self._slices and self._slices[-1].number >= number:
            return False
        self._slices.append(_Slice(number))
        while self._slices[0].number <= number - _SLICES:
            self.count -= self._slices.popleft().count
        return True

    def _measure(self) -> None:
        rank = min(self.count // self._one_in + 1, self._kept)
        longest = nlargest(rank, (rtt_us for one in self._slices for rtt_us in one.longest_us))
        self._long_us = longest[-1]
        self._shortest_us = min(one.shortest_us for one in self._slices)
        self.span_us = self._long_us - self._shortest_us
