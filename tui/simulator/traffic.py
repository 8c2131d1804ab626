"""What reached the simulator, and when: for tests, and for the limit."""

from collections import Counter, deque
from threading import Lock

from msgspec import Struct

LIMIT = 20
"""Requests in any sliding second (tencent-api.md §4.5)."""

_SECOND_US = 1_000_000
_KEPT = 100_000


class Arrival(Struct, frozen=True, gc=False):
    """One request."""

    at_us: int
    """Monotonic µs."""
    secret_id: str
    """Of the key it claims to be signed with; empty when it names none."""
    request_id: str
    """Of the answer it got, if that arrived."""
    task_id: str = ""
    """Of the task it asks for; empty when it names none."""


class Traffic:
    """Arrivals and outcomes. Written by the server's thread, read from any."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._arrivals: deque[Arrival] = deque(maxlen=_KEPT)
        self._outcomes: Counter[str] = Counter()
        self._within_us: deque[int] = deque(maxlen=LIMIT)

    @property
    def arrivals(self) -> tuple[Arrival, ...]:
        """All requests, oldest first; the last 100,000."""
        with self._lock:
            return tuple(self._arrivals)

    @property
    def outcomes(self) -> dict[str, int]:
        """How often each status or error code was answered, before transport faults."""
        with self._lock:
            return dict(self._outcomes)

    def arrive(self, arrival: Arrival) -> None:
        """Note a request."""
        with self._lock:
            self._arrivals.append(arrival)

    def settle(self, word: str) -> None:
        """Note what became of one: a status or an error code."""
        with self._lock:
            self._outcomes[word] += 1

    def admit(self, at_us: int) -> bool:
        """Whether a request at `at_us` is within the limit; only those that are count against it."""
        if len(self._within_us) == LIMIT and at_us - self._within_us[0] < _SECOND_US:
            return False
        self._within_us.append(at_us)
        return True
