"""Which two polls a comparison is about."""

from msgspec import Struct

from tui.core.entry import Poll
from tui.core.task import TaskRef
from tui.engine.ports import Passage

_NEAR = 64
"""Entries of a task that are no polls, wishes and gaps, do not stand in longer rows than that."""


class Compared(Struct, frozen=True):
    """Two polls of one task, with their frames."""

    before_frame: int
    before: Poll
    after_frame: int
    after: Poll
    between: int
    """How many entries of the task lie between the two."""
    equal: int
    """How many entries in a row, up to `after`, told no other word: what a history folds to one line."""


def polls_to_compare(passage: Passage, frame: int, task: TaskRef, against: int | None = None) -> Compared | None:
    """The newest poll of `task` up to `frame`, and the poll of that task before it; None when there are not two.

    Args:
        against: the frame of a mark, before or behind `frame`: compare with the task as it was there instead.

    Raises:
        JournalError: the journal cannot be read.
    """
    newest = _polls(passage, frame, task)
    older = newest[1:] if against is None else _polls(passage, against, task)
    if not newest or not older or older[0][0] == newest[0][0]:
        return None
    (first, before), (last, after) = sorted((older[0], newest[0]), key=lambda pair: pair[0])
    rank = passage.rank(task, last)
    changed = passage.previous_change(last + 1, task)
    equal = rank - passage.rank(task, changed) + 1 if changed is not None else rank
    return Compared(first, before, last, after, rank - passage.rank(task, first) - 1, equal)


def _polls(passage: Passage, frame: int, task: TaskRef) -> list[tuple[int, Poll]]:
    """The newest polls of a task up to a frame, newest first: two, if there are."""
    entries = passage.around(frame, _NEAR, 0, task)
    return [(number, entry) for number, entry in reversed(entries) if isinstance(entry, Poll)][:2]
