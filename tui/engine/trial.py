"""What a breakpoint would have done: its hits in a recording, counted while somebody types its threshold."""

from msgspec import Struct


class Count(Struct, frozen=True):
    """Hits of one breakpoint in a recording."""

    hits: int = 0
    tasks: int = 0
    """How many different ones were hit."""
    blind: int = 0
    """Hits while the tool itself could not see."""
    newest_frame: int = 0
    newest_us: int = 0
    entries: int = 0
    """How many have been looked at."""
    of: int = 0
    """How many there are."""

    @property
    def complete(self) -> bool:
        """Whether all of the recording is in."""
        return self.entries >= self.of
