from pathlib import Path

import pytest

from tui.adapters.alert_file import AlertFile, AlertFileError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "alerts" / "account.json"


def test_nothing_was_ever_saved(path: Path) -> None:
    assert AlertFile(path).load() == {}


def test_what_is_saved_is_there_after_a_restart_and_for_nobody_else(path: Path) -> None:
    AlertFile(path).save({"idle-long": "120s", "exit-unseen": "off"})
    assert AlertFile(path).load() == {"idle-long": "120s", "exit-unseen": "off"}
    assert path.stat().st_mode & 0o777 == 0o600
    AlertFile(path).save({})
    assert AlertFile(path).load() == {}


@pytest.mark.parametrize("content", [b"", b"[]", b'{"idle-long": 7}', b'{"idle-long": "\xff"}'])
def test_what_is_damaged_is_said_and_not_replaced(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    for use in (AlertFile(path).load, lambda: AlertFile(path).save({})):
        with pytest.raises(AlertFileError, match=r"are damaged .*: mend the file, or move it away"):
            use()
    assert path.read_bytes() == content


def test_where_nothing_can_be_written_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "alerts").write_text("a file, and no folder")
    with pytest.raises(AlertFileError, match="cannot be"):
        AlertFile(tmp_path / "alerts" / "account.json").save({})
