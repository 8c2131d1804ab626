from pathlib import Path

import pytest

from tests.cli.desk import ACCOUNT, Desk, break_disk
from tests.stores import PROD
from tui.adapters.credentials.errors import StoreLocked
from tui.cli.exits import Exit, Refusal
from tui.cli.login import logout


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def leave(desk: Desk, name: str = "prod") -> None:
    logout(name, stores={"os": desk.store}, profiles=desk.profiles, tell=desk.told.append)


def test_key_and_profile_go_and_the_journal_stays(desk: Desk) -> None:
    desk.login()
    leave(desk)
    assert desk.store.keys == {}
    assert desk.profiles.load() == {}
    assert desk.told[1:] == [f"Removed profile 'prod' and its key from Memory. Its journal {ACCOUNT} stays."]


def test_a_key_that_is_gone_already(desk: Desk) -> None:
    desk.profiles.put(PROD)
    leave(desk)
    assert desk.profiles.load() == {}
    assert "(Memory held no key for it)" in desk.told[0]


def test_a_profile_that_does_not_exist(desk: Desk) -> None:
    with pytest.raises(Refusal, match="no profile 'prod'") as caught:
        leave(desk)
    assert caught.value.code is Exit.USAGE


def test_a_store_that_is_locked_keeps_both(desk: Desk) -> None:
    desk.login()
    desk.store.failing["delete"] = StoreLocked("Locked.")
    with pytest.raises(Refusal) as caught:
        leave(desk)
    assert caught.value.code is Exit.STORE_LOCKED
    assert list(desk.profiles.load()) == ["prod"]


def test_a_profile_that_cannot_be_removed_can_be_tried_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.login()
    with monkeypatch.context() as patch:
        break_disk(patch)
        with pytest.raises(Refusal, match="Its key is gone from Memory"):
            leave(desk)
    leave(desk)
    assert desk.profiles.load() == {}
