"""`login` and `logout`: a key into a store, and out of it again."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from msgspec import Struct

from tui.adapters.credentials.errors import BrokenEntry, CredentialError
from tui.adapters.credentials.finding import find_profile, store_of
from tui.adapters.credentials.profiles import Profile, Profiles, check_name
from tui.adapters.credentials.store import Store, keep
from tui.cli.credential_refusals import refusal_of, refusing
from tui.cli.key_check import require_accepted
from tui.core.secret import Credential
from tui.protocol.endpoint import parse_endpoint
from tui.protocol.exchange import Exchange
from tui.protocol.kinds import INTERNATIONAL

_NOTHING_SAVED = "Nothing was saved."
_US_PER_S = 1_000_000


class Settings(Struct, frozen=True):
    """What is used with a key. None: not given, so the profile of that name keeps what it had."""

    region: str | None = None
    sdk_app_id: int | None = None
    endpoint: str | None = None


def login(
    name: str,
    given: Settings,
    *,
    obtain: Callable[[], Credential],
    check: Callable[[Credential, Settings], Exchange],
    account: Callable[[Credential, Settings], str],
    store: Store,
    profiles: Profiles,
    now_us: int,
    tell: Callable[[str], None],
) -> None:
    """Get a key, check it with one request, store it, read it back, then write the profile down. All of it or nothing.

    Args:
        name: of the profile; one that exists is replaced.
        obtain: `key_entry.ask_key` or `key_entry.piped_key`, bound.
        check: asks for a task that cannot exist, with the settings that the profile will have.
        account: names the journal of a new profile, `adapters.journal.account_hash`.
        now_us: wall clock, µs UTC.
        tell: takes one line.

    Raises:
        Refusal: it did not work; nothing has changed, or the line says what has.
        EndpointError: an endpoint cannot be used; nothing has changed.
        KeyboardInterrupt: nothing has changed.
    """
    with refusing(_NOTHING_SAVED):
        check_name(name)
        former = profiles.load().get(name)
        # Asked for before the key is: who has no store should not have to look for a key first.
        former_key = _stored(store, name)
        settings = _merged(given, former)
        credential = obtain()
    require_accepted(check(credential, settings))
    profile = _profile(name, settings, credential, former, store=store.name, account=account, now_us=now_us)
    _save(profile, credential, former_key, store, profiles)
    tell(
        f"Saved profile {name!r} in {store.title} "
        f"(SecretId {profile.secret_id_masked}, region {profile.region or 'not set'})."
    )


def logout(name: str, *, stores: Mapping[str, Store], profiles: Profiles, tell: Callable[[str], None]) -> None:
    """Remove the key from its store, then the profile. In this order: what fails can be tried again.

    Raises:
        Refusal: no such profile, or its store cannot be used; nothing has changed, or the key alone is gone.
    """
    with refusing():
        profile = find_profile(name, profiles.load())
        store = store_of(profile, stores)
        had_key = store.delete(name)
    gone = f"and its key from {store.title}" if had_key else f"({store.title} held no key for it)"
    with refusing(f"Its key is gone from {store.title}." if had_key else ""):
        profiles.remove(name)
    tell(f"Removed profile {name!r} {gone}. Its journal {profile.journal} stays.")


def _merged(given: Settings, former: Profile | None) -> Settings:
    if former is None:
        return given
    return Settings(
        given.region or former.region, given.sdk_app_id or former.sdk_app_id, given.endpoint or former.endpoint
    )


def _profile(
    name: str,
    settings: Settings,
    credential: Credential,
    former: Profile | None,
    *,
    store: str,
    account: Callable[[Credential, Settings], str],
    now_us: int,
) -> Profile:
    # Another endpoint is another world, such as a simulator's: its history must not continue this one's.
    same_world = former is not None and _url(former.endpoint) == _url(settings.endpoint)
    return Profile(
        name=name,
        store=store,
        region=settings.region,
        sdk_app_id=settings.sdk_app_id,
        endpoint=settings.endpoint,
        secret_id_masked=credential.masked_id,
        journal=former.journal if former is not None and same_world else account(credential, settings),
        created=datetime.fromtimestamp(now_us // _US_PER_S, UTC),
    )


def _url(endpoint: str | None) -> str:
    return parse_endpoint(endpoint or f"https://{INTERNATIONAL.host}").url


def _stored(store: Store, name: str) -> Credential | None:
    try:
        return store.get(name)
    except BrokenEntry:
        return None


def _save(
    profile: Profile, credential: Credential, former_key: Credential | None, store: Store, profiles: Profiles
) -> None:
    try:
        keep(store, profile.name, credential)
        profiles.put(profile)
    except CredentialError as error:
        raise refusal_of(error, _undo(profile.name, former_key, store)) from None
    except KeyboardInterrupt:
        _undo(profile.name, former_key, store)
        raise


def _undo(name: str, former_key: Credential | None, store: Store) -> str:
    """Make the store what it was before; returns what to tell of it."""
    try:
        if former_key is None:
            store.delete(name)
        else:
            store.put(name, former_key)
    except CredentialError:
        return (
            f"The profile was not saved; {store.title} may hold the new key of {name!r}: log in again to set it right."
        )
    return _NOTHING_SAVED
