"""A span of time in columns of equal width, as a scrubber shows it. All times are µs UTC.

Columns lie on a grid that does not move: the picture of a span changes when a column is over, and not with every look.
"""

from collections.abc import Iterator

from msgspec import Struct

MINUTE_US = 60_000_000
ZOOM_US = 15 * MINUTE_US
"""How much is shown at first."""
LEAST_ZOOM_US = MINUTE_US

_GRID_US = 100_000
"""The width of a column is a multiple of this, so that it can be told in few digits."""


class Span(Struct, frozen=True, gc=False):
    """`columns` columns from `start_us` up to `end_us`, which belongs to none of them. Made by `ending_at` or
    `around`."""

    start_us: int
    end_us: int
    columns: int

    @property
    def column_us(self) -> int:
        """How long one column is."""
        return (self.end_us - self.start_us) // self.columns

    def column(self, at_us: int) -> int | None:
        """The column that a moment is in; None outside."""
        return (at_us - self.start_us) // self.column_us if self.start_us <= at_us < self.end_us else None

    def start_of(self, column: int) -> int:
        """When a column begins."""
        return self.start_us + column * self.column_us

    def edges(self) -> Iterator[tuple[int, int]]:
        """Beginning and end of each column."""
        for start_us in range(self.start_us, self.end_us, self.column_us):
            yield start_us, start_us + self.column_us

    def moved(self, columns: int) -> "Span":
        """The span so many columns later, or earlier for less than none."""
        by_us = columns * self.column_us
        return Span(self.start_us + by_us, self.end_us + by_us, self.columns)


def ending_at(at_us: int, zoom_us: int, columns: int) -> Span:
    """At least `zoom_us`, with `at_us` in the last of at least one column."""
    columns = max(1, columns)
    column_us = _column_us(zoom_us, columns)
    end_us = (at_us // column_us + 1) * column_us
    return Span(end_us - columns * column_us, end_us, columns)


def around(at_us: int, zoom_us: int, columns: int, newest_us: int) -> Span:
    """At least `zoom_us` with `at_us` in its middle, or as near to it as a span can be that ends at `newest_us`."""
    newest = ending_at(max(at_us, newest_us), zoom_us, columns)
    middle = ending_at(at_us, zoom_us, columns).moved(newest.columns // 2)
    return min(middle, newest, key=lambda span: span.end_us)


def keeping(shown: Span | None, at_us: int, zoom_us: int, columns: int, newest_us: int) -> Span:
    """`shown` as long as `at_us` is in it and it has this zoom and width; else a span around `at_us`.

    A cursor that leaves the picture at one side so comes back in its middle: most of its steps move nothing else.
    """
    columns = max(1, columns)
    fits = shown is not None and shown.columns == columns and shown.column_us == _column_us(zoom_us, columns)
    if shown is not None and fits and shown.column(at_us) is not None:
        return shown
    return around(at_us, zoom_us, columns, newest_us)


def closer(zoom_us: int) -> int:
    """Half of what is shown, but not less than a minute."""
    return max(LEAST_ZOOM_US, zoom_us // 2)


def farther(zoom_us: int, whole_us: int) -> int:
    """Twice of what is shown, but not more than there is: `whole_us`, or a minute."""
    return min(2 * zoom_us, max(whole_us, LEAST_ZOOM_US))


def _column_us(zoom_us: int, columns: int) -> int:
    return -(-max(zoom_us, 1) // (columns * _GRID_US)) * _GRID_US
