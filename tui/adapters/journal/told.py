"""Gaps and marks of a journal, kept at hand: there are few of them, and what they tell may lie far from where they
stand."""

import sqlite3
from typing import NamedTuple

from tui.adapters.journal.codec import EntryRow, loaded_entry
from tui.core.entry import Gap, GapCause, Mark
from tui.core.scrub import Flag
from tui.core.task import TaskRef

AT_ONCE = 1_000
"""Rows that are read in one call: 5 ms."""

_NOTES = (
    "SELECT frame, at_us, task, note FROM entry INDEXED BY entry_note "
    "WHERE note IS NOT NULL AND substr(CAST(note AS TEXT), 1, 14) = ? AND frame > ? ORDER BY frame LIMIT ?"
)
_GAP = '{"type":"gap",'
_MARK = '{"type":"mark"'
_ODD_MARK = '{"type": "mark'
"""Of a note that TEXT cannot hold (`text.stored_json`)."""

_SOMEBODY = TaskRef("", 0, "")
"""The number of the task is enough here."""


class ToldGap(NamedTuple):
    """An entry that tells a gap."""

    frame: int
    since_us: int
    cause: GapCause


class Told:
    """All gaps and marks so far, by the number of their task; None: of all tasks."""

    def __init__(self) -> None:
        self.gaps: dict[int | None, list[ToldGap]] = {}
        self.marks: dict[int | None, list[Flag]] = {}
        self._read = dict.fromkeys((_GAP, _MARK, _ODD_MARK), 0)
        """Up to which frame each kind is read."""

    def read_on(self, connection: sqlite3.Connection) -> bool:
        """Read what is new; False when there is more than goes in one call."""
        left = AT_ONCE
        for kind in self._read:
            left -= self._read_kind(connection, kind, left)
        return left > 0

    def _read_kind(self, connection: sqlite3.Connection, kind: str, most: int) -> int:
        """How many rows there were."""
        rows = connection.execute(_NOTES, (kind, self._read[kind], most)).fetchall()
        for frame, at_us, task, note in rows:
            told = loaded_entry(EntryRow(at_us, note=note), None if task is None else _SOMEBODY, None)
            if isinstance(told, Gap):
                self.gaps.setdefault(task, []).append(ToldGap(frame, told.since_us, told.cause))
            elif isinstance(told, Mark):
                self.marks.setdefault(task, []).append(Flag(told.moment_us, told.note))
            self._read[kind] = frame
        return len(rows)
