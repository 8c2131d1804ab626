"""A key's whole way: typed at a terminal, kept by the real Secret Service, used to poll, and removed."""

from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.pty.program import NO_KEY, run
from tests.pty.stage import Stage
from tests.pty.terminal import Screen, screen
from tests.secret_service import SecretService, secret_service
from tui.simulator.keys import DEMO_SECRET_ID, DEMO_SECRET_KEY
from tui.simulator.world import REGION

__all__ = ["secret_service"]


class Desk:
    """A user with a keyring and no key in the environment."""

    def __init__(self, home: Path, service: SecretService) -> None:
        self.home = home
        bus = {name: service.environment[name] for name in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR")}
        self.changes = {**NO_KEY, **bus}

    def sits_at(self, *arguments: str) -> AbstractContextManager[Screen]:
        return screen(arguments, self.home, changes=self.changes)

    def told(self, *arguments: str) -> str:
        ended = run(*arguments, home=self.home, changes=self.changes)
        assert (ended.code, ended.err) == (0, "")
        return ended.out


@pytest.fixture
def desk(home: Path, secret_service: SecretService) -> Desk:
    return Desk(home, secret_service)


def log_in(s: Screen, secret_key: str) -> None:
    s.shows("SecretId (not shown):")
    s.press(DEMO_SECRET_ID, "Enter")
    s.shows("SecretKey (not shown):")
    s.press(secret_key, "Enter")


def test_login_poll_logout(desk: Desk, stage: Stage) -> None:
    stage.plays("studio.", "InProgress")
    with desk.sits_at("login", *stage.options) as s:
        log_in(s, DEMO_SECRET_KEY)
        s.shows("Saved profile 'default' in ")
        s.quits_with(0)
        assert DEMO_SECRET_ID.encode() not in s.sent
        assert DEMO_SECRET_KEY.encode() not in s.sent

    with desk.sits_at("studio.") as s:
        s.row("studio.").says("InProgress")
        s.line(1).says("default", REGION)
        s.line(2).says("tool OK")
        s.press("Q")
        s.quits_with(0)

    listed = desk.told("profiles").splitlines()
    assert len(listed) == 2
    assert listed[1].split()[0] == "default"
    assert stage.url in listed[1]

    assert desk.told("logout").startswith("Removed profile 'default' and its key from ")
    assert desk.told("profiles").startswith("No profiles yet")
    ended = run("describe", "studio.", *stage.options, home=desk.home, changes=desk.changes)
    assert ended.complaint.startswith("No key (")
    assert ended.code == 2
    for file in desk.home.rglob("*"):
        assert file.is_dir() or DEMO_SECRET_KEY.encode() not in file.read_bytes(), file


def test_a_refused_key_is_not_kept(desk: Desk, stage: Stage) -> None:
    with desk.sits_at("login", *stage.options) as s:
        log_in(s, "EXAMPLEnotTheKeyThatSignsThis")
        s.shows("trtc-tui: Tencent does not accept this key", "Nothing was saved.")
        s.quits_with(6)
    assert desk.told("profiles").startswith("No profiles yet")
