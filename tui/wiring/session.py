"""A session over the real doors."""

import getpass

from msgspec import Struct

from tui.adapters.clock import SystemClock
from tui.adapters.journal import JournalReader, JournalWriter
from tui.core.secret import Credential
from tui.engine.ports import Api
from tui.engine.session import Doors, Session
from tui.protocol.endpoint import Endpoint
from tui.wiring.account import Account


class ApiDoor(Struct, frozen=True):
    """Opens the API at one endpoint."""

    endpoint: Endpoint

    def __call__(self, credential: Credential) -> Api:
        """A door for this key. Called in the engine's thread, after the first frame: httpx takes its time to load."""
        from tui.adapters.api import TencentApi

        return TencentApi(credential, self.endpoint, SystemClock())


def make_session(account: Account) -> Session:
    """A session over the journal of `account`, not opened yet."""
    path = account.journal
    doors = Doors(
        open_writer=lambda: JournalWriter(path),
        open_reader=lambda: JournalReader(path),
        clock=SystemClock(),
        keys=account.keys,
        open_api=ApiDoor(account.endpoint),
    )
    return Session(doors, operator=operator_name())


def operator_name() -> str:
    """Who sits at this terminal, for the journal: the login name, empty when there is none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
