import stat
import sys
from pathlib import Path

import pytest

from tui.adapters.folders import config_folder, keep_private, make_private, state_folder


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.skipif(sys.platform != "linux", reason="the XDG folders are those of Linux")
def test_the_platform_says_where(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert state_folder() == tmp_path / "state" / "trtc-tui"
    assert config_folder() == tmp_path / "config" / "trtc-tui"
    assert list(tmp_path.iterdir()) == []


def test_an_override_is_taken_as_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert state_folder(Path("/srv/trtc")) == Path("/srv/trtc")
    assert state_folder(Path("~/trtc")) == tmp_path / "trtc"


def test_a_new_folder_is_for_this_user_alone(tmp_path: Path) -> None:
    make_private(tmp_path / "a" / "b")
    assert mode(tmp_path / "a" / "b") == 0o700


def test_rights_of_others_are_taken_and_ours_stay(tmp_path: Path) -> None:
    tmp_path.chmod(0o2775)
    keep_private(tmp_path)
    assert mode(tmp_path) & 0o777 == 0o700
    (tmp_path / "file").touch(0o444)
    keep_private(tmp_path / "file")
    assert mode(tmp_path / "file") == 0o400


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FileExistsError):
        make_private(tmp_path / "file")
