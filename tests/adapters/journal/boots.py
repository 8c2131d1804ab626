"""A boot clock that tests set."""

from tui.adapters.journal.boot import Boot


class SetClock:
    def __init__(self, now_us: int = 1_000_000_000, boot: str = "this boot") -> None:
        self.now_us = now_us
        self.boot = Boot(boot, lambda: self.now_us)
