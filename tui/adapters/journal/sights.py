"""When somebody looked again after a gap."""

import sqlite3

from tui.adapters.journal.told import ToldGap
from tui.core.fault import BLINDING

AT_ONCE = 1_000
"""Polls that are looked at in one request: 5 ms. In an outage there is one every 30 s."""

_CHUNK = 16

_POLLS = (
    "SELECT entry.frame, entry.at_us, answer.fault_class FROM entry {index} "
    "CROSS JOIN answer ON answer.id = entry.answer WHERE {task} entry.frame > ? ORDER BY entry.frame LIMIT ?"
)
_OF_ALL = _POLLS.format(index="NOT INDEXED", task="")
_OF_TASK = _POLLS.format(index="INDEXED BY entry_task", task="entry.task = ? AND")

_BLINDING = frozenset(blinding.value for blinding in BLINDING)


class Sights:
    """The first poll behind each gap that told anything. What was found stays found."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._found: dict[tuple[int, int | None], int] = {}
        """Of a gap, by its frame and task: when it ended."""
        self._searched: dict[tuple[int, int | None], int] = {}
        """Of a gap whose end is not found yet: up to which frame there is none."""
        self._newest = 0
        self._left = AT_ONCE
        self.complete = True
        """Whether, since `begin`, all was searched that there is."""

    def begin(self, newest: int) -> None:
        """Another request, in which entries up to `newest` can be seen, may look at `AT_ONCE` polls."""
        self._newest, self._left, self.complete = newest, AT_ONCE, True

    def next(self, gap: ToldGap, task: int | None) -> int | None:
        """When somebody looked again at `task`, or at any for None, µs UTC; None when nobody did so far."""
        key = (gap.frame, task)
        while key not in self._found:
            frame = self._searched.get(key, gap.frame)
            if frame >= self._newest:
                return None
            if self._left <= 0:
                self.complete = False
                return None
            self._search(key, frame)
        return self._found[key]

    def _search(self, key: tuple[int, int | None], frame: int) -> None:
        """Look at some more polls behind `frame`."""
        task = key[1]
        own = () if task is None else (task,)
        rows = self._connection.execute(_OF_ALL if task is None else _OF_TASK, (*own, frame, _CHUNK)).fetchall()
        self._left -= 1 + len(rows)
        seen = next((at_us for _, at_us, fault_class in rows if fault_class not in _BLINDING), None)
        if seen is not None:
            self._found[key] = seen
            self._searched.pop(key, None)
        else:
            self._searched[key] = rows[-1][0] if rows else self._newest
