"""The clock of this host."""

import asyncio
import sys
import time


class SystemClock:
    """The real `engine.ports.Clock`."""

    def now_us(self) -> int:
        """Wall clock, µs since the epoch, UTC; steps when somebody sets it."""
        return time.time_ns() // 1_000

    def monotonic_us(self) -> int:
        """µs since some moment; never steps."""
        return time.monotonic_ns() // 1_000

    def asleep_us(self) -> int:
        """By how much the clock that runs on in suspend is ahead of the one that does not (Linux)."""
        if sys.platform != "linux":
            return 0
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000 - time.monotonic_ns() // 1_000

    async def sleep_us(self, duration_us: int) -> None:
        """Wait so long on the monotonic clock; nothing or less lets others run once."""
        await asyncio.sleep(max(0, duration_us) / 1e6)
