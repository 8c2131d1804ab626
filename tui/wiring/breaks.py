"""Breakpoints over the real doors."""

from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from tui.adapters.breakpoint_file import BreakpointFile, BreakpointFileError
from tui.core.breakpoint import Breakpoint, Breaks, Count
from tui.engine.ports import Hunter
from tui.engine.session import Session
from tui.ui.break_doors import BreakDoors
from tui.wiring.account import Account


def account_breaks(session: Session, account: Account, given: Sequence[Breakpoint] = ()) -> BreakDoors:
    """Breakpoints that are kept for an account, and guarded in what comes in."""
    kept = _Kept(BreakpointFile(break_path(account)))
    return BreakDoors(kept.load, kept.save, session.guard, session.tell_hit, _Counting(account.journal), tuple(given))


def recording_breaks(journal: Path, given: Sequence[Breakpoint] = ()) -> BreakDoors:
    """Breakpoints that last as long as somebody looks at a recording."""
    return BreakDoors(
        load=lambda: (Breaks(), ""),
        save=lambda _: "",
        guard=lambda _: None,
        log=lambda _: None,
        count=_Counting(journal),
        given=tuple(given),
    )


def break_path(account: Account) -> Path:
    """Where the breakpoints of an account are kept: beside how its screen is arranged."""
    return account.view_file.parents[1] / "breakpoints" / account.view_file.name


def open_hunter(journal: Path, going: Callable[[], bool]) -> Hunter:
    """What finds hits in a journal. Called in the thread that will use it.

    Raises:
        JournalError: it cannot be read.
    """
    from tui.adapters.journal.past import JournalPast
    from tui.adapters.journal.rows import JournalRows
    from tui.engine.hunting import JournalHunter

    return JournalHunter(JournalRows(journal), JournalPast(journal), going)


class _Kept(Struct, frozen=True):
    """The file, with its complaints as lines."""

    file: BreakpointFile

    def load(self) -> tuple[Breaks, str]:
        try:
            return self.file.load(), ""
        except BreakpointFileError as error:
            return Breaks(), str(error)

    def save(self, breaks: Breaks) -> str:
        try:
            self.file.save(breaks)
        except BreakpointFileError as error:
            return str(error)
        return ""


class _Counting(Struct, frozen=True):
    """Counts in a journal, with a connection of its own each time: in whatever thread somebody waits in."""

    journal: Path

    def __call__(self, one: Breakpoint, told: Callable[[Count], bool]) -> Count:
        from tui.adapters.journal.rows import JournalRows
        from tui.engine.hunting import count_hits

        with closing(JournalRows(self.journal)) as rows:
            return count_hits(rows, one, told)
