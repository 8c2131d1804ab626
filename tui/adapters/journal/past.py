"""Everything as it was at any entry of a journal: `engine.ports.Past`."""

from collections.abc import Callable, Collection
from pathlib import Path

from tui.adapters.journal.lean import LeanEntries
from tui.adapters.journal.passage import JournalPassage
from tui.adapters.journal.past_ends import PastEnds
from tui.adapters.journal.past_log import PastLog
from tui.adapters.journal.past_shelves import PastShelves
from tui.adapters.journal.past_tasks import PastTasks
from tui.adapters.journal.past_tool import PastTool
from tui.adapters.journal.stored import reading
from tui.adapters.journal.tip import Tip
from tui.adapters.journal.trail import end_of_trail
from tui.core.entry import Entry
from tui.core.position import Sight
from tui.core.task import TaskRef
from tui.core.timeline import EVENTS_KEPT, Snapshot
from tui.core.views import TaskView
from tui.engine.ports import GivenUp

FIRST_LINES = 300
"""More log lines than any screen has rows."""

_NEAR = 64
"""So many entries away, all is told again as soon as what is wanted."""

_AT_ONCE = 16
"""Tasks that are told again in a millisecond."""

_LAST = 1 << 62
"""Behind every frame."""

_BETWEEN = "SELECT task FROM entry WHERE frame > ? AND frame <= ? LIMIT ?"
_FAULTS_OF_ALL = "fault WHERE"
_FAULTS_OF_TASK = "fault INDEXED BY fault_task WHERE task = ? AND"
_MARKS = (
    "entry INDEXED BY entry_note WHERE note IS NOT NULL "
    """AND substr(CAST(note AS TEXT), 1, 14) = '{"type":"mark"' AND"""
)


class JournalPast(JournalPassage):
    """The journal at `path` at any of its entries, by its trail.

    Raises:
        JournalError: from every method and from the constructor, in one line for the user.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        lean = LeanEntries(self._connection, self._stored)
        self._tasks = PastTasks(self._connection, self._stored)
        self._tool = PastTool(self._connection, lean)
        self._shelves = PastShelves(self._connection, self._stored)
        self._log = PastLog(self._connection, self._stored)
        self._tip = Tip(self._connection, self._stored, self._from_trail)
        self._ends = PastEnds(self._connection, self._stored)
        self._interrupted = False

    def last(self) -> int:
        """The newest frame; 0 for an empty journal."""
        return self.previous(_LAST) or 0

    def entry(self, frame: int) -> Entry | None:
        """The entry `frame`; None when there is none."""
        with reading(self._path):
            found = self._stored.select("WHERE entry.frame = ?", (frame,))
        return found[0][1] if found else None

    def next_error(self, frame: int, task: TaskRef | None = None) -> int | None:
        """The first poll after `frame` that told no status; None when there is none."""
        return self._after(_FAULTS_OF_ALL if task is None else _FAULTS_OF_TASK, frame, task)

    def previous_error(self, frame: int, task: TaskRef | None = None) -> int | None:
        """The last poll before `frame` that told no status; None when there is none."""
        return self._before(_FAULTS_OF_ALL if task is None else _FAULTS_OF_TASK, frame, task)

    def next_mark(self, frame: int) -> int | None:
        """The first mark after `frame`; None when there is none."""
        return self._after(_MARKS, frame, None)

    def previous_mark(self, frame: int) -> int | None:
        """The last mark before `frame`; None when there is none."""
        return self._before(_MARKS, frame, None)

    def next_end(self, frame: int, task: TaskRef) -> int | None:
        """The first entry after `frame` with which `task` became ENDED or NOT FOUND; None when there is none."""
        with reading(self._path):
            ends = self._ends.told(self._number(task), frame, _LAST)
            return next(iter(ends), None) or next(iter(self._untold_ends(task, frame, _LAST)), None)

    def previous_end(self, frame: int, task: TaskRef) -> int | None:
        """The last entry before `frame` with which `task` became ENDED or NOT FOUND; None when there is none."""
        with reading(self._path):
            ends = self._untold_ends(task, 0, frame) or self._ends.told(self._number(task), 0, frame)
        return ends[-1] if ends else None

    def sight(self, frame: int, wanted: Collection[TaskRef], before: Sight) -> Sight:
        """The fold of all entries up to `frame`, as far as a screen shows it at once; all of it when that is as
        soon."""
        with reading(self._path):
            if frame > end_of_trail(self._connection):
                return Sight(self._given(self._tip.at(frame, self._going)))
            touched = self._touched(frame, before.snapshot.frame) if before.complete else None
            fresh = frozenset(wanted) | (touched or frozenset())
            known = {**before.snapshot.forgotten, **before.snapshot.tasks}
            known.update({task: view for task in fresh if (view := self._tasks.view(task, frame)) is not None})
            watched, forgotten = (
                {task: view for task in tasks if (view := known.get(task)) is not None}
                for tasks in self._shelves.at(frame)
            )
            log = self._log.at(frame, FIRST_LINES if touched is None else EVENTS_KEPT)
            tool, at_us = self._tool.at(frame)
        return Sight(Snapshot(frame, at_us, watched, forgotten, tool, log), touched is not None)

    def whole(self, frame: int, going: Callable[[], bool] = lambda: True) -> Snapshot | None:
        """The fold of all entries up to `frame`; None when `going` said no meanwhile."""
        with reading(self._path):
            if frame > end_of_trail(self._connection):
                return self._tip.at(frame, going)
            return self._whole(frame, going)

    def interrupt(self) -> None:
        """End what is under way with `GivenUp`, and whatever is begun from now on. Callable from any thread."""
        self._interrupted = True

    def _going(self) -> bool:
        return not self._interrupted

    def _given(self, snapshot: Snapshot | None) -> Snapshot:
        if snapshot is None:
            raise GivenUp
        return snapshot

    def _from_trail(self, frame: int) -> Snapshot:
        return self._given(self._whole(frame, self._going))

    def _whole(self, frame: int, going: Callable[[], bool]) -> Snapshot | None:
        shelves: list[dict[TaskRef, TaskView]] = []
        for tasks in self._shelves.at(frame):
            shelf: dict[TaskRef, TaskView] = {}
            for number, task in enumerate(tasks):
                if not number % _AT_ONCE and not going():
                    return None
                view = self._tasks.view(task, frame)
                if view is not None:
                    shelf[task] = view
            shelves.append(shelf)
        watched, forgotten = shelves
        tool, at_us = self._tool.at(frame)
        return Snapshot(frame, at_us, watched, forgotten, tool, self._log.at(frame, EVENTS_KEPT))

    def _touched(self, frame: int, before: int) -> frozenset[TaskRef] | None:
        """The tasks of the entries between two frames; None when these are many."""
        low, high = sorted((frame, before))
        rows = self._connection.execute(_BETWEEN, (low, high, _NEAR + 1)).fetchall()
        if len(rows) > _NEAR:
            return None
        return frozenset(self._stored.task(number) for (number,) in rows if number is not None)

    def _untold_ends(self, task: TaskRef, after: int, before: int) -> list[int]:
        """The ends of `task` between two frames that the trail does not tell."""
        end = end_of_trail(self._connection)
        view = self._tasks.view(task, end) if end else None
        return self._ends.untold(self._number(task), view or TaskView(task, 0), max(after, end), before, end)
