"""Which key to use. The first that is named wins, is said, and is never mixed with another.

Two steps, because the screen starts at once and a store may take its time: `resolve` is cheap and touches no store,
`read` does.
"""

from collections.abc import Mapping, MutableMapping

from msgspec import Struct
from msgspec.structs import replace

from tui.adapters.credentials import environment
from tui.adapters.credentials.errors import BY_ENVIRONMENT, ProfilesError, StoreError
from tui.adapters.credentials.profiles import Profile, chosen_name
from tui.adapters.credentials.store import Store
from tui.core.secret import Credential


class Found(Struct, frozen=True):
    """What there is to work with. Neither profile nor credential: nothing, for the reasons in `tried`."""

    profile: Profile | None
    credential: Credential | None
    """None with a profile: its store has not been read yet."""
    source: str
    """In words for people: `environment`, `profile prod`, `profile prod (Secret Service)`, `no key`."""
    tried: tuple[tuple[str, str], ...] = ()
    """(source, why not), in the order in which they were asked."""

    @property
    def journal(self) -> str | None:
        """The profile's journal. None without one: the account's hash is then made from the key, which is at hand."""
        return self.profile.journal if self.profile else None

    @property
    def nothing_line(self) -> str:
        """For a command that needs a key and has none."""
        reasons = "; ".join(f"{source}: {reason}" for source, reason in self.tried)
        return f"No key ({reasons}). Type trtc-tui login, or {BY_ENVIRONMENT}."


def resolve(profile_name: str | None, environ: MutableMapping[str, str], profiles: Mapping[str, Profile]) -> Found:
    """Say which profile or source will be used. Exported keys leave `environ`, whoever wins.

    Args:
        profile_name: `--profile`.

    Raises:
        ProfilesError: there is no profile of the name that was given.
        BadKey: the environment is used, and what it holds is not a key.
    """
    taken = environment.take(environ)
    name = chosen_name(profile_name, environ, profiles)
    if name is not None:
        profile = find_profile(name, profiles)
        return Found(profile, None, f"profile {name}")
    tried = ("profile", "none named, and none called 'default'")
    credential = environment.credential(taken)
    if credential is not None:
        return Found(None, credential, credential.source, (tried,))
    unset = ("environment", f"{environment.SECRET_ID} and {environment.SECRET_KEY} are unset")
    return Found(None, None, "no key", (tried, unset))


def read(found: Found, stores: Mapping[str, Store]) -> Found:
    """Fetch the key of the resolved profile; anything else comes back as it is. Takes up to the store's budget.

    A recorded store that fails is an error: falling through to another source would poll with another key.

    Raises:
        CredentialError: the store cannot be used, or holds no key for the profile.
    """
    profile = found.profile
    if profile is None or found.credential is not None:
        return found
    store = store_of(profile, stores)
    credential = store.get(profile.name)
    if credential is None:
        raise StoreError(
            f"{store.title} holds no key for profile {profile.name!r}: type trtc-tui login --profile {profile.name}"
        )
    source = f"profile {profile.name} ({store.title})"
    return replace(found, credential=replace(credential, source=source), source=source)


def find_profile(name: str, profiles: Mapping[str, Profile]) -> Profile:
    """Raises ProfilesError when there is no such profile."""
    if name not in profiles:
        there = ", ".join(profiles) or "none"
        raise ProfilesError(f"There is no profile {name!r} (there is: {there}): type trtc-tui login --profile NAME")
    return profiles[name]


def store_of(profile: Profile, stores: Mapping[str, Store]) -> Store:
    """Raises StoreError when this version knows no such store."""
    if profile.store not in stores:
        raise StoreError(
            f"Profile {profile.name!r} keeps its key in the store {profile.store!r}, which this version does not know: "
            f"upgrade trtc-tui, or type trtc-tui login --profile {profile.name}"
        )
    return stores[profile.store]
