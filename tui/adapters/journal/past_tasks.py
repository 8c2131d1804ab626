"""What was known of a task at an entry, from the milestones of the trail."""

import sqlite3

import msgspec
from msgspec.structs import replace

from tui.adapters.journal.packing import unpacked
from tui.adapters.journal.stored import StoredEntries, task_columns, task_number
from tui.core import acks
from tui.core.entry import GapCause, Poll
from tui.core.leap import leap
from tui.core.task import TaskRef
from tui.core.views import TaskView

_MILESTONES = (
    "SELECT frame, view FROM milestone INDEXED BY milestone_task WHERE task = ? AND frame <= ? ORDER BY frame DESC"
)
_COUNT = "SELECT count(*) FROM entry INDEXED BY entry_task WHERE task = ? AND frame > ? AND frame <= ?"
_NEWEST = "WHERE entry.task = ? AND entry.frame <= ? AND entry.answer IS NOT NULL ORDER BY entry.frame DESC LIMIT 1"
_BETWEEN = "WHERE entry.task = ? AND entry.frame > ? AND entry.frame <= ? ORDER BY entry.frame"

_VIEW = msgspec.json.Decoder(TaskView)

_Turns = dict[int, GapCause | None]
"""Polls that must be folded, and why nobody looked at any task before them, if they tell that; newest first."""


class PastTasks:
    """The tasks of the journal behind one connection. Its methods raise what `stored.reading` makes a JournalError of.

    Where retention has thinned out the polls, counts are right at the milestones and lower between them.
    """

    def __init__(self, connection: sqlite3.Connection, stored: StoredEntries) -> None:
        self._connection = connection
        self._stored = stored
        self._numbers: dict[TaskRef, int] = {}
        self._views: dict[int, tuple[int, TaskView]] = {}
        """The milestone of each task that was used last."""

    def view(self, task: TaskRef, frame: int) -> TaskView | None:
        """The view after all entries up to `frame`, which the trail reaches; None when there was none yet."""
        number = self._number(task)
        found = self._milestone(number, frame) if number is not None else None
        if number is None or found is None:
            return None
        start, view, turns = found
        if turns:
            view = self._fold(number, start, view, turns)
            start = next(iter(turns))
        return self._leap(number, start, view, frame)

    def _milestone(self, number: int, frame: int) -> tuple[int, TaskView, _Turns] | None:
        turns: _Turns = {}
        for found, view in self._connection.execute(_MILESTONES, (number, frame)):
            if isinstance(view, bytes):
                return found, self._view(number, found, view), turns
            turns[found] = None if view is None else GapCause(view)
        return None

    def _view(self, number: int, frame: int, stored: bytes) -> TaskView:
        known = self._views.get(number)
        if known is None or known[0] != frame:
            known = self._views[number] = frame, unpacked(stored, _VIEW)
        return known[1]

    def _fold(self, number: int, start: int, view: TaskView, turns: _Turns) -> TaskView:
        for frame, entry in self._stored.select(_BETWEEN, (number, start, next(iter(turns)))):
            if isinstance(entry, Poll):
                view, _ = acks.read_task(frame, view, entry, turns.get(frame))
        return view

    def _leap(self, number: int, start: int, view: TaskView, frame: int) -> TaskView:
        """The view after the polls behind `start`, of which none told anything new."""
        if view.last is None:
            return view
        (polls,) = self._connection.execute(_COUNT, (number, start, frame)).fetchone()
        for _, newest in self._stored.select(_NEWEST, (number, frame)):
            if isinstance(newest, Poll) and polls:
                return leap(view, polls, newest)
            if isinstance(newest, Poll) and newest.sent_us == view.last.sent_us:
                return replace(view, last=replace(view.last, body=newest.answer.body))
        return view

    def _number(self, task: TaskRef) -> int | None:
        if task not in self._numbers:
            found = task_number(self._connection, task_columns(task))
            if found is None:
                return None
            self._numbers[task] = found
        return self._numbers[task]
