"""The one row of the table `lease`, and what can be told from it."""

import sqlite3
from typing import NamedTuple

from tui.adapters.journal import attention
from tui.adapters.journal.boot import Boot
from tui.core.lease import LeaseView, Tenure
from tui.engine.ports import Deposed

_ABSURD_US = 600_000_000
"""No slot and no lease lies ten minutes ahead: such a time is of a boot that could not be told from this one."""


class LeaseRow(NamedTuple):
    """The columns of `lease` behind its `id`; `schema.py` says what they hold."""

    owner: str
    holder: str
    epoch: int
    until_us: int
    locked: int
    free_us: int
    interval_us: int
    boot: str

    def at(self, now_us: int, boot: str) -> "LeaseRow":
        """The same at `now_us` of `boot`: no time of another boot, no free slot in the past."""
        if self.boot != boot:
            return self._replace(until_us=0, free_us=now_us, boot=boot)
        absurd_us = now_us + _ABSURD_US
        until_us = self.until_us if self.until_us < absurd_us else 0
        free_us = max(now_us, self.free_us) if self.free_us < absurd_us else now_us
        return self._replace(until_us=until_us, free_us=free_us)

    def is_held(self, now_us: int) -> bool:
        """Whether somebody polls, who has renewed in time."""
        return bool(self.owner) and now_us <= self.until_us

    def insist(self, tenure: Tenure) -> None:
        """Go on only in the present tenure.

        Raises:
            Deposed: `tenure` is over.
        """
        if (self.owner, self.epoch) != (tenure.owner, tenure.epoch):
            raise Deposed("another process polls this journal by now")


_COLUMNS = ", ".join(LeaseRow._fields)
_LOAD = f"SELECT {_COLUMNS} FROM lease"  # noqa: S608 -- names of our own
_STORE = f"UPDATE lease SET ({_COLUMNS}) = ({', '.join('?' * len(LeaseRow._fields))})"  # noqa: S608 -- as above


def load(connection: sqlite3.Connection) -> LeaseRow:
    """The row as it is stored."""
    (row,) = connection.execute(_LOAD).fetchall()
    return LeaseRow._make(row)


def store(connection: sqlite3.Connection, row: LeaseRow) -> None:
    """Replace the row, inside the transaction in which it was loaded."""
    connection.execute(_STORE, row)


def view(connection: sqlite3.Connection, boot: Boot) -> LeaseView:
    """What everybody can see of the lease."""
    viewers, now_us = attention.viewers(connection, boot), boot.now_us()
    row = load(connection).at(now_us, boot.id)
    if not row.is_held(now_us):
        return LeaseView(viewers=viewers)
    return LeaseView(row.owner, row.holder, 1e6 / row.interval_us, viewers)
