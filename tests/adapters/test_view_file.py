import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.adapters.view_file import ViewFile, ViewFileError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "view.json"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> ViewFile:
    return ViewFile(tmp_path_factory.mktemp("views") / "view.json")


def test_there_is_no_view_before_one_was_saved(path: Path) -> None:
    assert ViewFile(path).load() is None
    assert not path.parent.exists()


@given(st.text(st.characters(exclude_categories=())))
def test_a_text_comes_back_as_it_was(file: ViewFile, text: str) -> None:
    file.save(text)
    assert file.load() == text


def test_nobody_else_may_read_it(path: Path) -> None:
    before = os.umask(0)
    try:
        ViewFile(path).save("{}")
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_save_that_fails_leaves_the_former_text_and_no_litter(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = ViewFile(path)
    file.save("former")

    def no_space(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(ViewFileError, match=r"the view cannot be saved to .* \(No space left on device\)"):
        file.save("later")
    assert file.load() == "former"
    assert list(path.parent.iterdir()) == [path]


def test_what_is_no_text_is_told_and_stays(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(ViewFileError, match="is not text: move it away"):
        ViewFile(path).load()
    assert path.read_bytes() == b"\xff\xfe"


def test_a_folder_in_its_place(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(ViewFileError, match="cannot be read"):
        ViewFile(path).load()
    with pytest.raises(ViewFileError, match="cannot be saved"):
        ViewFile(path).save("{}")


def test_a_file_in_place_of_its_folder(path: Path) -> None:
    path.parent.touch()
    with pytest.raises(ViewFileError, match="cannot be read"):
        ViewFile(path).load()
    with pytest.raises(ViewFileError, match="cannot be saved"):
        ViewFile(path).save("{}")
