"""What the trail does not reach yet: the state behind it, by folding entry by entry."""

import sqlite3
from bisect import bisect_right
from collections.abc import Callable
from operator import attrgetter

from tui.adapters.journal import kept
from tui.adapters.journal.stored import StoredEntries
from tui.adapters.journal.trail import end_of_trail
from tui.core.timeline import Snapshot, Timeline

_BETWEEN = "WHERE entry.frame > ? AND entry.frame <= ? ORDER BY entry.frame LIMIT ?"
_FRAME = attrgetter("frame")

_STEP = 256
"""Entries from one remembered state to the next: 5 ms to fold."""

_REMEMBERED = 16


class Tip:
    """The states of the journal behind one connection, past the end of its trail.

    That is the last half minute of a journal that is polled. Where there is no trail at all it is everything, and takes
    20 s a million entries. Its methods raise what `stored.reading` makes a JournalError of.
    """

    def __init__(
        self, connection: sqlite3.Connection, stored: StoredEntries, from_trail: Callable[[int], Snapshot]
    ) -> None:
        self._connection = connection
        self._stored = stored
        self._from_trail = from_trail
        self._states: list[Snapshot] = [Snapshot()]
        """Remembered states, in their order, far from each other when they are many."""
        self._step = _STEP

    def at(self, frame: int, going: Callable[[], bool]) -> Snapshot | None:
        """The fold of all entries up to `frame`; None when `going` said no meanwhile."""
        timeline = Timeline(self._start(frame))
        while rows := self._stored.select(_BETWEEN, (timeline.frame, frame, self._step)):
            if not going():
                return None
            for number, entry in rows:
                timeline.apply(number, entry)
            if len(rows) == self._step:
                self._remember(timeline.snapshot())
        return timeline.snapshot()

    def _start(self, frame: int) -> Snapshot:
        state = self._states[bisect_right(self._states, frame, key=_FRAME) - 1]
        end = end_of_trail(self._connection)
        if state.frame < end <= frame and frame - state.frame > _STEP:
            state = self._end_of_trail(end)
            self._remember(state)
        return state

    def _end_of_trail(self, end: int) -> Snapshot:
        """The state where the trail ends; as it is kept, if possible: that takes a tenth of the time."""
        self._connection.execute("BEGIN")
        try:
            fold = kept.load(self._connection, with_events=True)
        finally:
            self._connection.execute("COMMIT")
        return fold if fold.frame == end else self._from_trail(end)

    def _remember(self, state: Snapshot) -> None:
        place = bisect_right(self._states, state.frame, key=_FRAME)
        if self._states[place - 1].frame == state.frame:
            return
        self._states.insert(place, state)
        if len(self._states) > _REMEMBERED:
            del self._states[1:-1:2]
            self._step *= 2
