"""What a screen looks up in a journal while it goes on being written."""

from collections.abc import Callable
from pathlib import Path

from tui.ui.lookback import LooksUp, Scrubs


def open_scrubbing(journal: Path, failed: Callable[[BaseException], None]) -> Scrubs:
    """What the timeline is drawn from, with a connection and a thread of its own."""
    from tui.adapters.journal.scrub import JournalScrub
    from tui.engine.scrubbing import Scrubbing

    scrubbing = Scrubbing(lambda: JournalScrub(journal), failed)
    scrubbing.start()
    return scrubbing


def open_lookups(journal: Path, failed: Callable[[BaseException], None]) -> LooksUp:
    """What is read for a comparison, with a connection and a thread of its own."""
    from tui.adapters.journal.past import JournalPast
    from tui.engine.lookups import Lookups

    return Lookups(lambda: JournalPast(journal), failed)
