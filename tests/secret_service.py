"""A Secret Service of its own for a test: a private bus and gnome-keyring, gone afterwards with all they wrote.

Nothing is activated on this bus, so no dialog program and no second daemon ever starts.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from jeepney import DBusAddress, MatchRule, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, Proxy, open_dbus_connection

SECRETS = "org.freedesktop.secrets"
_PROGRAMS = ("dbus-daemon", "gnome-keyring-daemon")
_START_S = 10.0
_BUS_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


@dataclass(frozen=True)
class Bus:
    """A private session bus. `environment` is all that a child process needs."""

    environment: Mapping[str, str]
    address: str


@dataclass(frozen=True)
class SecretService(Bus):
    """A bus with an unlocked, empty keyring on it."""

    daemon: subprocess.Popen[bytes]

    def freeze(self) -> None:
        """Let the daemon answer nothing more."""
        self.daemon.send_signal(signal.SIGSTOP)

    def lock(self) -> None:
        """Lock the default collection."""
        service = DBusAddress("/org/freedesktop/secrets", SECRETS, "org.freedesktop.Secret.Service")
        default = "/org/freedesktop/secrets/aliases/default"
        with open_dbus_connection(self.address) as connection:
            connection.send_and_get_reply(new_method_call(service, "Lock", "ao", ([default],)), timeout=_START_S)


@pytest.fixture
def session_bus() -> Iterator[Bus]:
    """A D-Bus session without a Secret Service."""
    require_programs()
    with private_bus() as bus:
        yield bus


@pytest.fixture
def secret_service() -> Iterator[SecretService]:
    """An unlocked Secret Service; child processes reach it with `secret_service.environment`."""
    require_programs()
    with private_bus() as bus, _keyring(bus) as service:
        yield service


def require_programs() -> None:
    """Skip without gnome-keyring; where all tests have to run, that is a failure."""
    missing = [name for name in _PROGRAMS if shutil.which(name) is None]
    if not missing:
        return
    reason = f"{', '.join(missing)} not installed: apt-get install gnome-keyring dbus"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def private_bus() -> Iterator[Bus]:
    # Not pytest's own folder: a socket's path may have 107 characters.
    folder = Path(tempfile.mkdtemp(prefix="trtc-bus-"))
    try:
        socket, config = folder / "bus", folder / "bus.conf"
        config.write_text(_BUS_CONFIG.format(socket=socket))
        environment = _environment(folder) | {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={socket}"}
        daemon = subprocess.Popen(
            ["dbus-daemon", f"--config-file={config}", "--nofork", "--nopidfile", "--print-address=1"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        with _ended(daemon):
            assert daemon.stdout is not None
            assert daemon.stdout.readline(), "dbus-daemon did not start"
            yield Bus(environment, f"unix:path={socket}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _keyring(bus: Bus) -> Iterator[SecretService]:
    daemon = subprocess.Popen(
        ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
        env=dict(bus.environment),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    with _ended(daemon):
        assert daemon.stdin is not None
        daemon.stdin.write(b"for this test only")
        daemon.stdin.close()
        with open_dbus_connection(bus.address) as connection:
            _wait_for_owner(connection)
        yield SecretService(bus.environment, bus.address, daemon)


def _environment(folder: Path) -> dict[str, str]:
    folders = {"HOME": "home", "XDG_RUNTIME_DIR": "run", "XDG_DATA_HOME": "data", "XDG_CONFIG_HOME": "config"}
    environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    for name, inside in folders.items():
        (folder / inside).mkdir(mode=0o700)
        environment[name] = str(folder / inside)
    return environment


def _wait_for_owner(connection: DBusConnection) -> None:
    bus = Proxy(message_bus, connection)
    rule = MatchRule(type="signal", sender="org.freedesktop.DBus", member="NameOwnerChanged")
    rule.add_arg_condition(0, SECRETS)
    bus.AddMatch(rule)
    with connection.filter(rule) as changes:
        if not bus.NameHasOwner(SECRETS)[0]:
            connection.recv_until_filtered(changes, timeout=_START_S)


@contextmanager
def _ended(process: subprocess.Popen[bytes]) -> Iterator[None]:
    try:
        yield
    finally:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()
