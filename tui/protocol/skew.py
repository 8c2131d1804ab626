"""How far the server's clock is from this one, from the `Date` header of one answer."""

from email.utils import parsedate_to_datetime

from tui.core.entry import Skew

_HALF_SECOND_US = 500_000


def measure_skew(date_header: str, sent_us: int, received_us: int) -> Skew | None:
    """Server clock minus this host's, or None when the header is no date.

    The header has whole seconds, so the server's time lay in [Date, Date + 1 s) at some moment between `sent_us` and
    `received_us` (this host's clock, µs UTC): the middle of both is the estimate, half of both together the error.
    """
    try:
        date = parsedate_to_datetime(date_header)
        date_us = int(date.timestamp()) * 1_000_000
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    if date.tzinfo is None:
        return None
    midpoint_us = (sent_us + received_us) // 2
    return Skew(
        offset_us=date_us + _HALF_SECOND_US - midpoint_us,
        error_us=_HALF_SECOND_US + (received_us - sent_us + 1) // 2,
    )
