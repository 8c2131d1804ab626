"""Waiting for the end of a command: a signal, a time, or news on the way there."""

import re
import signal
import threading

from tui.cli.exits import Exit, Refusal

_UNITS_S = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def parse_duration(text: str) -> float:
    """Seconds that `30s`, `5m`, `1.5h` or `2d` mean; a bare number is seconds.

    Raises:
        Refusal: the text is no duration.
    """
    parts = re.fullmatch(r"(\d+(?:\.\d+)?)([smhd]?)", text.strip())
    if parts is None:
        raise Refusal(Exit.USAGE, f"{text!r} is no duration: write 30s, 5m, 8h or 2d")
    return float(parts[1]) * _UNITS_S[parts[2] or "s"]


class Ending:
    """Waits for SIGINT, SIGTERM, SIGHUP, the end of the time, or news."""

    def __init__(self) -> None:
        self._woken = threading.Event()
        self.signum = 0
        """The signal that came, or 0."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._catch)

    def news(self) -> None:
        """There is something to take. From any thread."""
        self._woken.set()

    def wait(self, seconds: float | None) -> bool:
        """Wait so long for news or a signal; whether one came."""
        woken = self._woken.wait(seconds)
        self._woken.clear()
        return woken

    def goes_on(self, seconds: float | None) -> bool:
        """Wait for news; False when a signal came or the time is over."""
        if seconds is not None and seconds <= 0:
            return False
        return self.wait(seconds) and not self.signum

    def _catch(self, number: int, _frame: object) -> None:
        self.signum = number
        self._woken.set()
