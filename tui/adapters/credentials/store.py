"""What every store of keys can do."""

from enum import StrEnum
from typing import Protocol

from msgspec import Struct

from tui.adapters.credentials.errors import StoreError
from tui.core.secret import Credential


class StoreState(StrEnum):
    """What a look at a store found, before anything is asked of it."""

    OK = "ok"
    LOCKED = "locked"
    ABSENT = "absent"
    TIMEOUT = "timeout"
    ERROR = "error"


class Probe(Struct, frozen=True):
    """A store's state, and the reason when it is not `OK`."""

    state: StoreState
    detail: str = ""


class Store(Protocol):
    """One store. Nothing here prompts; every call ends within the store's own budget.

    `put`, `get` and `delete` raise NoStore, StoreLocked, StoreSilent or StoreError.
    """

    @property
    def name(self) -> str:
        """As recorded in a profile: `os`."""

    @property
    def title(self) -> str:
        """For people: `Secret Service`."""

    def probe(self) -> Probe:
        """Whether it can be used now. Reads no key, creates nothing, never raises."""

    def put(self, profile: str, credential: Credential) -> None:
        """Store the key of `profile`, replacing the former one."""

    def get(self, profile: str) -> Credential | None:
        """The key of `profile`; None when there is none. Raises BrokenEntry as well."""

    def delete(self, profile: str) -> bool:
        """Remove the key of `profile`; False when there was none."""


def keep(store: Store, profile: str, credential: Credential) -> None:
    """Store a key and read it back: some keyrings take a key and lose it (credentials-and-terminal.md §1).

    Raises:
        CredentialError: it is not there.
    """
    store.put(profile, credential)
    kept = store.get(profile)
    if kept is None or _parts(kept) != _parts(credential):
        raise StoreError(f"{store.title} took the key of profile {profile!r} but does not give it back.")


def _parts(credential: Credential) -> tuple[object, ...]:
    return (credential.secret_id, credential.secret_key, credential.token, credential.expires_at_us)
