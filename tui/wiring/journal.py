"""The journal itself: what it looks like, whether it is sound, and making it smaller."""

import time
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from tui.adapters.clock import SystemClock
from tui.adapters.journal import JournalReader
from tui.adapters.journal.retention import JournalKeeper
from tui.adapters.journal.shape import Shape, damages, shape_of
from tui.core.retention import THIN_AFTER_US

_PAUSE_S = 0.01
"""After each piece of work, for whoever wants to write meanwhile."""


class Look(Struct, frozen=True):
    """A journal from outside."""

    shape: Shape
    holder: str
    """Who polls it; empty for nobody."""


class Compacted(Struct, frozen=True):
    """What compacting did."""

    deleted: int
    """Polls that told nothing new."""
    before_bytes: int
    after_bytes: int
    holder: str
    """Who polls, so that the file was not written anew; empty when it was."""


def look_at(journal: Path) -> Look:
    """What there is to see without reading all of it.

    Raises:
        JournalError: it cannot be read.
    """
    return Look(shape_of(journal), _holder(journal))


def check(journal: Path) -> list[str]:
    """What is wrong with a journal, a line each.

    Raises:
        JournalError: it cannot be read at all.
    """
    return damages(journal)


def compact(journal: Path) -> Compacted:
    """Thin out what is due, and give back what is free. Whoever polls goes on meanwhile, waiting for milliseconds.

    The file is written anew only while nobody polls: that takes seconds, in which nobody else can write.

    Raises:
        JournalError: it is not there, or cannot be written.
    """
    before = shape_of(journal)
    with closing(JournalKeeper(journal)) as keeper:
        before_us = SystemClock().now_us() - THIN_AFTER_US
        while keeper.thin(before_us):
            _let_others_write()
        keeper.drop_unused_answers()
        holder = _holder(journal)
        if holder:
            while keeper.give_back():
                _let_others_write()
        else:
            keeper.vacuum()
        keeper.checkpoint()
        after = shape_of(journal)
    return Compacted(keeper.deleted, _bytes(before), _bytes(after), holder)


def _holder(journal: Path) -> str:
    with closing(JournalReader(journal)) as reader:
        lease = reader.lease()
    return (lease.holder or "another process") if lease.owner else ""


def _bytes(shape: Shape) -> int:
    return shape.file_bytes + shape.log_bytes


def _let_others_write() -> None:
    time.sleep(_PAUSE_S)  # noqa: TID251 - a command of its own that does nothing else
