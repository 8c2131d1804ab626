"""A look at the Secret Service of a Linux session over D-Bus, before anything that could block or ask.

Imported late, in the thread that uses it: SecretStorage takes 100 ms to import and exists on Linux only.
"""

import os
from contextlib import closing

import secretstorage
from jeepney import DBusErrorResponse
from jeepney.io.blocking import DBusConnection

from tui.adapters.credentials.store import Probe, StoreState

_BUS = "DBUS_SESSION_BUS_ADDRESS"


def probe() -> Probe:
    """The state of the default collection. Neither creates nor unlocks one, so no dialog ever opens."""
    if not os.environ.get(_BUS):
        return Probe(StoreState.ABSENT, f"no D-Bus session: {_BUS} is unset")
    try:
        connection = secretstorage.dbus_init()
    except TimeoutError:
        return Probe(StoreState.TIMEOUT, "the D-Bus session did not answer")
    except (secretstorage.SecretServiceNotAvailableException, OSError, RuntimeError):
        # RuntimeError: an address that is no Unix socket. tmux keeps the address of a session long gone.
        return Probe(StoreState.ABSENT, f"nothing answers at {_BUS}, which may be left from an earlier session")
    with closing(connection):
        try:
            if not secretstorage.check_service_availability(connection):
                return Probe(StoreState.ABSENT, "no Secret Service on this D-Bus session")
            return _default_collection(connection)
        except secretstorage.SecretServiceNotAvailableException:
            return Probe(StoreState.ABSENT, "the Secret Service of this D-Bus session cannot be started")
        except DBusErrorResponse as error:
            return Probe(StoreState.ABSENT, f"the Secret Service of this D-Bus session refuses ({error.name})")


def _default_collection(connection: DBusConnection) -> Probe:
    # get_default_collection() would create a missing one, which opens a dialog; reading the alias does not.
    try:
        collection = secretstorage.get_collection_by_alias(connection, "default")
        locked = collection.is_locked()
    except secretstorage.ItemNotFoundException:
        return Probe(StoreState.ABSENT, "the Secret Service has no default collection yet")
    return Probe(StoreState.LOCKED if locked else StoreState.OK)
