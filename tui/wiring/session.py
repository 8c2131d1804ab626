"""A session over the real doors."""

import getpass
import os
import random
from pathlib import Path

from msgspec import Struct

from tui.adapters.clock import SystemClock
from tui.adapters.journal import JournalReader, JournalWriter
from tui.core.secret import Credential
from tui.engine.pace import Pace
from tui.engine.ports import Api, Bell, Clock, Keeper, Lease
from tui.engine.session import Doors, Session
from tui.protocol.endpoint import Endpoint
from tui.wiring.account import Account


class ApiDoor(Struct, frozen=True):
    """Opens the API at one endpoint."""

    endpoint: Endpoint
    clock: Clock

    def __call__(self, credential: Credential) -> Api:
        """A door for this key. Called in the engine's thread, after the first frame: httpx takes its time to load."""
        from tui.adapters.api import TencentApi

        return TencentApi(credential, self.endpoint, self.clock)


class LeaseDoor(Struct, frozen=True):
    """Opens the lease of one journal, for this process."""

    journal: Path
    owner: str = ""
    """What names this process in the lease; empty: anything that no other process is named."""

    def __call__(self) -> Lease:
        """Called in the thread that will use it.

        Raises:
            JournalError: the journal cannot be written.
        """
        from tui.adapters.journal.lease import JournalLease

        name = operator_name()
        holder = f"{name}, pid {os.getpid()}" if name else f"pid {os.getpid()}"
        return JournalLease(self.journal, holder, self.owner)


def make_session(account: Account, pace: Pace | None = None, clock: Clock | None = None) -> Session:
    """A session over the journal of `account`, not opened yet."""
    path, clock = account.journal, clock or SystemClock()
    owner = os.urandom(8).hex()

    def open_bell() -> Bell:
        from tui.adapters.journal.bell import open_bell as open_journal_bell

        return open_journal_bell(path)

    def open_keeper() -> Keeper:
        from tui.adapters.journal.retention import JournalKeeper

        return JournalKeeper(path)

    doors = Doors(
        open_writer=lambda: JournalWriter(path),
        open_reader=lambda: JournalReader(path),
        open_lease=LeaseDoor(path, owner),
        open_bell=open_bell,
        open_keeper=open_keeper,
        clock=clock,
        keys=account.keys,
        open_api=ApiDoor(account.endpoint, clock),
        chance=random.random,
    )
    return Session(doors, operator_name(), owner=owner, pace=pace)


def operator_name() -> str:
    """Who sits at this terminal, for the journal: the login name, empty when there is none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
