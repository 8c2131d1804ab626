import time

from tui.adapters.clock import SystemClock


async def test_the_clocks_are_the_systems() -> None:
    clock = SystemClock()

    before, now_us, after = time.time_ns(), clock.now_us(), time.time_ns()

    assert before // 1_000 <= now_us <= after // 1_000
    assert clock.monotonic_us() <= clock.monotonic_us()


async def test_sleeping_takes_as_long_as_asked() -> None:
    clock = SystemClock()
    begun_us = clock.monotonic_us()

    await clock.sleep_us(20_000)
    await clock.sleep_us(-1)

    # the loop's clock may be up to its own resolution early
    assert clock.monotonic_us() - begun_us >= 20_000 - 1_000
