"""A fold stored beside the entries it was made of, written by what changed, read back in three queries."""

import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import groupby
from operator import attrgetter
from sys import intern
from typing import NamedTuple, TypeVar

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from tui.adapters.journal.text import Stored, loaded_json, stored_json
from tui.core.task import TaskRef
from tui.core.timeline import Snapshot
from tui.core.views import Event, TaskView, ToolView

FOLD_VERSION = 4
"""Raise it with every change of what `core.timeline.fold` makes of the same entries: a fold kept by other rules must
not be continued by these."""

_AT_ONCE = 500
"""Rows that are decoded in one call: fast enough, and all of 10,000 at once would be 10 MiB for a moment."""

_T = TypeVar("_T")

_VIEWS = msgspec.json.Decoder(TaskView)
_MANY_VIEWS = msgspec.json.Decoder(list[TaskView])
_EVENTS = msgspec.json.Decoder(Event)
_MANY_EVENTS = msgspec.json.Decoder(list[Event])
_TOOL = msgspec.json.Decoder(ToolView)

EventKey = tuple[int, int]
"""A log line's frame, and which of that frame's lines it is."""


class _Place(Struct, frozen=True, gc=False):
    """Where a task stands: watched or forgotten, and behind which others."""

    number: int
    """The id of its row in `task`."""
    forgotten: bool
    position: int


class Rows(NamedTuple):
    """What brings the tables to a fold; all JSON is made, so that writing them takes the shortest time."""

    found: tuple[int, int] | None
    """The frame and the version of the fold that was there when these rows were made."""
    start_over: bool
    fold: tuple[int, int, int, Stored]
    tasks: list[tuple[int, bool, int, Stored]]
    old_events: list[EventKey]
    events: list[tuple[int, int, Stored]]


class KeptFold(Struct):
    """What one writer knows to be in the `kept_` tables. To be thrown away when its rows were not stored."""

    _frame: int | None = None
    _places: dict[TaskRef, _Place] = field(default_factory=dict)
    _next_position: int = 0
    _events: tuple[Event, ...] = ()

    def rows(
        self,
        connection: sqlite3.Connection,
        snapshot: Snapshot,
        changed: Collection[TaskRef],
        id_of: Callable[[TaskRef], int],
    ) -> Rows | None:
        """What `store` is to write for `snapshot`; None when the tables hold a newer one.

        All is written anew when another writer, or another version of the fold, was here in between.
        """
        found = _found(connection)
        if found is not None and found[1] == FOLD_VERSION and found[0] > snapshot.frame:
            return None
        start_over = found != (self._frame, FOLD_VERSION)
        if start_over:
            self._places.clear()
            self._events = ()
        tasks = [
            (place.number, place.forgotten, place.position, stored_json(view))
            for view, place in self._moved_or(set(changed), snapshot, id_of)
        ]
        self._frame = snapshot.frame
        fold = (snapshot.frame, snapshot.at_us, FOLD_VERSION, stored_json(snapshot.tool))
        return Rows(found, start_over, fold, tasks, *self._event_rows(snapshot.events))

    def _moved_or(
        self, changed: set[TaskRef], snapshot: Snapshot, id_of: Callable[[TaskRef], int]
    ) -> Iterator[tuple[TaskView, _Place]]:
        """The tasks to be written: those changed, and those that stand elsewhere than before."""
        for forgotten, shelf in ((False, snapshot.tasks), (True, snapshot.forgotten)):
            behind = -1
            for task, view in shelf.items():
                place = self._places.get(task)
                moved = place is None or place.forgotten is not forgotten or place.position <= behind
                if place is None or moved:
                    place = _Place(place.number if place else id_of(task), forgotten, self._next_position)
                    self._places[task] = place
                    self._next_position += 1
                behind = place.position
                if moved or task in changed:
                    yield view, place

    def _event_rows(self, events: tuple[Event, ...]) -> tuple[list[EventKey], list[tuple[int, int, Stored]]]:
        """Lines are only added at the end, dropped at the start, or replaced by one with a higher count."""
        before, now = _keyed(self._events), _keyed(events)
        self._events = events
        fresh = [(*key, stored_json(event)) for key, event in now.items() if before.get(key) is not event]
        return list(before.keys() - now), fresh


def _keyed(events: tuple[Event, ...]) -> dict[EventKey, Event]:
    return {
        (frame, nth): event
        for frame, lines in groupby(events, key=attrgetter("frame"))
        for nth, event in enumerate(lines)
    }


def store(connection: sqlite3.Connection, rows: Rows) -> bool:
    """Write `rows` inside the caller's transaction; False when another writer was here since they were made."""
    if _found(connection) != rows.found:
        return False
    if rows.start_over:
        for table in ("kept", "kept_task", "kept_event"):
            connection.execute(f"DELETE FROM {table}")  # noqa: S608 -- three names of our own
    connection.execute("INSERT OR REPLACE INTO kept VALUES(1, ?, ?, ?, ?)", rows.fold)
    connection.executemany("INSERT OR REPLACE INTO kept_task VALUES(?, ?, ?, ?)", rows.tasks)
    connection.executemany("DELETE FROM kept_event WHERE frame = ? AND nth = ?", rows.old_events)
    connection.executemany("INSERT OR REPLACE INTO kept_event VALUES(?, ?, ?)", rows.events)
    return True


def _found(connection: sqlite3.Connection) -> tuple[int, int] | None:
    found: tuple[int, int] | None = connection.execute("SELECT frame, fold_version FROM kept").fetchone()
    return found


def load(connection: sqlite3.Connection, *, with_events: bool, known: Snapshot | None = None) -> Snapshot:
    """The fold in the `kept_` tables, inside the caller's transaction.

    An empty one when there is none, or none these rules can go on from: then all entries are folded again.

    Args:
        known: what was loaded before, without events; when it still holds, its tasks are not read twice.
    """
    stored = connection.execute("SELECT frame, at_us, fold_version, tool FROM kept").fetchone()
    if stored is None or stored[2] != FOLD_VERSION:
        return Snapshot()
    frame, at_us, _, tool = stored
    try:
        if known is not None and known.frame == frame:
            fold = known
        else:
            tasks, forgotten = _load_shelf(connection, forgotten=False), _load_shelf(connection, forgotten=True)
            fold = Snapshot(frame, at_us, tasks, forgotten, loaded_json(tool, _TOOL))
        return _with_events(connection, fold) if with_events else fold
    except ValueError:
        return Snapshot()


def _with_events(connection: sqlite3.Connection, fold: Snapshot) -> Snapshot:
    """The fold with its log lines, holding everything once; a first frame does not wait for either."""
    tasks, forgotten = (
        {view.task: view for view in map(_shared, shelf.values())} for shelf in (fold.tasks, fold.forgotten)
    )
    fold = replace(fold, tasks=tasks, forgotten=forgotten)
    return replace(fold, events=_load_events(connection, fold))


def _load_events(connection: sqlite3.Connection, fold: Snapshot) -> tuple[Event, ...]:
    """The log lines, with the TaskRefs that `fold` holds already, and one text for all lines that say the same."""
    rows = connection.execute("SELECT event FROM kept_event ORDER BY frame, nth")
    own = {task: task for shelf in (fold.tasks, fold.forgotten) for task in shelf}
    return tuple(
        replace(event, task=event.task and own.get(event.task, event.task), text=intern(event.text))
        for event in _load_all(rows, _EVENTS, _MANY_EVENTS)
    )


def _load_shelf(connection: sqlite3.Connection, *, forgotten: bool) -> Mapping[TaskRef, TaskView]:
    rows = connection.execute("SELECT view FROM kept_task WHERE forgotten = ? ORDER BY position", (forgotten,))
    return {view.task: view for view in _load_all(rows, _VIEWS, _MANY_VIEWS)}


def _shared(view: TaskView) -> TaskView:
    """The same view, with one text for all the tasks that hold an equal one: of 10,000 tasks, 4 MiB less."""
    task = replace(view.task, region=intern(view.task.region), kind=intern(view.task.kind))
    last = replace(view.last, word=intern(view.last.word)) if view.last is not None else None
    runs = tuple(replace(run, word=intern(run.word)) for run in view.runs)
    return replace(view, task=task, stage=replace(view.stage, word=intern(view.stage.word)), last=last, runs=runs)


def _load_all(
    rows: sqlite3.Cursor, one: msgspec.json.Decoder[_T], many: msgspec.json.Decoder[list[_T]]
) -> Iterator[_T]:
    """All rows in their order; many in one call of the decoder, unless a text needs its own way."""
    while found := rows.fetchmany(_AT_ONCE):
        stored: list[Stored] = [row for (row,) in found]
        texts = [row for row in stored if isinstance(row, str)]
        if len(texts) == len(stored):
            yield from many.decode(f"[{','.join(texts)}]")
        else:
            yield from (loaded_json(row, one) for row in stored)
