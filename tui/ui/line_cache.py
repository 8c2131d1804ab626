"""Lines that need not be made again: most rows of a frame, and all but two after a step of the cursor, stay."""

from collections.abc import Callable, Hashable

from tui.render.line import Line

MOST = 512
"""More lines than any terminal shows at once."""


class LineCache:
    """Remembers, for each thing shown, its line and the facts it was made of."""

    def __init__(self) -> None:
        self._lines: dict[Hashable, tuple[tuple[object, ...], Line]] = {}

    def line(self, thing: Hashable, facts: tuple[object, ...], make: Callable[[], Line]) -> Line:
        """The line of `thing`, which depends on nothing but `facts`."""
        known = self._lines.get(thing)
        if known is not None and known[0] == facts:
            return known[1]
        if len(self._lines) >= MOST:
            self._lines.clear()
        made = make()
        self._lines[thing] = facts, made
        return made
