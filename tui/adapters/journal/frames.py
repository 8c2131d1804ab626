"""Where in a journal one is: frames by time. Retention leaves holes between them."""

import sqlite3

_ENDS = "SELECT (SELECT min(frame) FROM entry), (SELECT max(frame) FROM entry)"
_FROM = "SELECT frame, at_us + coalesce(latency_us, 0) FROM entry WHERE frame >= ? ORDER BY frame LIMIT 1"
"""An entry is stored when its answer is there."""


def frame_at(connection: sqlite3.Connection, at_us: int) -> int:
    """The newest frame at a moment, µs UTC; 0 before the first entry.

    Frames follow the order of storing, so times rise with them, and 24 looks find one among 10 million. Where a clock
    was set back, some moments came twice and others not in order: then it is one of the frames that stand at or before
    the moment while the next one stands behind it.
    """
    first, last = connection.execute(_ENDS).fetchone()
    if first is None:
        return 0
    low, high = first - 1, last + 1
    while high - low > 1:
        middle = (low + high) // 2
        found = connection.execute(_FROM, (middle,)).fetchone()
        if found is not None and found[0] < high and found[1] <= at_us:
            low = found[0]
        else:
            high = middle
    return int(low) if low >= first else 0
