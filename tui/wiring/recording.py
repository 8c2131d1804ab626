"""A recording on the screen: its journal, read and never written."""

from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from tui.adapters.clock import SystemClock
from tui.adapters.journal import JournalReader
from tui.adapters.journal.bell import LookingBell
from tui.adapters.journal.bundle import opened, write_bundle
from tui.core.breakpoint import Breakpoint
from tui.core.task import TaskRef
from tui.engine.recording import NoAsks, Recording
from tui.render.header import Identity
from tui.render.view import View
from tui.ui.pages import Page
from tui.ui.source import Source
from tui.wiring.breaks import recording_breaks
from tui.wiring.looking_back import open_lookups, open_scrubbing
from tui.wiring.travel import open_travel

__all__ = ["open_recording", "write_bundle"]


def open_recording(file: Path, breaks: Sequence[Breakpoint] = ()) -> Source:
    """What a screen needs to replay `file`, a journal or a bundle; its `close` gives everything back.

    Args:
        breaks: what the command line wants to stop at.

    Raises:
        JournalError: it cannot be read.
    """
    with ExitStack() as stack:
        journal = stack.enter_context(opened(file))
        recording = Recording(lambda: JournalReader(journal), lambda: LookingBell(journal), SystemClock())
        JournalReader(journal).close()  # what is wrong with it is told before there is a screen
        recording.open()
        stack.callback(recording.stop)
        close = stack.pop_all().close
    return Source(
        asks=NoAsks(),
        take=recording.take,
        listen=recording.listen,
        shown=_nothing,
        attend=_nothing,
        failure=lambda: recording.failure,
        now_us=recording.now_us,
        load_view=View,
        save_view=_nothing,
        open_travel=partial(open_travel, journal),
        open_scrubbing=partial(open_scrubbing, journal),
        open_lookups=partial(open_lookups, journal),
        open_recording=open_recording,
        close=close,
        identity=Identity(profile=file.name, recording=str(file)),
        breaks=recording_breaks(journal, breaks),
        inspector=partial(_inspector, journal),
    )


def _inspector(journal: Path, task: TaskRef, name: str, frame: int) -> Page:
    from tui.ui.dialogs.inspector import Inspector
    from tui.wiring.inspection import JournalInspector

    return Inspector(JournalInspector(journal, None, None), task, name, frame)


def _nothing(*_told: object) -> None:
    """A recording remembers nothing of who looks at it."""
