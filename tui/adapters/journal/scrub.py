"""What the columns of a scrubber hold, found by index: `engine.ports.Scrub`.

However long a span is, no more is read than its columns can show.
"""

import sqlite3
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from sys import intern

from tui.adapters.journal.door import door
from tui.adapters.journal.edges import edges
from tui.adapters.journal.opening import open_for_reading
from tui.adapters.journal.sights import Sights
from tui.adapters.journal.stored import reading, task_columns, task_number
from tui.adapters.journal.text import Stored, loaded_text
from tui.adapters.journal.told import Told
from tui.core.fault import FaultClass
from tui.core.scrub import MOST_COUNTED, Facts, Flag, Look, Unseen, successive
from tui.core.span import Span
from tui.core.task import TaskRef

ROWS_AT_ONCE = 256
"""So many rows of a span are read as they are. Where there are more, each column has its own look into the index."""

_OF_COLUMN = 2
"""Changes of a column that are read when there are too many, beside the last one."""

_BACK = 16
"""How far back is looked for a status, through failures that tell none."""

_AT = "entry.at_us + coalesce(entry.latency_us, 0)"
_LOOK = (
    f"SELECT entry.frame, {_AT}, answer.word, answer.fault_class "  # noqa: S608 -- texts of our own
    "FROM entry INDEXED BY entry_task_change CROSS JOIN answer ON answer.id = entry.answer "
    "WHERE entry.changed = 1 AND entry.task = ? AND entry.frame > ? AND entry.frame <= ? ORDER BY entry.frame"
)
_REPEATS = (
    "SELECT count(*) FROM (SELECT 1 FROM entry INDEXED BY entry_task WHERE task = ? AND frame > ? AND frame < ? "
    "AND answer IS NOT NULL LIMIT 2)"
)
_FAULTS = (
    f"SELECT {_AT} FROM fault CROSS JOIN entry ON entry.frame = fault.frame "  # noqa: S608 -- texts of our own
    "CROSS JOIN answer ON answer.id = entry.answer "
    "WHERE fault.frame > ? AND fault.frame <= ? AND answer.fault_class != 'end' ORDER BY fault.frame LIMIT ?"
)
_CHANGE_COUNT = (
    "SELECT count(*) FROM (SELECT 1 FROM entry INDEXED BY entry_task_change "
    "WHERE changed = 1 AND task = ? AND frame > ? AND frame <= ? LIMIT ?)"
)
_COUNT = "SELECT count(*) FROM (SELECT 1 FROM fault WHERE frame > ? AND frame <= ? LIMIT ?)"
_ENDS = f"SELECT (SELECT {_AT} FROM entry ORDER BY frame LIMIT 1), (SELECT max(frame) FROM entry)"  # noqa: S608 -- ours

_BLURRED_FROM_US = 60_000_000
_BLUR = 200
"""A column of more than a minute may begin by a 200th of it too early or too late, unseen: an entry there counts for
its neighbour. To find the very frame takes thrice as long."""

_EDGES_KEPT = 4_096

_NO_TASK = -1
"""An id that no row has."""

_END = 1 << 62

_Row = tuple[int, int, Stored, str | None]


class _Columns:
    """The frames of a span: from behind `low` up to `high`, and, if need be, those of each column."""

    def __init__(
        self, connection: sqlite3.Connection, span: Span, newest: int, known: dict[tuple[int, int], int]
    ) -> None:
        self.span = span
        self.low, self.high = edges(connection, (span.start_us, span.end_us), 0, _END)
        self._connection = connection
        self._newest = newest
        self._known = known

    @cached_property
    def frames(self) -> list[tuple[int, int]]:
        """The same of each column. Moments of the past keep their frames: `known` ones are not looked up again."""
        blur_us = self.span.column_us // _BLUR if self.span.column_us > _BLURRED_FROM_US else 0
        inner = [(start_us, blur_us) for start_us, _ in self.span.edges()][1:]
        unknown = [edge for edge in inner if edge not in self._known]
        found = edges(self._connection, [edge[0] for edge in unknown], self.low, self.high, blur_us)
        fresh = dict(zip(unknown, found, strict=True))
        places = [self.low, *(fresh[edge] if edge in fresh else self._known[edge] for edge in inner), self.high]
        if len(self._known) > _EDGES_KEPT:
            self._known.clear()
        self._known.update((edge, frame) for edge, frame in fresh.items() if self.low < frame < self._newest)
        return list(pairwise(places))


class JournalScrub:
    """Spans of the journal at `path`.

    Raises:
        JournalError: from every method and from the constructor, in one line for the user.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = open_for_reading(path)
        self._told = Told()
        self._edges: dict[tuple[int, int], int] = {}
        """The newest frame before a moment between columns, by the moment and how exact it is."""
        self._sights = Sights(self._connection)

    def facts(self, span: Span, task: TaskRef | None) -> Facts:
        """What happened to `task`, and to the tool, in `span`."""
        with reading(self._path):
            self._connection.execute("BEGIN")
            try:
                return self._facts(span, self._number(task))
            finally:
                self._connection.execute("COMMIT")

    def close(self) -> None:
        """Give the file back."""
        with door(self._path):
            self._connection.close()

    def _facts(self, span: Span, task: int) -> Facts:
        first_us, newest = self._connection.execute(_ENDS).fetchone()
        if newest is None:
            return Facts()
        complete = self._told.read_on(self._connection)
        self._sights.begin(newest)
        within = _Columns(self._connection, span, newest, self._edges)
        gaps = [gap for whose in (None, task) for gap in self._unseen(within, whose)]
        return Facts(
            first_us,
            tuple(self._looks(within, task)),
            tuple(sorted(gaps, key=lambda gap: gap.since_us)),
            tuple(self._errors(within)),
            tuple(self._marks(span, task)),
            complete and self._sights.complete,
        )

    def _looks(self, within: _Columns, task: int) -> Iterator[Look]:
        rows = self._earlier(task, within.low)
        if self._many(_CHANGE_COUNT, (task, within.low, within.high)):
            rows += [row for low, high in within.frames for row in self._some(task, low, high)]
        else:
            rows += self._rows(f"{_LOOK} LIMIT ?", (task, within.low, within.high, ROWS_AT_ONCE))
        for place, (frame, at_us, word, fault_class) in enumerate(rows):
            end = rows[place + 1][0] if place + 1 < len(rows) else _END
            over = fault_class == FaultClass.END.value
            repeats = self._connection.execute(_REPEATS, (task, frame, end)).fetchone()[0] if over else 0
            yield Look(at_us, intern(loaded_text(word)), FaultClass(fault_class) if fault_class else None, repeats)

    def _earlier(self, task: int, low: int) -> list[_Row]:
        """The changes up to `low` that tell how the task stood there: back to the last one that told a status."""
        rows = self._rows(f"{_LOOK} DESC LIMIT ?", (task, 0, low, _BACK))
        alive = next((place for place, row in enumerate(rows) if row[3] is None), len(rows) - 1)
        return rows[alive::-1] if rows else []

    def _some(self, task: int, low: int, high: int) -> list[_Row]:
        """The first changes of a column, and the last one."""
        first = self._rows(f"{_LOOK} LIMIT ?", (task, low, high, _OF_COLUMN + 1))
        if len(first) <= _OF_COLUMN:
            return first
        return first[:_OF_COLUMN] + self._rows(f"{_LOOK} DESC LIMIT 1", (task, low, high))

    def _errors(self, within: _Columns) -> list[int]:
        if self._many(_COUNT, (within.low, within.high)):
            return [self._errors_of_column(low, high) for low, high in within.frames]
        rows = self._connection.execute(_FAULTS, (within.low, within.high, ROWS_AT_ONCE)).fetchall()
        counts = [0] * within.span.columns
        for (at_us,) in rows:
            column = within.span.column(at_us)
            if column is not None:
                counts[column] = min(MOST_COUNTED, counts[column] + 1)
        return counts

    def _errors_of_column(self, low: int, high: int) -> int:
        """None, or as many as failures of all kinds: where there are so many errors, a few ENDs more are no matter."""
        if self._connection.execute(_FAULTS, (low, high, 1)).fetchone() is None:
            return 0
        return int(self._connection.execute(_COUNT, (low, high, MOST_COUNTED)).fetchone()[0])

    def _unseen(self, within: _Columns, task: int | None) -> Iterator[Unseen]:
        """The gaps of a task, or of all, that reach into the span: told within, before, or afterwards."""
        told, span = self._told.gaps.get(task, []), within.span
        first = max(0, bisect_right(told, within.low, key=lambda gap: gap.frame) - 1)
        end = bisect_right(told, within.high, key=lambda gap: gap.frame)
        while end < len(told) and told[end].since_us < span.end_us:
            end += 1
        gaps = (Unseen(gap.since_us, self._sights.next(gap, task), gap.cause) for gap in told[first:end])
        for gap in successive(gaps):
            if gap.since_us < span.end_us and (gap.until_us is None or gap.until_us > span.start_us):
                yield gap

    def _marks(self, span: Span, task: int) -> list[Flag]:
        marks = (*self._told.marks.get(None, ()), *self._told.marks.get(task, ()))
        return sorted((mark for mark in marks if span.column(mark.at_us) is not None), key=lambda mark: mark.at_us)

    def _many(self, query: str, values: tuple[int, ...]) -> bool:
        """Whether there is more than is read row by row: a count within an index."""
        return int(self._connection.execute(query, (*values, ROWS_AT_ONCE + 1)).fetchone()[0]) > ROWS_AT_ONCE

    def _rows(self, query: str, values: tuple[int, ...]) -> list[_Row]:
        return self._connection.execute(query, values).fetchall()

    def _number(self, task: TaskRef | None) -> int:
        number = None if task is None else task_number(self._connection, task_columns(task))
        return _NO_TASK if number is None else number
