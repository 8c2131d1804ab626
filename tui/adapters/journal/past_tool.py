"""What the tool knew of itself at an entry, from the milestones of the trail."""

import sqlite3

import msgspec
from msgspec.structs import replace

from tui.adapters.journal.lean import LeanEntries
from tui.adapters.journal.packing import unpacked
from tui.core import reading
from tui.core.trail import SPENT_FROM, spent
from tui.core.views import ToolView

_MILESTONE = "SELECT frame, at_us, tool FROM tool_milestone WHERE frame <= ? ORDER BY frame DESC LIMIT 1"

_TOOL = msgspec.json.Decoder(ToolView)

_State = tuple[int, int, ToolView]
"""A frame, the newest time up to there, and the tool."""


class PastTool:
    """The tool in the journal behind one connection. Its methods raise what `stored.reading` makes
    a JournalError of."""

    def __init__(self, connection: sqlite3.Connection, lean: LeanEntries) -> None:
        self._connection = connection
        self._lean = lean
        self._state: _State = (0, 0, ToolView())

    def at(self, frame: int) -> tuple[ToolView, int]:
        """The tool after all entries up to `frame`, which the trail reaches, and the newest time among them, µs UTC."""
        reached, at_us, tool = self._start(frame)
        for number, entry in self._lean.between(reached, frame):
            at_us = max(at_us, entry.at_us)
            tool = reading.step_tool(number, tool, entry)
        self._state = frame, at_us, tool
        return tool, at_us

    def _start(self, frame: int) -> _State:
        """The nearest state before: the one told last, or a milestone."""
        found = self._connection.execute(_MILESTONE, (frame,)).fetchone()
        reached, at_us, stored = found or (0, 0, None)
        if reached <= self._state[0] <= frame or stored is None:
            return self._state if self._state[0] <= frame else (0, 0, ToolView())
        tool = unpacked(stored, _TOOL)
        if not tool.recent:
            recent, latencies_us = spent(self._lean.spent(reached, SPENT_FROM))
            tool = replace(tool, recent=recent, latencies_us=latencies_us)
        return reached, at_us, tool
