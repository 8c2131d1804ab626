"""The log as it was at an entry."""

import sqlite3
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from operator import itemgetter

import msgspec
from msgspec.structs import replace

from tui.adapters.journal.packing import unpacked
from tui.adapters.journal.stored import StoredEntries
from tui.adapters.journal.trail import LINES_OF_A_FRAME, end_of_trail, line_place
from tui.core.timeline import EVENTS_KEPT
from tui.core.views import Event

_LINES = "SELECT place, task, event FROM line WHERE place"
_AFTER = f"{_LINES} > ? AND place < ? ORDER BY place LIMIT ?"
_BEFORE = f"{_LINES} < ? ORDER BY place DESC LIMIT ?"
_NEXT_REPEATED = "SELECT line FROM repeat WHERE line >= ? AND line < ? ORDER BY line LIMIT 1"
_LAST_REPEAT = "SELECT frame, count, at_us FROM repeat WHERE line = ? ORDER BY frame DESC LIMIT 1"
_REPEAT = "SELECT count, at_us FROM repeat WHERE line = ? AND frame <= ? ORDER BY frame DESC LIMIT 1"

_EVENT = msgspec.json.Decoder(Event)
_PLACE = itemgetter(0)

_FAR = 2_000
"""To go on from the lines at hand over more than so many is slower than to read the newest ones."""

_Line = tuple[int, Event]
"""A line's place, and the line as it was when it was made."""


class PastLog:
    """The log in the journal behind one connection. Its methods raise what `stored.reading` makes a JournalError of."""

    def __init__(self, connection: sqlite3.Connection, stored: StoredEntries) -> None:
        self._connection = connection
        self._stored = stored
        self._lines: list[_Line] = []
        """Lines at hand, without any missing between them."""
        self._repeats = _Repeats(connection)
        self._from_start = False
        """No line is before those."""

    def at(self, frame: int, lines: int) -> tuple[Event, ...]:
        """The newest `lines` after all entries up to `frame`, which the trail reaches."""
        end = line_place(frame + 1, 0)
        if not self._reach(end):
            self._lines, self._from_start = self._before(end, lines)
        cut = bisect_left(self._lines, end, key=_PLACE)
        if cut < lines and not self._from_start:
            older, self._from_start = self._before(self._lines[0][0] if self._lines else end, lines - cut)
            self._lines[:0] = older
            cut += len(older)
        first = max(0, cut - lines)
        told = self._lines[first:cut]
        if len(self._lines) > 3 * EVENTS_KEPT:
            self._lines, self._from_start = told, self._from_start and not first
        return self._counted(told, frame)

    def _reach(self, end: int) -> bool:
        """Whether the lines at hand go up to `end`, after reading on if that is near."""
        if not self._lines or end <= self._lines[0][0]:
            return False
        newer = self._connection.execute(_AFTER, (self._lines[-1][0], end, _FAR)).fetchall()
        if len(newer) == _FAR:
            return False
        self._lines += self._loaded(newer)
        return True

    def _before(self, end: int, count: int) -> tuple[list[_Line], bool]:
        rows = self._connection.execute(_BEFORE, (end, count)).fetchall()
        return list(self._loaded(reversed(rows))), len(rows) < count

    def _loaded(self, rows: Iterable[tuple[int, int | None, bytes]]) -> Iterator[_Line]:
        for place, number, stored in rows:
            task = None if number is None else self._stored.task(number)
            yield place, replace(unpacked(stored, _EVENT), frame=place // LINES_OF_A_FRAME, task=task)

    def _counted(self, lines: list[_Line], frame: int) -> tuple[Event, ...]:
        """The lines with what each of them has counted up to `frame`."""
        events = [event for _, event in lines]
        if lines:
            for place, count, last_us in self._repeats.until(frame, lines[0][0], lines[-1][0]):
                at = bisect_left(lines, place, key=_PLACE)
                if lines[at][0] == place:
                    events[at] = replace(events[at], count=count, last_us=last_us)
        return tuple(events)


class _Repeats:
    """The lines that ever counted more than one, and what they came to: of those places that were asked for."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._end_of_trail = 0
        self._low = self._high = 0
        """All is known from the one place up to the other, but not that one."""
        self._last: dict[int, tuple[int, int, int]] = {}
        """For each line the last frame it counted, how many that made, and when."""

    def until(self, frame: int, first: int, last: int) -> Iterator[tuple[int, int, int]]:
        """Place, count and time of those from the first to the last place that had counted any up to `frame`."""
        self._learn(first, last + 1)
        for place, (newest, *told) in self._last.items():
            if not first <= place <= last:
                continue
            found = told if newest <= frame else self._connection.execute(_REPEAT, (place, frame)).fetchone()
            if found is not None:
                yield place, found[0], found[1]

    def _learn(self, low: int, high: int) -> None:
        end = end_of_trail(self._connection)
        if end != self._end_of_trail or high < self._low or low > self._high:
            self._end_of_trail, self._low, self._high = end, low, low
            self._last.clear()
        self._scan(low, self._low)
        self._scan(self._high, high)
        self._low, self._high = min(low, self._low), max(high, self._high)

    def _scan(self, low: int, high: int) -> None:
        """Look up one line after the other: some have counted thousands."""
        while low < high:
            found = self._connection.execute(_NEXT_REPEATED, (low, high)).fetchone()
            if found is None:
                return
            (place,) = found
            self._last[place] = self._connection.execute(_LAST_REPEAT, (place,)).fetchone()
            low = place + 1
