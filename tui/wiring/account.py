"""Whose tasks these are: profile, key, endpoint, and where the journal lies."""

from collections.abc import MutableMapping
from pathlib import Path

from msgspec import Struct

from tui.adapters.credentials.errors import CredentialError, NothingFound
from tui.adapters.credentials.finding import Found, read, resolve
from tui.adapters.credentials.profiles import FILE_NAME, Profile, Profiles
from tui.adapters.credentials.store import Store
from tui.adapters.folders import config_folder, state_folder
from tui.adapters.journal import account_hash, journal_path
from tui.core.secret import Credential, Secret
from tui.engine.ports import Keys, NoKey
from tui.protocol.endpoint import Endpoint, parse_endpoint
from tui.protocol.kinds import INTERNATIONAL

REGION_VARIABLE = "TENCENTCLOUD_REGION"
"""Read by tccli too (tencent-api.md §7.2)."""


class Account(Struct, frozen=True):
    """All that a session needs to know of an account before its key is read."""

    profile: str
    """What line 1 calls it: the profile's name, or where the key comes from."""
    journal: Path
    view_file: Path
    endpoint: Endpoint
    region: str | None
    """For tasks that are named without one."""
    sdk_app_id: int | None
    keys: Keys
    key_source: str
    masked_id: str


class Choice(Struct, frozen=True):
    """What the operator said on the command line; None for what was left out."""

    profile: str | None = None
    region: str | None = None
    sdk_app_id: int | None = None
    endpoint: str | None = None
    state_dir: Path | None = None


class FixedKeys(Struct, frozen=True):
    """A key that is known already and never changes: the environment's, the demo's."""

    credential: Credential

    def read(self) -> Credential:
        """The key."""
        return self.credential


class StoredKeys(Struct, frozen=True):
    """The key of a profile, read from its store whenever it is asked for, so that a new one is seen."""

    found: Found

    def read(self) -> Credential:
        """The key as the store has it now.

        Raises:
            NoKey: the store has none, is locked or silent.
        """
        try:
            credential = read(self.found, key_stores()).credential
        except CredentialError as error:
            raise NoKey(str(error)) from None
        if credential is None:
            raise NoKey(self.found.nothing_line)
        return credential


def key_stores() -> dict[str, Store]:
    """The stores of this version, by the name that a profile records."""
    from tui.adapters.credentials.os_keyring import OsKeyring

    store: Store = OsKeyring()
    return {store.name: store}


def known_profiles() -> Profiles:
    """The profiles of this user."""
    return Profiles(config_folder() / FILE_NAME)


def choose_account(choice: Choice, environ: MutableMapping[str, str]) -> Account:
    """The account that the operator means. Touches no store; keys leave `environ`.

    Raises:
        CredentialError: no such profile, or no key from anywhere.
        EndpointError: the endpoint cannot be used.
    """
    region = environ.get(REGION_VARIABLE)
    found = resolve(choice.profile, environ, known_profiles().load())
    if found.profile is None and found.credential is None:
        raise NothingFound(f"{found.nothing_line} trtc-tui demo needs none.")
    profile = found.profile
    endpoint = parse_endpoint(choice.endpoint or (profile and profile.endpoint) or f"https://{INTERNATIONAL.host}")
    state_dir = state_folder(choice.state_dir)
    account = _journal_name(found, endpoint)
    return Account(
        profile=profile.name if profile else found.source,
        journal=journal_path(state_dir, account),
        view_file=view_path(state_dir, account),
        endpoint=endpoint,
        region=choice.region or (profile and profile.region) or region,
        sdk_app_id=choice.sdk_app_id or (profile.sdk_app_id if profile else None),
        keys=FixedKeys(found.credential) if found.credential else StoredKeys(found),
        key_source=found.source,
        masked_id=_masked_id(found, profile),
    )


def view_path(state_dir: Path, account: str) -> Path:
    """Where the arrangement of the screen is kept for an `account_hash`."""
    return state_dir / "views" / f"{account}.json"


def _journal_name(found: Found, endpoint: Endpoint) -> str:
    """One journal an account and host: a key tried on the simulator leaves no trace in the real one's journal."""
    if found.credential is not None:
        return account_hash(endpoint.host, found.credential.secret_id)
    profile = found.profile
    if profile is None:
        raise NothingFound(found.nothing_line)
    own = parse_endpoint(profile.endpoint or f"https://{INTERNATIONAL.host}")
    return profile.journal if endpoint == own else account_hash(endpoint.host, Secret(profile.journal))


def _masked_id(found: Found, profile: Profile | None) -> str:
    if profile is not None:
        return profile.secret_id_masked
    return found.credential.masked_id if found.credential else ""
