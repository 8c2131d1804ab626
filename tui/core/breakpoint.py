"""Breakpoints and watch expressions as data. What a hit is, is decided in `core.sentry`: nothing here is evaluated."""

from collections.abc import Iterable
from enum import StrEnum
from fnmatch import fnmatchcase

from msgspec import Struct
from msgspec.structs import replace

from tui.core.task import TaskRef
from tui.core.views import TaskView


class Action(StrEnum):
    """What a hit does; the values are the words in the editor."""

    STOP = "stop"
    """The view stands at the frame of the hit; polls and recording go on."""
    HOLD = "hold"
    """The task is polled only when somebody asks, for `HOLD_US`."""
    MARK = "mark"
    BELL = "bell"
    LOG = "log"
    """A line in the journal, for all screens and for good."""


ALL_TASKS = "*"


class Breakpoint(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A predicate, for whom it counts, and what to do when it becomes true."""

    number: int
    """What people call it: BP#3."""
    when: str
    """As typed; `core.predicate` reads it."""
    scope: str = ALL_TASKS
    actions: tuple[Action, ...] = (Action.STOP, Action.BELL)
    ignore: int = 0
    """So many hits do nothing."""
    once: bool = False
    """The first hit that does something turns it off."""
    expires_us: int | None = None
    """From this moment on nothing hits, µs UTC; None: never."""
    note: str = ""
    on: bool = True

    def does(self, action: Action) -> bool:
        """Whether a hit does this."""
        return action in self.actions


class Watch(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """An expression whose value is shown at every position."""

    text: str
    stops: bool = False
    """The view stands still when the value changes."""


class Breaks(Struct, frozen=True, forbid_unknown_fields=True):
    """All that an operator has set for an account, in the order of the editor."""

    breakpoints: tuple[Breakpoint, ...] = ()
    watches: tuple[Watch, ...] = ()

    @property
    def on(self) -> tuple[Breakpoint, ...]:
        """Those that are switched on."""
        return tuple(one for one in self.breakpoints if one.on)

    def free_number(self) -> int:
        """The number of the next new one: numbers are not given twice while the highest one is there."""
        return 1 + max((one.number for one in self.breakpoints), default=0)

    def with_one(self, changed: Breakpoint) -> "Breaks":
        """With `changed` in the place of the one of its number, or behind the last one; in the order of numbers."""
        others = (one for one in self.breakpoints if one.number != changed.number)
        return replace(self, breakpoints=tuple(sorted((*others, changed), key=lambda one: one.number)))

    def without(self, number: int) -> "Breaks":
        """Without that one."""
        return replace(self, breakpoints=tuple(one for one in self.breakpoints if one.number != number))

    def with_watch(self, watch: Watch) -> "Breaks":
        """With `watch` in the place of the one with its text, or behind the last one."""
        if any(one.text == watch.text for one in self.watches):
            return replace(self, watches=tuple(watch if one.text == watch.text else one for one in self.watches))
        return replace(self, watches=(*self.watches, watch))

    def without_watch(self, text: str) -> "Breaks":
        """Without that one."""
        return replace(self, watches=tuple(one for one in self.watches if one.text != text))


class Hit(Struct, frozen=True):
    """Where a breakpoint's predicate became true."""

    frame: int
    at_us: int
    """The time of that position, µs UTC."""
    number: int
    """The breakpoint's."""
    task: TaskRef


class Count(Struct, frozen=True):
    """Hits of one breakpoint in a recording, as far as that was looked through."""

    hits: int = 0
    tasks: int = 0
    """How many different ones were hit."""
    newest: Hit | None = None
    looked: int = 0
    """Frames that were looked through."""
    of: int = 0
    """How many there are."""

    @property
    def complete(self) -> bool:
        """Whether all of the recording is in."""
        return self.looked >= self.of


def in_scope(scope: str, view: TaskView) -> bool:
    """Whether a task is meant by `scope`: its name, TaskId or REGION/SDKAPPID/TASKID, with `*` and `?` for the rest.

    What is written exactly so always counts, also where it holds `*`, `?` or brackets itself.
    """
    if scope == ALL_TASKS:
        return True
    texts = (view.name, view.task.task_id, str(view.task))
    return any(text == scope or (text and fnmatchcase(text, _literal(scope))) for text in texts)


def count_in_scope(scope: str, views: Iterable[TaskView]) -> int:
    """How many of these tasks are meant."""
    return sum(in_scope(scope, view) for view in views)


def _literal(scope: str) -> str:
    """Brackets stand for themselves: names have them (`[prod] studio`)."""
    return scope.replace("[", "[[]")
