"""The poller's pen: everything it saw goes into the journal under its tenure, however long it takes."""

import asyncio
from collections.abc import Callable

from tui.core.entry import Entry, Level, Note, Topic
from tui.core.lease import Tenure
from tui.engine.insisting import insist
from tui.engine.outside import Outside
from tui.engine.ports import JournalError
from tui.protocol.evidence import Evidence


class Scribe:
    """Writes for one tenure.

    Raises:
        Deposed: from every method; another process polls by now, and nothing was written.
    """

    def __init__(self, outside: Outside, tenure: Tenure, blocked: Callable[[], None]) -> None:
        self._outside = outside
        self._tenure = tenure
        self._blocked = blocked

    async def write(self, entry: Entry, left: Evidence | None = None) -> int:
        """Append, with what it left behind, and wait until both are safe; its frame."""

        async def attempt() -> int:
            return await asyncio.wrap_future(self._outside.append(entry, self._tenure, left))

        return await insist(attempt, self._outside.clock, self._outside.waits, self._blocked)

    async def note(self, topic: Topic, text: str, level: Level = Level.INFO) -> None:
        """Write what the tool itself did."""
        await self.write(Note(self._outside.clock.now_us(), topic, text, level))

    async def last_word(self, topic: Topic, text: str) -> None:
        """The same at the end, tried once: a full disk must not keep anybody from leaving."""
        entry = Note(self._outside.clock.now_us(), topic, text)
        try:
            await asyncio.wrap_future(self._outside.append(entry, self._tenure, None))
        except JournalError:
            return
