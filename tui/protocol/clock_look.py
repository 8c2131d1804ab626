"""What one answer tells of this host's clock, held against what was signed."""

from msgspec import Struct

from tui.core.entry import Poll

CLOCK_LIMIT_S = 300
"""What the service allows between the timestamp and its own clock."""

SECOND_US = 1_000_000
_CORRECTED_US = 5 * SECOND_US
"""A timestamp further from this host's clock than this was not made with it alone."""


class ClockLook(Struct, frozen=True):
    """What the answer's `Date` header told of this host's clock. µs."""

    host_ahead_us: int
    """This host's clock minus Tencent's."""
    error_us: int
    signed_ahead_us: int
    """The timestamp that was signed minus Tencent's clock, to half a second."""
    corrected: bool
    """It was made with a correction, because this host's clock is known to be wrong."""

    @property
    def refused(self) -> bool:
        """Whether the service cannot have accepted the timestamp."""
        return abs(self.signed_ahead_us) - self.error_us > CLOCK_LIMIT_S * SECOND_US


def look_at_clock(poll: Poll, timestamp_s: int) -> ClockLook | None:
    """None when no answer told the server's time."""
    if poll.skew is None:
        return None
    signed_us = timestamp_s * SECOND_US + SECOND_US // 2
    return ClockLook(
        -poll.skew.offset_us,
        poll.skew.error_us,
        signed_us - poll.sent_us - poll.skew.offset_us,
        abs(signed_us - poll.sent_us) > _CORRECTED_US,
    )
