"""A fold stored beside the entries it was made of, written by what changed, read back in three queries."""

import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import groupby
from operator import attrgetter
from typing import TypeVar

import msgspec
from msgspec import Struct, field

from tui.adapters.journal.text import Stored, loaded_json, stored_json
from tui.core.task import TaskRef
from tui.core.timeline import Snapshot
from tui.core.views import Event, TaskView, ToolView

FOLD_VERSION = 2
"""Raise it with every change of what `core.timeline.fold` makes of the same entries: a fold kept by other rules must
not be continued by these."""

_T = TypeVar("_T")

_VIEWS = msgspec.json.Decoder(TaskView)
_MANY_VIEWS = msgspec.json.Decoder(list[TaskView])
_EVENTS = msgspec.json.Decoder(Event)
_MANY_EVENTS = msgspec.json.Decoder(list[Event])
_TOOL = msgspec.json.Decoder(ToolView)

EventKey = tuple[int, int]
"""A log line's frame, and which of that frame's lines it is."""


class _Place(Struct, frozen=True):
    """Where a task stands: watched or forgotten, and behind which others."""

    forgotten: bool
    position: int


class KeptFold(Struct):
    """What one writer knows to be in the `kept_` tables. To be thrown away when a transaction of `store` fails."""

    _frame: int | None = None
    _places: dict[TaskRef, _Place] = field(default_factory=dict)
    _next_position: int = 0
    _events: dict[EventKey, Event] = field(default_factory=dict)

    def store(
        self,
        connection: sqlite3.Connection,
        snapshot: Snapshot,
        changed: Collection[TaskRef],
        id_of: Callable[[TaskRef], int],
    ) -> None:
        """Bring the tables to `snapshot`, inside the caller's transaction; leave them when they hold a newer one.

        All is written anew when another writer, or another version of the fold, was here in between.
        """
        stored = connection.execute("SELECT frame, fold_version FROM kept").fetchone()
        if stored is not None and stored[1] == FOLD_VERSION and stored[0] > snapshot.frame:
            return
        if stored != (self._frame, FOLD_VERSION):
            self._start_over(connection)
        connection.execute(
            "INSERT OR REPLACE INTO kept VALUES(1, ?, ?, ?, ?)",
            (snapshot.frame, snapshot.at_us, FOLD_VERSION, stored_json(snapshot.tool)),
        )
        connection.executemany(
            "INSERT OR REPLACE INTO kept_task VALUES(?, ?, ?, ?)",
            [
                (id_of(view.task), place.forgotten, place.position, stored_json(view))
                for view, place in self._moved_or(set(changed), snapshot)
            ],
        )
        self._store_events(connection, snapshot.events)
        self._frame = snapshot.frame

    def _start_over(self, connection: sqlite3.Connection) -> None:
        for table in ("kept", "kept_task", "kept_event"):
            connection.execute(f"DELETE FROM {table}")  # noqa: S608 -- three names of our own
        self._places.clear()
        self._events.clear()

    def _moved_or(self, changed: set[TaskRef], snapshot: Snapshot) -> Iterator[tuple[TaskView, _Place]]:
        """The tasks to be written: those changed, and those that stand elsewhere than before."""
        for forgotten, shelf in ((False, snapshot.tasks), (True, snapshot.forgotten)):
            behind = -1
            for task, view in shelf.items():
                place = self._places.get(task)
                moved = place is None or place.forgotten is not forgotten or place.position <= behind
                if place is None or moved:
                    place = _Place(forgotten, self._next_position)
                    self._places[task] = place
                    self._next_position += 1
                behind = place.position
                if moved or task in changed:
                    yield view, place

    def _store_events(self, connection: sqlite3.Connection, events: tuple[Event, ...]) -> None:
        """Lines are only added at the end, dropped at the start, or replaced by one with a higher count."""
        now = {
            (frame, nth): event
            for frame, lines in groupby(events, key=attrgetter("frame"))
            for nth, event in enumerate(lines)
        }
        connection.executemany("DELETE FROM kept_event WHERE frame = ? AND nth = ?", list(self._events.keys() - now))
        connection.executemany(
            "INSERT OR REPLACE INTO kept_event VALUES(?, ?, ?)",
            [(*key, stored_json(event)) for key, event in now.items() if self._events.get(key) is not event],
        )
        self._events = now


def load(connection: sqlite3.Connection, *, with_events: bool) -> Snapshot:
    """The fold in the `kept_` tables, inside the caller's transaction.

    An empty one when there is none, or none these rules can go on from: then all entries are folded again.
    """
    stored = connection.execute("SELECT frame, at_us, fold_version, tool FROM kept").fetchone()
    if stored is None or stored[2] != FOLD_VERSION:
        return Snapshot()
    frame, at_us, _, tool = stored
    try:
        return Snapshot(
            frame,
            at_us,
            _load_shelf(connection, forgotten=False),
            _load_shelf(connection, forgotten=True),
            loaded_json(tool, _TOOL),
            _load_events(connection) if with_events else (),
        )
    except ValueError:
        return Snapshot()


def _load_events(connection: sqlite3.Connection) -> tuple[Event, ...]:
    rows = connection.execute("SELECT event FROM kept_event ORDER BY frame, nth").fetchall()
    return tuple(_load_all([event for (event,) in rows], _EVENTS, _MANY_EVENTS))


def _load_shelf(connection: sqlite3.Connection, *, forgotten: bool) -> Mapping[TaskRef, TaskView]:
    rows = connection.execute(
        "SELECT view FROM kept_task WHERE forgotten = ? ORDER BY position", (forgotten,)
    ).fetchall()
    return {view.task: view for view in _load_all([view for (view,) in rows], _VIEWS, _MANY_VIEWS)}


def _load_all(rows: list[Stored], one: msgspec.json.Decoder[_T], many: msgspec.json.Decoder[list[_T]]) -> list[_T]:
    """All rows in their order; in one call of the decoder unless a text needs its own way."""
    texts = [row for row in rows if isinstance(row, str)]
    if len(texts) == len(rows):
        return many.decode(f"[{','.join(texts)}]")
    return [loaded_json(row, one) for row in rows]
