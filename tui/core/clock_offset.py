"""What many coarse looks at the server's clock tell together.

One `Date` header has whole seconds, so one look is good to half a second. Looks at other phases of the second narrow it
down: the true offset lies in all their intervals at once.
"""

from tui.core.entry import Skew

DRIFT_PPM = 200
"""How fast two clocks may part between looks: worse than any quartz, so an old look loses its word soon enough."""


def narrow(before: Skew | None, age_us: int, look: Skew) -> Skew:
    """The offset after one more look, when `before` was known `age_us` ago. A look that contradicts it wins: a clock
    was set."""
    if before is None:
        return look
    slack_us = before.error_us + max(0, age_us) * DRIFT_PPM // 1_000_000
    low = max(before.offset_us - slack_us, look.offset_us - look.error_us)
    high = min(before.offset_us + slack_us, look.offset_us + look.error_us)
    if low > high:
        return look
    return Skew((low + high) // 2, (high - low + 1) // 2)
