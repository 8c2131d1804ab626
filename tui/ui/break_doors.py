"""Where a screen's breakpoints come from and what they can do: bound together in `wiring`, faked in tests."""

from collections.abc import Callable, Sequence

from msgspec import Struct

from tui.core.breakpoint import Breakpoint, Breaks, Count


class BreakDoors(Struct, frozen=True):
    """What lies behind the breakpoints of one screen. A recording has breakpoints too, and nothing that guards."""

    load: Callable[[], tuple[Breaks, str]]
    """What was saved, and a line when that could not be read."""
    save: Callable[[Breaks], str]
    """Keeps them; a line when that could not be done."""
    guard: Callable[[Sequence[Breakpoint]], None]
    """Look for hits of these from now on. Thread-safe; raises PredicateError."""
    log: Callable[[str], object]
    """Puts a line into the journal."""
    count: Callable[[Breakpoint, Callable[[Count], bool]], Count]
    """Counts hits in all of the journal, for as long as the callback says to go on. Takes its time, in any thread.

    Raises `engine.ports.GivenUp`, PredicateError or JournalError."""
    given: tuple[Breakpoint, ...] = ()
    """From the command line."""


NO_DOORS = BreakDoors(
    load=lambda: (Breaks(), ""),
    save=lambda _: "",
    guard=lambda _: None,
    log=lambda _: None,
    count=lambda _one, _told: Count(),
)
"""Breakpoints that last as long as the screen, and are hit by nothing."""
