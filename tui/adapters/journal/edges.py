"""The frames at many moments at once: where the columns of a span begin."""

import sqlite3
from collections.abc import Sequence

_FIRST = "SELECT frame, at_us + coalesce(latency_us, 0) FROM entry WHERE frame > ? ORDER BY frame LIMIT 1"
_LAST = "SELECT frame, at_us + coalesce(latency_us, 0) FROM entry WHERE frame <= ? ORDER BY frame DESC LIMIT 1"

_GUESSES = 8
"""Entries come at a steady pace for hours, so that a guess from the times around is some frames off at most. Where they
do not, halving comes to an end."""

_Place = tuple[int, int]
"""A frame and its time, µs UTC."""


def edges(
    connection: sqlite3.Connection, moments: Sequence[int], low: int, high: int, tolerance_us: int = 0
) -> list[int]:
    """For each moment, µs UTC, in order: the newest frame before it, among those behind `low` up to `high`; `low` for
    none.

    Args:
        tolerance_us: a frame is as good as this one when it is so near to the moment.
    """
    first = connection.execute(_FIRST, (low,)).fetchone()
    last = connection.execute(_LAST, (high,)).fetchone()
    if first is None or last is None or last[0] <= low:
        return [low] * len(moments)
    found: list[int] = []
    at = (low, first[1] - 1)
    for moment_us in moments:
        if last[1] < moment_us:
            found.append(high)
            continue
        at = _newest_before(connection, moment_us, at, last, tolerance_us)
        found.append(at[0])
    return found


def _newest_before(
    connection: sqlite3.Connection, moment_us: int, low: _Place, high: _Place, tolerance_us: int
) -> _Place:
    """Between an entry that stands before the moment and one that does not."""
    guesses = _GUESSES
    while high[0] - low[0] > 1:
        middle = (low[0] + high[0]) // 2
        if guesses and high[1] > low[1]:
            guesses -= 1
            share = (moment_us - low[1]) / (high[1] - low[1])
            aside = 1 if guesses % 2 else -1  # so that both ends come nearer, and not one alone
            middle = min(max(low[0] + 1, low[0] + int((high[0] - low[0]) * share) + aside), high[0] - 1)
        place: _Place | None = connection.execute(_FIRST, (middle - 1,)).fetchone()
        if place is not None and place[0] < high[0] and abs(place[1] - moment_us) < tolerance_us:
            return place
        if place is not None and place[0] < high[0] and place[1] < moment_us:
            low = place
        elif place is None or place[0] >= high[0]:
            high = (middle, high[1])
        else:
            high = (middle, place[1])
    return low
