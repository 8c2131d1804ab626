"""Virtual time: an event loop that never waits. When nothing is ready it jumps to its next timer."""

import asyncio
import selectors
from asyncio import AbstractEventLoop, Future
from collections.abc import Callable
from typing import TypeVar

WALL_US = 1_750_000_000_000_000
"""What a virtual wall clock shows when its loop begins, µs since the epoch."""


T = TypeVar("T")


class Stuck(AssertionError):
    """Everybody waits, and nothing will ever happen."""


class _NoWaiting(selectors.DefaultSelector):
    """Tells how long it was asked to wait instead of waiting."""

    def __init__(self, waited: Callable[[float], None]) -> None:
        super().__init__()
        self._waited = waited

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if ready or timeout == 0:
            return ready
        if timeout is None:
            raise Stuck("no callback is ready and no timer is set")
        self._waited(timeout)
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    """Runs everything in one thread and in one order: what is handed to an executor is done at once."""

    def __init__(self) -> None:
        self._now_s = 0.0
        super().__init__(_NoWaiting(self._jump))

    def time(self) -> float:
        """Seconds since the loop began."""
        return self._now_s

    def run_in_executor(self, _executor: object, func: Callable[..., T], *args: object) -> "Future[T]":
        """Call `func` now: a thread would bring another order each time."""
        done: Future[T] = self.create_future()
        try:
            done.set_result(func(*args))
        except Exception as error:  # noqa: BLE001 - as an executor does: whatever it is, it belongs to who waits
            done.set_exception(error)
        return done

    def _jump(self, seconds: float) -> None:
        self._now_s += seconds


class VirtualClock:
    """`ports.Clock` over a virtual loop; the wall clock runs as the loop does."""

    def __init__(self, loop: AbstractEventLoop) -> None:
        self._loop = loop
        self.slept_us = 0
        """For how long the host was suspended."""
        self.set_us = 0
        """By how much somebody set the wall clock."""

    def now_us(self) -> int:
        return WALL_US + self.monotonic_us() + self.slept_us + self.set_us

    def asleep_us(self) -> int:
        return self.slept_us

    def monotonic_us(self) -> int:
        return round(self._loop.time() * 1_000_000)

    async def sleep_us(self, duration_us: int) -> None:
        await asyncio.sleep(duration_us / 1_000_000)
