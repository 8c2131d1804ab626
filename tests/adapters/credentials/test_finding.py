import msgspec
import pytest

from tests.stores import BARE, KEY, OTHER_KEY, PROD, SECRET_ID, SECRET_KEY, MemoryStore
from tui.adapters.credentials.errors import BadKey, ProfilesError, StoreError, StoreSilent
from tui.adapters.credentials.finding import Found, read, resolve
from tui.adapters.credentials.profiles import Profile

EXPORTED = {"TENCENTCLOUD_SECRET_ID": SECRET_ID, "TENCENTCLOUD_SECRET_KEY": SECRET_KEY}
KNOWN = {"prod": PROD, "test.2": BARE}
DEFAULT = msgspec.structs.replace(PROD, name="default")


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


def test_a_named_profile_wins_over_everything_and_is_read_later(store: MemoryStore) -> None:
    environ = EXPORTED | {"TRTC_TUI_PROFILE": "test.2"}
    found = resolve("prod", environ, KNOWN)
    assert (found.profile, found.credential, found.source, found.journal) == (PROD, None, "profile prod", PROD.journal)
    assert environ == {"TRTC_TUI_PROFILE": "test.2"}
    assert store.calls == []
    store.keys["prod"] = OTHER_KEY
    key = read(found, {"os": store})
    assert key.credential is not None
    assert key.credential.secret_id == OTHER_KEY.secret_id
    assert key.source == key.credential.source == "profile prod (Memory)"
    assert key.journal == PROD.journal


@pytest.mark.parametrize(
    ("environ", "known", "expected"),
    [
        ({"TRTC_TUI_PROFILE": "test.2"}, KNOWN, "test.2"),
        (EXPORTED, {"default": DEFAULT}, "default"),
    ],
)
def test_a_profile_named_elsewhere(environ: dict[str, str], known: dict[str, Profile], expected: str) -> None:
    found = resolve(None, dict(environ), known)
    assert found.profile is not None
    assert found.profile.name == expected


def test_the_environment_is_next(store: MemoryStore) -> None:
    environ = dict(EXPORTED)
    found = resolve(None, environ, KNOWN)
    assert found.profile is None
    assert found.credential is not None
    assert found.credential.secret_key == KEY.secret_key
    assert (found.source, found.journal, environ) == ("environment", None, {})
    assert read(found, {"os": store}) is found
    assert store.calls == []


def test_nothing_says_what_was_tried(store: MemoryStore) -> None:
    found = resolve(None, {}, {})
    assert (found.profile, found.credential) == (None, None)
    assert [source for source, _ in found.tried] == ["profile", "environment"]
    assert found.nothing_line == (
        "No key (profile: none named, and none called 'default'; "
        "environment: TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY are unset). "
        "Type trtc-tui login, or set TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY."
    )
    assert read(found, {"os": store}) is found


def test_a_profile_that_does_not_exist_is_an_error_although_a_key_is_exported() -> None:
    environ = dict(EXPORTED)
    with pytest.raises(ProfilesError, match=r"no profile 'live' \(there is: prod, test.2\)"):
        resolve("live", environ, KNOWN)
    assert environ == {}


def test_half_an_exported_pair_matters_only_without_a_profile() -> None:
    half = {"TENCENTCLOUD_SECRET_ID": SECRET_ID}
    assert resolve("prod", dict(half), KNOWN).profile is PROD
    with pytest.raises(BadKey):
        resolve(None, dict(half), KNOWN)


def test_a_store_that_fails_is_an_error_and_nothing_else_is_tried(store: MemoryStore) -> None:
    found = resolve("prod", dict(EXPORTED), KNOWN)
    store.failing["get"] = StoreSilent("silent")
    with pytest.raises(StoreSilent):
        read(found, {"os": store})


def test_a_store_without_the_key(store: MemoryStore) -> None:
    with pytest.raises(StoreError, match="holds no key for profile 'prod': type trtc-tui login --profile prod"):
        read(resolve("prod", {}, KNOWN), {"os": store})


def test_a_store_of_a_later_version(store: MemoryStore) -> None:
    profile = msgspec.structs.replace(PROD, store="session")
    with pytest.raises(StoreError, match="'session', which this version does not know"):
        read(Found(profile, None, "profile prod"), {"os": store})


def test_a_found_key_does_not_show(store: MemoryStore) -> None:
    store.keys["prod"] = KEY
    assert SECRET_KEY not in repr(read(resolve("prod", {}, KNOWN), {"os": store}))
