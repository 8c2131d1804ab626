import json
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path

import pytest
from jeepney import MessageType, message_bus
from jeepney.io.blocking import Proxy, open_dbus_connection

from tests.secret_service import Bus, SecretService
from tests.stores import SECRET_ID, SECRET_KEY, TOKEN
from tui.adapters.credentials import os_keyring
from tui.adapters.credentials.errors import BrokenEntry, NoStore, StoreError, StoreLocked, StoreSilent
from tui.adapters.credentials.os_keyring import OsKeyring
from tui.adapters.credentials.store import Probe, StoreState

DRIVER = Path(__file__).with_name("store_driver.py")
KEY = json.dumps({"secret_id": SECRET_ID, "secret_key": SECRET_KEY})
TEMPORARY_KEY = json.dumps({"secret_id": SECRET_ID, "secret_key": SECRET_KEY, "token": TOKEN})
LEAVES_S = 15


def run(environment: Mapping[str, str], errand: str, key: str = KEY, profile: str = "prod") -> dict[str, object]:
    """What the driver told; fails when its process does not leave."""
    done = subprocess.run(
        [sys.executable, DRIVER, errand, profile],
        env=dict(environment), input=key, capture_output=True, text=True, timeout=LEAVES_S, check=True,
    )  # fmt: skip
    assert SECRET_KEY not in done.stdout + done.stderr
    assert done.stderr == ""
    outcome: dict[str, object] = json.loads(done.stdout)
    return outcome


def seconds(outcome: dict[str, object]) -> float:
    value = outcome["seconds"]
    assert isinstance(value, float)
    return value


def test_a_key_is_stored_read_replaced_and_deleted(secret_service: SecretService) -> None:
    env = secret_service.environment
    assert run(env, "probe")["state"] == "ok"
    assert run(env, "get")["key"] is None
    assert run(env, "delete")["deleted"] is False
    run(env, "put")
    run(env, "put", TEMPORARY_KEY, profile="other")
    kept = run(env, "get")
    assert (kept["key"], kept["same"], kept["source"]) == ("AKID..1234", True, "profile prod (Secret Service)")
    assert run(env, "get", TEMPORARY_KEY, profile="other")["same"] is True
    run(env, "put", TEMPORARY_KEY)
    assert run(env, "get", TEMPORARY_KEY)["same"] is True
    assert run(env, "delete")["deleted"] is True
    assert run(env, "get")["key"] is None
    assert run(env, "get", TEMPORARY_KEY, profile="other")["same"] is True


def test_another_back_end_named_by_the_user_is_not_used(secret_service: SecretService) -> None:
    # The null back end takes a key and loses it.
    env = {**secret_service.environment, "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
    run(env, "put")
    assert run(env, "get")["same"] is True


def test_a_locked_keyring_is_told_and_no_dialog_opens(secret_service: SecretService) -> None:
    run(secret_service.environment, "put")
    secret_service.lock()
    with open_dbus_connection(secret_service.address) as prompter:
        Proxy(message_bus, prompter).RequestName("org.gnome.keyring.SystemPrompter")
        for errand in ("get", "put", "delete"):
            outcome = run(secret_service.environment, errand)
            assert outcome["error"] == "StoreLocked"
            assert "is locked" in str(outcome["line"])
        assert run(secret_service.environment, "probe")["state"] == "locked"
        # Answered after everything that was sent before it, so a call to the prompter would be in `seen` by now.
        seen = []
        serial = next(prompter.outgoing_serial)
        prompter.send(message_bus.GetId(), serial=serial)
        while True:
            message = prompter.receive(timeout=5)
            seen.append(message.header.message_type)
            if message.header.message_type is MessageType.method_return:
                break
        assert MessageType.method_call not in seen


def test_a_frozen_daemon_holds_nobody_up(secret_service: SecretService) -> None:
    secret_service.freeze()
    outcome = run(secret_service.environment, "get")
    assert outcome["error"] == "StoreSilent"
    assert "did not answer in 2 s" in str(outcome["line"])
    assert seconds(outcome) < 3


def test_a_bus_without_a_secret_service(session_bus: Bus) -> None:
    outcome = run(session_bus.environment, "get")
    assert outcome["error"] == "NoStore"
    assert "no Secret Service on this D-Bus session" in str(outcome["line"])


@pytest.mark.skipif(sys.platform != "linux", reason="D-Bus is Linux's")
class TestWithoutABus:
    def test_no_address(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
        with pytest.raises(NoStore) as caught:
            OsKeyring().get("prod")
        assert str(caught.value) == (
            "No OS keyring here: no D-Bus session: DBUS_SESSION_BUS_ADDRESS is unset. "
            "Log in where one runs, or set TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY."
        )

    @pytest.mark.parametrize("address", ["unix:path=/nonexistent/bus", "tcp:host=localhost,port=1", "nonsense"])
    def test_an_address_where_nobody_is(self, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        with pytest.raises(NoStore, match="left from an earlier session"):
            OsKeyring().get("prod")

    def test_a_socket_whose_server_is_gone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = f"{folder}/bus"
            with socket.socket(socket.AF_UNIX) as dead:
                dead.bind(path)
            monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={path}")
            with pytest.raises(NoStore):
                OsKeyring().get("prod")

    def test_a_bus_that_takes_the_call_and_says_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as mute:
            mute.bind(f"{folder}/bus")
            mute.listen()
            monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={folder}/bus")
            with pytest.raises(StoreSilent):
                OsKeyring(budget_s=0.05).get("prod")


class FakeBackEnd:
    """What a platform's back end does, at a look that found it usable."""

    def __init__(self, *, content: str | None = None, error: Exception | None = None) -> None:
        self._content = content
        self._error = error

    def get_password(self, *_: str) -> str | None:
        if self._error is not None:
            raise self._error
        return self._content

    def set_password(self, *_: str) -> None:
        if self._error is not None:
            raise self._error

    def delete_password(self, *_: str) -> None:
        raise NotImplementedError


def keyring_of(back_end: FakeBackEnd, monkeypatch: pytest.MonkeyPatch) -> OsKeyring:
    class Module:
        @staticmethod
        def Keyring() -> FakeBackEnd:  # noqa: N802 - keyring's name
            return back_end

    def module_named(name: str) -> type[Module]:
        assert name == "keyring.backends.macOS"
        return Module

    monkeypatch.setattr(os_keyring, "import_module", module_named)
    return OsKeyring(platform="darwin")


class KeyringLocked(Exception):
    pass


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (KeyringLocked("dismissed"), StoreLocked),
        (TimeoutError(), StoreSilent),
        (RuntimeError("(-25308,\n interaction not allowed)"), StoreError),
        (EOFError(), StoreError),
    ],
)
def test_what_a_back_end_raises_stops_at_the_door(
    error: Exception, expected: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(expected) as caught:
        keyring_of(FakeBackEnd(error=error), monkeypatch).get("prod")
    # The library's exception holds frames with the key in them.
    assert caught.value.__context__ is None
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "content", ["", "canary", "[]", '{"secret_id": "canary"}', '{"secret_id": "", "secret_key": ""}']
)
def test_an_entry_of_somebody_else_is_not_shown(content: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BrokenEntry) as caught:
        keyring_of(FakeBackEnd(content=content), monkeypatch).get("prod")
    assert "canary" not in str(caught.value)


def test_a_platform_without_a_keyring() -> None:
    store = OsKeyring(platform="plan9")
    assert store.probe().state is StoreState.ABSENT
    with pytest.raises(NoStore):
        store.get("prod")


def test_a_look_that_fails_is_a_state(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(_: OsKeyring) -> Probe:
        raise RuntimeError("odd")

    monkeypatch.setattr(OsKeyring, "_look", failing)
    assert OsKeyring().probe() == Probe(StoreState.ERROR, "RuntimeError: odd")


def test_a_look_that_hangs_is_a_state(monkeypatch: pytest.MonkeyPatch) -> None:
    released = threading.Event()

    def hanging(_: OsKeyring) -> Probe:
        released.wait()
        return Probe(StoreState.OK)

    monkeypatch.setattr(OsKeyring, "_look", hanging)
    try:
        assert OsKeyring(budget_s=0.01).probe().state is StoreState.TIMEOUT
    finally:
        released.set()
