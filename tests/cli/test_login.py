from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from tests.cli.desk import ACCOUNT, ENDED, Desk, break_disk, exchange
from tests.stores import BARE, KEY, OTHER_KEY, PROD, SECRET_ID, SECRET_KEY
from tui.adapters.credentials import profiles as profiles_module
from tui.adapters.credentials.errors import (
    BadKey,
    BrokenEntry,
    CredentialError,
    NoStore,
    StoreError,
    StoreLocked,
    StoreSilent,
)
from tui.cli.exits import Exit, Refusal
from tui.cli.login import Settings
from tui.core.entry import Fault, Seen, Skew
from tui.core.fault import FaultClass


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_key_is_checked_stored_and_written_down(desk: Desk) -> None:
    given = Settings("ap-singapore", 1400000000, "https://trtc.tencentcloudapi.com")
    desk.login("prod", given)
    assert desk.checked == [(KEY, given)]
    assert desk.store.keys == {"prod": KEY}
    assert desk.profiles.load()["prod"] == msgspec.structs.replace(
        PROD,
        endpoint="https://trtc.tencentcloudapi.com",
        journal=ACCOUNT,
        created=datetime(2026, 11, 22, 10, tzinfo=UTC),
    )
    assert desk.told == ["Saved profile 'prod' in Memory (SecretId AKID..1234, region ap-singapore)."]
    text = desk.profiles.path.read_text()
    assert SECRET_KEY not in text
    assert SECRET_ID not in text


@pytest.mark.parametrize(
    "answer",
    [Seen("InProgress", 0), ENDED, Fault(FaultClass.OURS, "InvalidParameter.TaskId", "wrong")],
)
def test_an_answer_about_the_task_proves_the_key(desk: Desk, answer: Seen | Fault) -> None:
    desk.answer = exchange(answer)
    desk.login()
    assert desk.store.keys == {"prod": KEY}


@pytest.mark.parametrize(
    ("fault_class", "code", "exit_code", "told"),
    [
        (FaultClass.AUTH, "AuthFailure.SignatureFailure", Exit.AUTH, "the signature does not match the SecretKey"),
        (FaultClass.AUTH, "UnauthorizedOperation", Exit.AUTH, "Next move: your CAM administrator"),
        (FaultClass.CLOCK, "AuthFailure.SignatureExpire", Exit.AUTH, "by how much was not told"),
        (FaultClass.THROTTLED, "RequestLimitExceeded", Exit.THROTTLED, "RequestLimitExceeded"),
        (FaultClass.NETWORK, "Transport.ConnectFailed", Exit.NETWORK, "Next move: your network"),
        (FaultClass.SERVICE, "InternalError", Exit.SERVICE, "Next move: Tencent"),
    ],
)
def test_a_key_that_is_not_accepted_is_not_saved(
    desk: Desk, fault_class: FaultClass, code: str, exit_code: Exit, told: str
) -> None:
    desk.answer = exchange(Fault(fault_class, code, "words of the server"))
    line = desk.refused(exit_code)
    assert code in line
    assert told in line
    assert line.endswith(" Nothing was saved.")
    assert desk.untouched()


@pytest.mark.parametrize(
    ("offset_us", "told"),
    [(400_400_000, "it is 400 s behind Tencent's"), (-301_000_000, "it is 301 s ahead of Tencent's")],
)
def test_a_wrong_clock_is_told_by_how_much(desk: Desk, offset_us: int, told: str) -> None:
    fault = Fault(FaultClass.CLOCK, "AuthFailure.SignatureExpire", "expired")
    desk.answer = exchange(fault, Skew(offset_us, 500_000))
    assert told in desk.refused(Exit.AUTH)


def test_a_code_that_would_steer_the_terminal_is_made_visible(desk: Desk) -> None:
    desk.answer = exchange(Fault(FaultClass.SERVICE, "Odd\x1b[2J", ""))
    assert r"Odd\x1b[2J" in desk.refused(Exit.SERVICE)


@pytest.mark.parametrize(
    ("error", "exit_code"),
    [
        (NoStore("No store."), Exit.NO_STORE),
        (StoreLocked("Locked."), Exit.STORE_LOCKED),
        (StoreSilent("Silent."), Exit.STORE_SILENT),
        (StoreError("Failed."), Exit.NO_STORE),
    ],
)
def test_without_a_store_nobody_is_asked_for_a_key(desk: Desk, error: CredentialError, exit_code: Exit) -> None:
    desk.store.failing["get"] = error
    desk.key = AssertionError("asked")
    assert desk.refused(exit_code) == f"{error} Nothing was saved."
    assert desk.untouched()


def test_a_broken_entry_can_be_replaced(desk: Desk) -> None:
    desk.store.failing_once["get"] = BrokenEntry("not ours")
    desk.login()
    assert desk.store.keys == {"prod": KEY}


@pytest.mark.parametrize("name", ["", "a b", "-x"])
def test_a_name_that_is_none(desk: Desk, name: str) -> None:
    with pytest.raises(Refusal, match="Nothing was saved") as caught:
        desk.login(name)
    assert caught.value.code is Exit.USAGE
    assert desk.untouched()


def test_a_broken_profiles_file_is_told_before_anything_else(desk: Desk) -> None:
    desk.profiles.path.write_text("[")
    desk.key = AssertionError("asked")
    assert "is not TOML" in desk.refused(Exit.USAGE)
    assert desk.store.calls == []


@pytest.mark.parametrize("error", [BadKey("SecretKey is empty."), KeyboardInterrupt()])
def test_a_key_that_never_came(desk: Desk, error: BaseException) -> None:
    desk.key = error
    with pytest.raises((Refusal, KeyboardInterrupt)) as caught:
        desk.login()
    assert isinstance(caught.value, KeyboardInterrupt) == isinstance(error, KeyboardInterrupt)
    assert desk.untouched()


class TestReplacing:
    @pytest.fixture(autouse=True)
    def _former(self, desk: Desk) -> None:
        desk.store.keys["prod"] = OTHER_KEY
        desk.profiles.put(PROD)
        desk.profiles.put(BARE)

    def test_a_new_key_keeps_settings_and_history(self, desk: Desk) -> None:
        desk.login()
        now = desk.profiles.load()
        assert now["prod"] == msgspec.structs.replace(PROD, secret_id_masked=KEY.masked_id, created=now["prod"].created)
        assert now["test.2"] == BARE
        assert desk.checked == [(KEY, Settings(PROD.region, PROD.sdk_app_id, PROD.endpoint))]
        assert desk.store.keys["prod"] == KEY

    def test_what_is_given_counts(self, desk: Desk) -> None:
        desk.login("prod", Settings(region="eu-frankfurt"))
        now = desk.profiles.load()["prod"]
        assert (now.region, now.sdk_app_id, now.journal) == ("eu-frankfurt", PROD.sdk_app_id, PROD.journal)

    def test_the_same_endpoint_written_otherwise_keeps_the_history(self, desk: Desk) -> None:
        desk.profiles.put(msgspec.structs.replace(PROD, endpoint=None))
        desk.login("prod", Settings(endpoint="https://TRTC.intl.tencentcloudapi.com/"))
        assert desk.profiles.load()["prod"].journal == PROD.journal

    def test_another_endpoint_begins_another_history(self, desk: Desk) -> None:
        desk.login("prod", Settings(endpoint="http://127.0.0.1:8080"))
        assert desk.profiles.load()["prod"].journal == ACCOUNT

    def test_a_profile_that_cannot_be_written_leaves_the_former_key(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        break_disk(monkeypatch)
        line = desk.refused(Exit.USAGE)
        assert line.endswith("make it writable for you. Nothing was saved.")
        assert desk.store.keys["prod"] == OTHER_KEY
        assert desk.profiles.load()["prod"] == PROD

    def test_a_key_that_was_not_accepted_leaves_the_former_key(self, desk: Desk) -> None:
        desk.answer = exchange(Fault(FaultClass.AUTH, "AuthFailure.SecretIdNotFound", ""))
        desk.refused(Exit.AUTH)
        assert desk.store.keys["prod"] == OTHER_KEY
        assert desk.store.calls == ["get"]


def test_a_profile_that_cannot_be_written_leaves_no_key(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    break_disk(monkeypatch)
    assert "No space left on device" in desk.refused(Exit.USAGE)
    assert desk.untouched()


def test_a_store_that_loses_keys_is_found_out(desk: Desk) -> None:
    desk.store.forgetful = True
    assert "does not give it back. Nothing was saved." in desk.refused(Exit.NO_STORE)
    assert desk.untouched()


def test_a_store_that_fails_half_way_is_told_as_it_is(desk: Desk) -> None:
    desk.store.failing = {"put": StoreSilent("Silent."), "delete": StoreSilent("Silent.")}
    line = desk.refused(Exit.STORE_SILENT)
    assert "Memory may hold the new key of 'prod'" in line
    assert "Nothing was saved" not in line


def test_an_interrupt_while_saving_leaves_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(profiles_module, "replace_file", interrupted)
    with pytest.raises(KeyboardInterrupt):
        desk.login()
    assert desk.untouched()
