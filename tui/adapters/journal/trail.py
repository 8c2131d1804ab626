"""Storing what a fold leaves behind, and how far that goes."""

import sqlite3
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from tui.adapters.journal.kept import FOLD_VERSION
from tui.adapters.journal.packing import packed
from tui.core.task import TaskRef
from tui.core.trail import LogLine, Milestone, Stretch

LINES_OF_A_FRAME = 8
"""More than any entry makes."""

_TABLES = ("milestone", "tool_milestone", "placing", "line", "repeat", "ending")

Row = tuple[object, ...]
IdOf = Callable[[TaskRef], int]


def line_place(frame: int, nth: int) -> int:
    """Where a line of the log stands among all, by its frame and which of its lines it is."""
    return frame * LINES_OF_A_FRAME + nth


def end_of_trail(connection: sqlite3.Connection) -> int:
    """The trail tells of the entries up to this one; 0 when there is none, or none these rules can use."""
    frame, version = connection.execute("SELECT frame, fold_version FROM trail").fetchone()
    return int(frame) if version == FOLD_VERSION else 0


def lengthen(connection: sqlite3.Connection, stretch: Stretch, id_of: IdOf) -> None:
    """Put a stretch behind the trail, inside the caller's transaction. Nothing when that would leave a hole: what is
    behind that is folded then, until a fold of everything makes the trail whole."""
    end = end_of_trail(connection)
    if stretch.after > end or stretch.frame <= end:
        return
    if not end:
        for table in _TABLES:
            connection.execute(f"DELETE FROM {table}")  # noqa: S608 -- names of our own
    for table, rows in _rows(stretch.behind(end), id_of).items():
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES({marks})", rows)
    connection.execute("UPDATE trail SET frame = ?, fold_version = ?", (stretch.frame, FOLD_VERSION))


def _rows(stretch: Stretch, id_of: IdOf) -> dict[str, Sequence[Row]]:
    return {
        "milestone": [(own.frame, id_of(own.task), _view(own)) for own in stretch.milestones],
        "tool_milestone": [(own.frame, own.at_us, packed(own.tool)) for own in stretch.tools],
        "placing": [(own.frame, id_of(own.task), own.forgotten) for own in stretch.placings],
        "line": [_line(own, id_of) for own in stretch.lines],
        "repeat": [(line_place(own.line, own.nth), own.frame, own.count, own.at_us) for own in stretch.repeats],
        "ending": [(own.frame, id_of(own.task)) for own in stretch.endings],
    }


def _view(milestone: Milestone) -> bytes | str | None:
    return packed(milestone.view) if milestone.view is not None else milestone.cause


def _line(line: LogLine, id_of: IdOf) -> Row:
    event = line.event
    task = id_of(event.task) if event.task is not None else None
    return line_place(event.frame, line.nth), task, packed(replace(event, frame=0, task=None))
