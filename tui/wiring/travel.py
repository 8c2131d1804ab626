"""The way into the past of a journal."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from tui.ui.travel import Travel


def open_travel(journal: Path, frame: int, failed: Callable[[BaseException], None]) -> Travel:
    """A traveller that stands at `frame`, with a connection and a thread of its own."""
    from tui.adapters.journal.past import JournalPast
    from tui.engine.traveller import Traveller
    from tui.wiring.breaks import open_hunter

    traveller = Traveller(lambda: JournalPast(journal), failed, partial(open_hunter, journal))
    traveller.start(frame)
    return traveller
