"""What need not be kept for ever: polls that told nothing new, but for one a minute.

Nothing that a fold is made of goes: the fold of what is left has the same transitions, findings, gaps, outages and log
lines as the fold of everything, and the same runs with the same beginnings and ends. What is lower are counts (polls,
errors, how often something repeated), and what is told by how close requests were to each other: rates, peaks, the
clock's measured offset, signs that somebody else uses the same limit.
"""

from msgspec import Struct

from tui.core.conformance import starts_later
from tui.core.entry import Ack, Entry, Fault, Gap, Mark, Note, Poll, Request, Seen
from tui.core.fault import FaultClass
from tui.core.ledger import telling
from tui.core.reading import BLIND_AFTER
from tui.core.task import TaskRef

THIN_AFTER_US = 7 * 86_400_000_000
"""How long every poll is kept."""

ONE_EVERY_US = 60_000_000
"""Of equal polls of a task, one in each such stretch is kept for ever."""

_STREAK_KEPT = max(BLIND_AFTER.values())
"""Of failures in a row over all tasks, so many tell that the tool is blind, and since when."""

_Told = tuple[FaultClass | None, str, int, bool]
"""What makes answers differ: the class of a failure, the status or code, StartTime, and whether that is yet to come."""


class _Past(Struct):
    """What is behind one task."""

    told: _Told
    sent_us: int
    stretch: int
    """Which of the stretches between entries that are no polls its newest poll is in."""
    kept_us: int
    """When its newest poll that stays was sent."""
    spare: int = 0
    """The frame of its newest poll, if that may go once the next one is equal; 0 if not."""


class Sieve:
    """Passes through a journal from any entry on, and tells which polls may be deleted.

    What it has not seen counts as different, so that it keeps a few polls more where it begins and where it ends. It
    may be stopped anywhere, and what it has told so far deleted. Only a gap that it has not seen, together with a clock
    that was set back behind it, may let a run begin one poll later.
    """

    def __init__(self, before_us: int) -> None:
        self.before_us = before_us
        self._tasks: dict[TaskRef, _Past] = {}
        self._stretch = 0
        self._gap_us = -1
        """Since when nobody looked at any task, the newest such time; and whether it lasts."""
        self._gap_open = False
        self._gaps_us: dict[TaskRef, int] = {}
        self._streak_class: FaultClass | None = None
        """Of the failures in a row, over all tasks, that the entry before ends; and how many they are."""
        self._streak = 0
        self._seeing = False
        """Whether the entry before was a poll that told anything: then the next one ends no outage and no gap."""
        self._doubtful: _Past | None = None
        """Whose spare poll is the entry before, a failure."""

    def take(self, frame: int, entry: Entry) -> int | None:
        """The next entry of the journal; returns the frame of an earlier poll that may be deleted, if there is one."""
        failed = None if not isinstance(entry, Poll) or telling(entry) else _told(entry)[0]
        if self._doubtful is not None and failed is not self._streak_class:
            self._doubtful.spare = 0  # the last failure of a streak tells until when the tool was blind
        self._doubtful = None
        self._streak = self._streak + 1 if failed is not None and failed is self._streak_class else 1
        self._streak_class = failed
        if not isinstance(entry, Poll):
            self._part(entry)
            self._seeing = False
            return None
        freed = self._join(frame, entry, failed)
        self._seeing = failed is None
        self._gap_open = self._gap_open and not self._seeing
        return freed

    def _part(self, entry: Request | Note | Gap | Mark | Ack) -> None:
        """What stands on both sides of an entry that is no poll is kept: of its task, or of all tasks."""
        task = None if isinstance(entry, Note) else entry.task
        if task is not None:
            self._tasks.pop(task, None)
        else:
            self._stretch += 1
        if not isinstance(entry, Gap):
            return
        if task is not None:
            self._gaps_us[task] = entry.since_us
        else:
            self._gap_us = max(self._gap_us, entry.since_us) if self._gap_open else entry.since_us
            self._gap_open = True

    def _join(self, frame: int, poll: Poll, failed: FaultClass | None) -> int | None:
        told, past = _told(poll), self._tasks.get(poll.task)
        if past is None or past.told != told or past.stretch != self._stretch or self._missed(poll.task, past):
            self._tasks[poll.task] = _Past(told, poll.sent_us, self._stretch, poll.sent_us)
            return None
        freed, past.spare, past.sent_us = past.spare, 0, poll.sent_us
        if self._tells(poll, past, failed):
            past.kept_us = poll.sent_us
        else:
            past.spare = frame
            self._doubtful = past if failed is not None else None
        return freed or None

    def _missed(self, task: TaskRef, past: _Past) -> bool:
        """Whether nobody looked for some time since the newest poll was sent: the next one begins a run."""
        return past.sent_us <= max(self._gap_us, self._gaps_us.get(task, -1))

    def _tells(self, poll: Poll, past: _Past, failed: FaultClass | None) -> bool:
        """Whether `poll` is kept although those before and behind it are equal."""
        if poll.sent_us >= self.before_us or past.kept_us // ONE_EVERY_US != poll.sent_us // ONE_EVERY_US:
            return True
        if failed is not None:
            return self._streak <= _STREAK_KEPT
        # An END is confirmed by the one behind it. The first look after a failure or a gap ends that.
        return past.told[0] is FaultClass.END or not self._seeing


def _told(poll: Poll) -> _Told:
    match poll.answer:
        case Seen():
            return None, poll.answer.status, poll.answer.start_time_ms, starts_later(poll, poll.answer)
        case Fault():
            return poll.answer.fault_class, poll.answer.code, 0, False
