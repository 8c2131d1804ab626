from pathlib import Path

import pytest

from tests.stores import BARE, PROD
from tui.adapters.credentials.profiles import Profiles
from tui.cli.exits import Exit, Refusal
from tui.cli.profiles import list_profiles


def listed(profiles: Profiles) -> list[str]:
    told: list[str] = []
    list_profiles(profiles, told.append)
    return told


def test_a_line_per_profile(tmp_path: Path) -> None:
    profiles = Profiles(tmp_path / "profiles.toml")
    profiles.put(PROD)
    profiles.put(BARE)
    assert listed(profiles) == [
        "NAME    STORE  REGION        SDKAPPID    SECRETID    ENDPOINT",
        "prod    os     ap-singapore  1400000000  AKID..1234  https://trtc.intl.tencentcloudapi.com",
        "test.2  os     -             -           AKID..9876  -",
    ]


def test_no_profiles(tmp_path: Path) -> None:
    assert listed(Profiles(tmp_path / "profiles.toml")) == ["No profiles yet: type trtc-tui login --profile NAME"]


def test_a_broken_file(tmp_path: Path) -> None:
    (tmp_path / "profiles.toml").write_text("[")
    with pytest.raises(Refusal, match="is not TOML") as caught:
        listed(Profiles(tmp_path / "profiles.toml"))
    assert caught.value.code is Exit.USAGE
