"""The clock that all processes of a host share, and that nobody can set."""

import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


class Boot(NamedTuple):
    """One run of the host's kernel, and its clock. A time of one boot says nothing in another."""

    id: str
    """Empty where the system does not tell."""
    now_us: Callable[[], int]
    """µs since some moment of this boot; runs on in suspend where the system lets it (Linux)."""


@cache
def this_boot() -> Boot:
    """The present one."""
    try:
        return Boot(_BOOT_ID.read_text().strip(), _now_us)
    except OSError:
        return Boot("", _now_us)


def _now_us() -> int:
    if sys.platform == "linux":
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000
    return time.monotonic_ns() // 1_000
