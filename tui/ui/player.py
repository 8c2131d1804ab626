"""Playing the past like a film: how fast, and over which stretches one need not sit."""

from tui.core.position import Way, Wish
from tui.core.timeline import Snapshot

SLOWEST, FASTEST = 0.25, 64.0

IDLE_S = 1.0
"""A stretch in which the log stood still for so long, by the operator's clock, is idle."""


class Player:
    """A clock of its own, from which the next frame follows. Times of the past are µs UTC, real ones seconds."""

    def __init__(self) -> None:
        self.playing = False
        self.speed = 1.0
        self.skips_idle = False
        """Jump to the next change when nothing happens."""
        self._at_us = 0
        self._log_frame = 0
        self._still_s = 0.0

    @property
    def speed_text(self) -> str:
        """`x0.25` to `x64`."""
        return f"x{self.speed:g}{' skip' if self.skips_idle else ''}"

    def start(self, snapshot: Snapshot) -> None:
        """Play from here."""
        self.playing, self._at_us, self._still_s = True, snapshot.at_us, 0.0

    def stop(self) -> None:
        """Stand still."""
        self.playing = False

    def faster(self, factor: float) -> None:
        """Play so many times as fast, within bounds."""
        self.speed = min(FASTEST, max(SLOWEST, self.speed * factor))

    def next(self, snapshot: Snapshot, seconds: float) -> Wish:
        """Where to be after so much real time, when `snapshot` is shown now."""
        log_frame = snapshot.events[-1].frame if snapshot.events else 0
        self._still_s = self._still_s + seconds if log_frame == self._log_frame else 0.0
        self._log_frame = log_frame
        self._at_us = max(self._at_us + round(seconds * self.speed * 1e6), snapshot.at_us)
        if self.skips_idle and self._still_s >= IDLE_S:
            self._still_s = 0.0
            return Wish(Way.CHANGE)
        return Wish(Way.TIME, at_us=self._at_us)
