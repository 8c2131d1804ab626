"""Who polls, and when the next request may be sent: `engine.ports.Lease`.

One row of the journal holds both. It is read and written in one short transaction, by all processes of the host.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tui.adapters.journal import lease_row
from tui.adapters.journal.bell import toll
from tui.adapters.journal.boot import this_boot
from tui.adapters.journal.door import door, transaction
from tui.adapters.journal.lease_row import LeaseRow
from tui.adapters.journal.lock import LockFile
from tui.adapters.journal.opening import open_for_writing
from tui.core.lease import TTL_US, Slot, Tenure
from tui.engine.ports import Deposed

_OWNER_BYTES = 8

_CHECKPOINT_PAGES = 4_000
"""Four times what the others wait for: they copy the log into the journal, and no slot is late for it. Only where
nobody writes anything else the lease has to."""


class JournalLease:
    """The lease of the journal at `path`, which is made when it is not there. `holder` names this process to people.

    Whoever polls also holds a lock file, so that its death is seen at once; the row says whether it does. A poller
    that was stopped keeps that file though another one polls by now: who gets it later must not take it for the lock
    of the present poller, which has none until it renews.

    Raises:
        JournalError: from every method but `late_us`, and from the constructor, in one line for the user.
    """

    def __init__(self, path: Path, holder: str, owner: str = "") -> None:
        self._path = path
        # A process number is used again after a while; this is not.
        self._owner = owner or os.urandom(_OWNER_BYTES).hex()
        self._holder = holder.encode(errors="replace").decode()
        self._boot = this_boot()
        self._lock = LockFile(path)
        self._connection = open_for_writing(path)
        with door(path):
            self._connection.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}")

    def campaign(self) -> Tenure | None:
        """Become the poller if there is none, or if it is dead or stopped; None while another one polls.

        That another one polls costs a read, and never waits for a writer.
        """
        with door(self._path):
            tenure = self._take() if self._is_vacant(lease_row.load(self._connection)) else None
        if tenure is None:
            self._lock.let_go()
        else:
            toll(self._path)
        return tenure

    def renew(self, tenure: Tenure) -> None:
        """Stay the poller for another `TTL_US`.

        Raises:
            Deposed: somebody else is, by now.
        """
        locked = self._lock.take()
        with self._row_of(tenure) as (row, now_us):
            lease_row.store(self._connection, row._replace(until_us=now_us + TTL_US, locked=locked))

    def reserve(self, tenure: Tenure | None, interval_us: int | None = None) -> Slot:
        """The next slot, after which nobody has one for `interval_us`; None takes what the poller last gave.

        Args:
            tenure: None for a request of one's own beside the poller's, which takes its interval in any case.

        Raises:
            Deposed: `tenure` is not the present one.
        """
        with self._row_of(tenure) as (row, _):
            spacing = row.interval_us if tenure is None or interval_us is None else interval_us
            lease_row.store(self._connection, row._replace(free_us=row.free_us + spacing, interval_us=spacing))
        return Slot(row.free_us, max(0, row.free_us - self._boot.now_us()))

    def late_us(self, slot: Slot) -> int:
        """How long the time of a slot is past, µs; negative before it. An overslept permission must not be used."""
        return self._boot.now_us() - slot.at_us

    def pause(self, tenure: Tenure, for_us: int) -> None:
        """Nobody gets a slot within the next `for_us`.

        Raises:
            Deposed: `tenure` is not the present one.
        """
        with self._row_of(tenure) as (row, now_us):
            lease_row.store(self._connection, row._replace(free_us=max(row.free_us, now_us + for_us)))

    def release(self, tenure: Tenure) -> None:
        """Leave: whoever campaigns next is the poller at once. Nothing when it is somebody else's by now.

        The slots given stay given: the next poller goes on behind them.
        """
        try:
            with self._row_of(tenure) as (row, _):
                lease_row.store(self._connection, row._replace(owner="", holder="", until_us=0, locked=False))
        except Deposed:
            return
        self._lock.let_go()
        toll(self._path)

    def close(self) -> None:
        """Give the file back. A poller that did not leave before counts as dead from now on."""
        self._lock.close()
        with door(self._path):
            self._connection.close()

    def _is_vacant(self, row: LeaseRow) -> bool:
        """Whether the place is free: left, not renewed in time, or its owner dead, as the lock file tells."""
        now_us = self._boot.now_us()
        return not row.at(now_us, self._boot.id).is_held(now_us) or (bool(row.locked) and self._lock.take())

    def _take(self) -> Tenure | None:
        with transaction(self._connection):
            before = lease_row.load(self._connection)
            if not self._is_vacant(before):
                return None
            now_us = self._boot.now_us()
            after = before.at(now_us, self._boot.id)._replace(
                owner=self._owner,
                holder=self._holder,
                epoch=before.epoch + 1,
                until_us=now_us + TTL_US,
                locked=self._lock.take(),
            )
            lease_row.store(self._connection, after)
            ((frame,),) = self._connection.execute("SELECT coalesce(max(frame), 0) FROM entry").fetchall()
        return Tenure(self._owner, after.epoch, frame, (before.holder or before.owner) if before.owner else "")

    @contextmanager
    def _row_of(self, tenure: Tenure | None) -> Iterator[tuple[LeaseRow, int]]:
        """The row while nobody else can change it, and the time. With a tenure that is over, its lock is let go too."""
        try:
            with door(self._path), transaction(self._connection):
                row = lease_row.load(self._connection)
                if tenure is not None:
                    row.insist(tenure)
                # The time is taken with the write lock in hand: waiting for it may have made any other one old.
                now_us = self._boot.now_us()
                yield row.at(now_us, self._boot.id), now_us
        except Deposed:
            self._lock.let_go()
            raise
