from pathlib import Path

import pytest

from tui.adapters.journal import account_hash, journal_path
from tui.core.secret import Secret

HOST = "trtc.tencentcloudapi.com"
KEY = Secret("AKIDEXAMPLE0000000000000000000000000")


def test_an_account_is_named_alike_for_ever() -> None:
    """A changed name would leave all journals of the past behind."""
    assert account_hash(HOST, KEY) == "df1d6532b3770335"


def test_host_and_key_make_the_account() -> None:
    other_key = Secret("AKIDEXAMPLE0000000000000000000000001")
    names = {account_hash(HOST, KEY), account_hash("trtc.intl.tencentcloudapi.com", KEY), account_hash(HOST, other_key)}
    assert len(names) == 3
    assert account_hash(HOST.upper(), KEY) in names


@pytest.mark.parametrize("host", ["a", "a\0b"])
def test_host_and_key_are_not_run_together(host: str) -> None:
    assert account_hash(host, Secret("c")) != account_hash(f"{host}c", Secret(""))


def test_the_name_does_not_tell_the_key() -> None:
    name = account_hash(HOST, KEY)
    assert len(name) == 16
    assert "AKID" not in name.upper()
    assert set(name) <= set("0123456789abcdef")


def test_a_journal_lies_in_a_folder_of_its_own() -> None:
    assert journal_path(Path("/state"), "0123456789abcdef") == Path("/state/journals/0123456789abcdef.sqlite3")
