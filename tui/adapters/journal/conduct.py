"""The few entries of a journal that `core.checking.findings` needs: found by indexes, whatever the journal's length.

A poll matters where its task's word changed (`changed`), where a StartTime did, as the first ones behind a first END
fault, and as the last one before failures, which tells how closely was looked.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import msgspec

from tui.adapters.journal.codec import AnswerRow, loaded_answer
from tui.adapters.journal.opening import open_for_reading
from tui.adapters.journal.stored import StoredEntries, reading
from tui.adapters.journal.text import loaded_text
from tui.core.entry import Entry
from tui.core.fault import FaultClass

_AT_ONCE = 500

_CHANGES = (
    "SELECT entry.frame, entry.task, entry.answer, answer.fault_class, answer.start_time_ms "
    "FROM entry INDEXED BY entry_change JOIN answer ON answer.id = entry.answer WHERE entry.changed = 1"
)
_STATUSES = f"SELECT id, {', '.join(AnswerRow._fields)} FROM answer WHERE fault_class IS NULL"  # noqa: S608 -- our own names
_TASKS = "SELECT id, task_id FROM task"
_OTHER_STARTS = """
    SELECT frame FROM (
        SELECT entry.frame AS frame, start_time_ms, lag(start_time_ms) OVER (ORDER BY entry.frame) AS before
        FROM entry INDEXED BY entry_task JOIN answer ON answer.id = entry.answer
        WHERE entry.task = ? AND answer.fault_class IS NULL
    ) WHERE start_time_ms IS NOT before
"""
_BEFORE = (
    "SELECT frame FROM entry INDEXED BY entry_task WHERE task = ? AND frame < ? AND answer IS NOT NULL "
    "ORDER BY frame DESC LIMIT 1"
)
_BEHIND = (
    "SELECT frame FROM entry INDEXED BY entry_task WHERE task = ? AND frame > ? AND answer IS NOT NULL "
    "ORDER BY frame LIMIT 2"
)


class _Change(NamedTuple):
    frame: int
    task: int
    answer: int
    fault_class: str | None
    start_time_ms: int | None


class _Response(msgspec.Struct):
    task_id: str | None = msgspec.field(default=None, name="TaskId")


class _Body(msgspec.Struct):
    response: _Response = msgspec.field(name="Response")


_read_body = msgspec.json.Decoder(_Body).decode


def conduct(path: Path) -> Iterator[tuple[int, Entry]]:
    """The entries of the journal at `path` that can tell a finding, in order.

    Raises:
        JournalError: it cannot be read.
    """
    with closing(open_for_reading(path)) as connection:
        with reading(path):
            connection.execute("BEGIN")  # several looks at one state
            frames = sorted(_frames(connection))
            connection.execute("COMMIT")
        stored = StoredEntries(connection)
        for start in range(0, len(frames), _AT_ONCE):
            some = frames[start : start + _AT_ONCE]
            marks = ", ".join("?" * len(some))
            with reading(path):
                found = stored.select(f"WHERE entry.frame IN ({marks}) ORDER BY entry.frame", tuple(some))
            yield from found


def _frames(connection: sqlite3.Connection) -> set[int]:
    changes = [_Change._make(row) for row in connection.execute(_CHANGES)]
    frames = {change.frame for change in changes}
    for change in changes:
        if change.fault_class is not None:
            frames.update(_numbers(connection, _BEFORE, change.task, change.frame))
        if change.fault_class == FaultClass.END.value:
            frames.update(_numbers(connection, _BEHIND, change.task, change.frame))
    for task in _suspects(connection, changes):
        frames.update(_numbers(connection, _OTHER_STARTS, task))
    return frames


def _suspects(connection: sqlite3.Connection, changes: list[_Change]) -> set[int]:
    """Tasks of which more than one StartTime may have been told.

    A StartTime that is told with the same word as before is in an answer that no change refers to. Whose answer that
    is, its TaskId says; where answers bear none, or several tasks have one TaskId, no task is above suspicion.
    """
    starts: dict[int, set[int | None]] = {}
    for change in changes:
        if change.fault_class is None:
            starts.setdefault(change.task, set()).add(change.start_time_ms)
    suspects = {task for task, some in starts.items() if len(some) > 1}
    by_id: dict[str, list[int]] = {}
    for number, task_id in connection.execute(_TASKS):
        by_id.setdefault(loaded_text(task_id), []).append(number)
    changed = {change.answer for change in changes}
    told: set[int | None] = set()
    shared = False
    for number, *columns in connection.execute(_STATUSES):
        row = AnswerRow._make(columns)
        owners = by_id.get(_task_id(row) or "", [])
        told.add(row.start_time_ms)
        shared = shared or len(owners) != 1
        if number not in changed:
            suspects.update(owners)
    return {task for owners in by_id.values() for task in owners} if shared and len(told) > 1 else suspects


def _task_id(row: AnswerRow) -> str | None:
    """Which task the answer says it is about."""
    try:
        return _read_body(loaded_answer(row, None).body).response.task_id
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _numbers(connection: sqlite3.Connection, query: str, *values: int) -> list[int]:
    return [int(number) for (number,) in connection.execute(query, values)]
