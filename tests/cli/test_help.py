"""What the command line tells of itself."""

from pathlib import Path

import pytest

from tests.pty.program import run
from tui import __version__

COMMANDS = (
    "watch",
    "demo",
    "describe",
    "record",
    "tail",
    "replay",
    "export",
    "wait",
    "journal",
    "check",
    "login",
    "logout",
    "profiles",
    "simulate",
)


def test_the_overview_names_every_command(home: Path) -> None:
    ended = run("--help", home=home)
    assert (ended.code, ended.err) == (0, "")
    assert [command for command in COMMANDS if f"\n  {command} " not in ended.out] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_tells_its_options(home: Path, command: str) -> None:
    ended = run(command, "--help", home=home)
    assert (ended.code, ended.err) == (0, "")
    assert f"trtc-tui {command}" in ended.out


def test_the_version(home: Path) -> None:
    assert run("--version", home=home).out == f"trtc-tui {__version__}\n"
