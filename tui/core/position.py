"""Where in the past one is, how one wishes to go on from there, and what one finds on arrival."""

from enum import StrEnum

from msgspec import Struct

from tui.core.breakpoint import Breakpoint
from tui.core.entry import Entry
from tui.core.task import TaskRef
from tui.core.timeline import Snapshot


class Way(StrEnum):
    """By what one goes. All but FRAME, TIME, FIRST and LAST lead forward or back."""

    STEP = "step"
    """To the next entry."""
    PAGE = "page"
    """`PAGE` entries at once."""
    CHANGE = "change"
    """To the next poll that told another word than the one before."""
    ERROR = "error"
    """To the next poll that told no status."""
    HIT = "hit"
    """To where one of `breakpoints` hits next."""
    UNTIL = "until"
    """To where `predicate` holds next."""
    MARK = "mark"
    """To the next mark."""
    END = "end"
    """To where the task ended, or was not found."""
    FRAME = "frame"
    TIME = "time"
    """To the newest entry at a moment."""
    FIRST = "first"
    LAST = "last"


PAGE = 10
"""Entries of one page."""


class Wish(Struct, frozen=True):
    """One way to go, from wherever one is when its turn comes."""

    way: Way
    back: bool = False
    task: TaskRef | None = None
    """Whose entries count; None: those of all tasks, and of the tool."""
    frame: int = 0
    """For FRAME."""
    at_us: int = 0
    """For TIME, µs UTC."""
    breakpoints: tuple[Breakpoint, ...] = ()
    """For HIT."""
    predicate: str = ""
    """For UNTIL."""
    origin: int | None = None
    """The frame from which one goes; None: from where one is."""


class Sight(Struct, frozen=True):
    """Everything at a position, or as much of it as a screen shows at once."""

    snapshot: Snapshot = Snapshot()
    complete: bool = True
    """False: only the views of the wanted tasks, the order of all, the tool and the newest log lines are of this
    frame."""


class Found(Struct, frozen=True):
    """A frame to go to, and a line for the operator."""

    frame: int | None
    """None: there is none, and `told` says so."""
    told: str = ""
    task: TaskRef | None = None
    """Whose breakpoint hits there."""


class Arrival(Struct, frozen=True):
    """Where a wish has led."""

    snapshot: Snapshot
    """Everything as it was after the entry `snapshot.frame`, and nothing that came later."""
    entry: Entry | None
    """That entry; None before the first one."""
    complete: bool
    """False: the views of the wanted tasks, the tool, the entry and the newest log lines are of this frame; other tasks
    are shown as they were before, and follow in another Arrival at the same frame."""
    changed: frozenset[TaskRef] | None
    """The tasks whose views may differ from the Arrival before; None for all."""
    newest: int
    """The last frame of the journal."""
    moved: bool
    """False: there was nowhere to go, and `told` says why."""
    told: str = ""
    """One line for the operator: why one stays, or which breakpoint hit; empty when there is nothing to say."""
    task: TaskRef | None = None
    """Whose breakpoint hits here."""
