import os
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stores import BARE, CREATED, PROD
from tui.adapters.credentials import profiles as module
from tui.adapters.credentials.errors import ProfilesError
from tui.adapters.credentials.profiles import Profile, Profiles, check_name, chosen_name

TABLE = """[profile.prod]
store = "os"
secret_id_masked = "A"
journal = "0123456789abcdef"
created = 2026-11-22T10:00:00Z
"""

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
PROFILES = st.builds(
    Profile,
    name=st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,10}", fullmatch=True),
    store=ANY_TEXT,
    region=st.none() | ANY_TEXT,
    sdk_app_id=st.none() | st.integers(1, 2**53),
    endpoint=st.none() | ANY_TEXT,
    secret_id_masked=ANY_TEXT,
    journal=st.from_regex(r"[0-9a-f]{16}", fullmatch=True),
    created=st.datetimes(min_value=datetime(1970, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - hypothesis adds it
)


@pytest.fixture
def file(tmp_path: Path) -> Profiles:
    return Profiles(tmp_path / "config" / "profiles.toml")


def write(file: Profiles, text: str) -> None:
    file.path.parent.mkdir(exist_ok=True)
    file.path.write_text(text)


def test_no_file_is_no_profile(file: Profiles) -> None:
    assert file.load() == {}


def test_profiles_are_kept_in_order_replaced_and_removed(file: Profiles) -> None:
    file.put(PROD)
    file.put(BARE)
    assert list(file.load().items()) == [("prod", PROD), ("test.2", BARE)]
    moved = msgspec.structs.replace(PROD, region="eu-frankfurt")
    file.put(moved)
    assert list(file.load().values()) == [moved, BARE]
    file.remove("prod")
    file.remove("never there")
    assert list(file.load().values()) == [BARE]


def test_the_file_is_for_its_owner_alone_and_replaced_whole(file: Profiles) -> None:
    file.put(PROD)
    before = file.path.stat()
    assert before.st_mode & 0o777 == 0o600
    assert file.path.parent.stat().st_mode & 0o777 == 0o700
    file.put(BARE)
    assert file.path.stat().st_ino != before.st_ino
    assert [path.name for path in file.path.parent.iterdir()] == ["profiles.toml"]


def test_the_documented_file(file: Profiles) -> None:
    file.put(PROD)
    assert tomllib.loads(file.path.read_text()) == {
        "profile": {
            "prod": {
                "store": "os",
                "region": "ap-singapore",
                "sdk_app_id": 1400000000,
                "endpoint": "https://trtc.intl.tencentcloudapi.com",
                "secret_id_masked": "AKID..1234",
                "journal": "0123456789abcdef",
                "created": CREATED,
            }
        }
    }
    assert "\ncreated = 2026-11-22T10:00:00Z\n" in file.path.read_text()


@given(st.lists(PROFILES, max_size=3, unique_by=lambda profile: profile.name))
def test_whatever_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, profiles: list[Profile]) -> None:
    file = Profiles(tmp_path_factory.mktemp("any") / "profiles.toml")
    for profile in profiles:
        file.put(profile)
    assert list(file.load().values()) == profiles


def test_a_text_that_is_no_text_does_not_break_the_file(file: Profiles) -> None:
    file.put(msgspec.structs.replace(PROD, region="\udcff"))
    assert file.load()["prod"].region == "?"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[profile.prod]\nstore = os\n", "line 2"),
        ("[profile.prod]\n[profile.prod]\n", "line 2"),
        ("profile = 3\n", "'profile' does not belong at the top"),
        ('region = "x"\n', "'region' does not belong at the top"),
        ("[profile]\nprod = 3\n", r"\[profile.prod\]: Expected `object`, got `int`"),
        ('[profile.prod]\nstore = "os"\n', r"\[profile.prod\]: Object missing required field `secret_id_masked`"),
        (f'{TABLE}regin = "x"\n', "unknown field `regin`"),
        (f'{TABLE}secret_key = "x"\n', "unknown field `secret_key`"),
        (f'{TABLE}name = "other"\n', "`name` does not belong there"),
        (f'{TABLE}sdk_app_id = "1400000000"\n', r"Expected `int \| null`, got `str` - at `\$.sdk_app_id`"),
        (f"{TABLE}sdk_app_id = 0\n", r"at `\$.sdk_app_id`"),
        (TABLE.replace("0123", "../."), r"at `\$.journal`"),
        (TABLE.replace("T10:00:00Z", "T10:00:00"), r"at `\$.created`"),
        (TABLE.replace("prod", '"-x"'), "'-x' is no profile name"),
    ],
)
def test_a_mistake_is_told_with_its_place(file: Profiles, text: str, told: str) -> None:
    write(file, text)
    with pytest.raises(ProfilesError, match=told) as caught:
        file.load()
    assert str(file.path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_bytes_that_are_no_text(file: Profiles) -> None:
    write(file, "")
    file.path.write_bytes(b"\xff")
    with pytest.raises(ProfilesError, match="is not TOML"):
        file.load()


def test_a_broken_file_is_not_overwritten(file: Profiles) -> None:
    write(file, "[profile.prod]\nstore = os\n")
    with pytest.raises(ProfilesError):
        file.put(PROD)
    assert file.path.read_text() == "[profile.prod]\nstore = os\n"


@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_a_file_that_others_may_write_is_refused(file: Profiles, mode: int) -> None:
    file.put(PROD)
    file.path.chmod(mode)
    with pytest.raises(ProfilesError, match="Others may write") as caught:
        file.load()
    assert "chmod 600" in str(caught.value)


def test_a_folder_where_the_file_should_be(file: Profiles) -> None:
    file.path.mkdir(parents=True, mode=0o700)
    with pytest.raises(ProfilesError, match="cannot be read"):
        file.load()


def test_a_disk_that_is_full_costs_no_profile(file: Profiles, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    file.put(PROD)
    monkeypatch.setattr(module, "replace_file", full)
    with pytest.raises(ProfilesError, match="cannot be written"):
        file.put(BARE)
    assert list(file.load()) == ["prod"]


@pytest.mark.parametrize("name", ["prod", "a", "7", "eu.live_2-b", "x" * 64])
def test_names(name: str) -> None:
    check_name(name)


@pytest.mark.parametrize("name", ["", "-prod", ".", "a b", "a/b", "prod\n", "é", "x" * 65])
def test_what_is_no_name(name: str) -> None:
    with pytest.raises(ProfilesError):
        check_name(name)


@pytest.mark.parametrize(
    ("named", "environ", "known", "expected"),
    [
        ("prod", {"TRTC_TUI_PROFILE": "test"}, {"default": PROD}, "prod"),
        (None, {"TRTC_TUI_PROFILE": "test"}, {"default": PROD}, "test"),
        (None, {"TRTC_TUI_PROFILE": ""}, {"default": PROD}, "default"),
        (None, {}, {"prod": PROD}, None),
        (None, {}, {}, None),
    ],
)
def test_the_profile_that_is_used(
    named: str | None, environ: dict[str, str], known: dict[str, Profile], expected: str | None
) -> None:
    assert chosen_name(named, environ, known) == expected
