"""What a screen looks up in a journal while it goes on being written."""

from collections.abc import Callable
from pathlib import Path

from tui.engine.lookups import Lookups
from tui.engine.scrubbing import Scrubbing


def open_scrubbing(journal: Path, failed: Callable[[BaseException], None]) -> Scrubbing:
    """What the timeline is drawn from, with a connection and a thread of its own."""
    from tui.adapters.journal.scrub import JournalScrub

    scrubbing = Scrubbing(lambda: JournalScrub(journal), failed)
    scrubbing.start()
    return scrubbing


def open_lookups(journal: Path, failed: Callable[[BaseException], None]) -> Lookups:
    """What is read for a comparison, with a connection and a thread of its own."""
    from tui.adapters.journal.past import JournalPast

    return Lookups(lambda: JournalPast(journal), failed)
