"""A journal that cannot be used is said in one line before anything is asked, and nothing in it changes."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.pty.program import run
from tests.pty.stage import Stage
from tui.adapters.journal import JournalWriter, account_hash, journal_path
from tui.adapters.journal.schema import SCHEMA_VERSION
from tui.protocol.endpoint import parse_endpoint
from tui.simulator.keys import DEMO_CREDENTIAL


def place(stage: Stage, state_dir: Path) -> Path:
    return journal_path(state_dir, account_hash(parse_endpoint(stage.url).host, DEMO_CREDENTIAL.secret_id))


@pytest.fixture
def journal(home: Path, stage: Stage) -> Path:
    """An empty journal of the stage's account."""
    path = place(stage, home / "state")
    JournalWriter(path).close()
    return path


@pytest.mark.parametrize("command", [("record", "a.", "--for=1s"), ("tail", "--no-follow")])
def test_one_of_a_newer_version(home: Path, stage: Stage, journal: Path, command: tuple[str, ...]) -> None:
    with closing(sqlite3.connect(journal)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    before = journal.read_bytes()
    ended = run(*command, *options(command, stage), f"--state-dir={home / 'state'}", home=home)
    assert "was written by a newer trtc-tui" in ended.complaint
    assert "upgrade trtc-tui, or choose another --state-dir" in ended.complaint
    assert ended.code == 2
    assert journal.read_bytes() == before
    assert stage.simulator.arrivals == ()


@pytest.mark.parametrize("command", [("record", "a.", "--for=1s"), ("tail", "--no-follow")])
def test_one_that_is_no_database(home: Path, stage: Stage, journal: Path, command: tuple[str, ...]) -> None:
    text = "my notes, which nobody shall overwrite\n" * 100
    journal.write_text(text)
    ended = run(*command, *options(command, stage), f"--state-dir={home / 'state'}", home=home)
    assert "is not a journal: move it away, or choose another --state-dir" in ended.complaint
    assert ended.code == 2
    assert journal.read_text() == text


def test_a_folder_that_is_a_file(home: Path, stage: Stage) -> None:
    (home / "state").write_text("mine")
    ended = run("record", "a.", "--for=1s", *stage.options, f"--state-dir={home / 'state'}", home=home)
    assert "no journal can be written at" in ended.complaint
    assert ended.code == 2
    assert (home / "state").read_text() == "mine"


AS_ANY_USER = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
"""Modes of files hold for root too once it has given up these capabilities."""


def test_a_folder_that_is_read_only(home: Path, stage: Stage) -> None:
    folder = home / "state"
    folder.mkdir(mode=0o500)
    before = AS_ANY_USER if os.geteuid() == 0 else ()
    ended = run("record", "a.", "--for=1s", *stage.options, f"--state-dir={folder}", home=home, before=before)
    assert "no journal can be written at" in ended.complaint
    assert "(Permission denied): check the folder, or choose another --state-dir" in ended.complaint
    assert ended.code == 2
    assert not list(folder.iterdir())


SMALL_DISK = ("/bin/sh", "-c", 'trap "" XFSZ; ulimit -f 1; exec "$@"', "sh")
"""No file may grow beyond a block: as with a full disk, writing fails halfway through making the journal."""


def test_a_full_disk(home: Path, stage: Stage) -> None:
    ended = run("record", "a.", "--for=1s", *stage.options, home=home, before=SMALL_DISK)
    assert ended.complaint.startswith("the disk ")
    assert ended.complaint.endswith("or choose another --state-dir")
    assert ended.code == 2
    assert not [path for path in home.rglob("*") if path.is_file()], "no half-made journal stays"
    assert stage.simulator.arrivals == ()


def options(command: tuple[str, ...], stage: Stage) -> tuple[str, ...]:
    """What `command` needs to know of the stage."""
    return (f"--endpoint={stage.url}",) if command[0] == "tail" else stage.options
