"""`trtc-tui journal` in a process of its own: what it tells, and what it does while others poll."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.running import running
from tests.core.entries import OTHER, ROOM, SECOND_US, START_US, poll, watch
from tests.pty.program import Ended, run
from tests.pty.stage import Stage
from tui.adapters.journal import JournalWriter, account_hash, journal_path
from tui.adapters.journal.schema import SCHEMA_VERSION
from tui.core.entry import Gap, GapCause
from tui.protocol.endpoint import parse_endpoint
from tui.simulator.keys import DEMO_CREDENTIAL


@pytest.fixture
def path(home: Path, stage: Stage) -> Path:
    """Where the journal of the stage's account lies, in the folder of `ask`."""
    return journal_path(home / "state", account_hash(parse_endpoint(stage.url).host, DEMO_CREDENTIAL.secret_id))


@pytest.fixture
def old(path: Path) -> Path:
    """A journal of a summer long past: two tasks for half an hour, a gap, a change."""
    writer = JournalWriter(path)
    writer.append([watch(), watch(OTHER)])
    writer.append([poll("Idle", second, (ROOM, OTHER)[second % 2]) for second in range(1800)])
    writer.append([Gap(START_US + 1810 * SECOND_US, START_US + 1800 * SECOND_US, GapCause.NETWORK)])
    writer.append([poll("InProgress", 1900)])
    writer.close()
    return path


def ask(*options: str, home: Path, stage: Stage) -> Ended:
    return run("journal", *options, f"--endpoint={stage.url}", f"--state-dir={home / 'state'}", home=home)


def test_what_is_told_to_programs(home: Path, stage: Stage, old: Path) -> None:
    ended = ask("--json", home=home, stage=stage)
    assert (ended.code, ended.err) == (0, "")
    told = json.loads(ended.out)
    size = old.stat().st_size
    assert told == {
        "path": str(old),
        "schema": SCHEMA_VERSION,
        "file_bytes": size,
        "log_bytes": 0,
        "bytes_per_poll": round(size / 1801, 1),
        "first_at": "2025-06-15T15:06:40.000Z",
        "last_at": "2025-06-15T15:38:20.020Z",
        "thinned_until": None,
        "entries": 1804,
        "polls": 1801,
        "transitions": 3,
        "gaps": 1,
        "tasks": 2,
        "polled_by": None,
    }


def test_what_is_told_to_people(home: Path, stage: Stage, old: Path) -> None:
    ended = ask(home=home, stage=stage)
    assert (ended.code, ended.err) == (0, "")
    facts = dict(line.split(maxsplit=1) for line in ended.out.splitlines())
    assert facts["path"] == str(old)
    assert facts["span"] == "2025-06-15T15:06:40.000Z .. 2025-06-15T15:38:20.020Z"
    assert facts["polls"] == "1,801 of 2 tasks"
    assert facts["polled"] == "by    nobody"
    assert facts["thinned"] == "not yet"


def test_an_empty_journal(home: Path, stage: Stage, path: Path) -> None:
    JournalWriter(path).close()
    told = json.loads(ask("--json", "--check", home=home, stage=stage).out)
    assert told["entries"] == told["polls"] == 0
    assert told["first_at"] is told["last_at"] is told["bytes_per_poll"] is None
    assert told["sound"] is True


@pytest.mark.parametrize("option", ["--json", "--check", "--compact"])
def test_there_is_none(home: Path, stage: Stage, path: Path, option: str) -> None:
    ended = ask(option, home=home, stage=stage)
    assert ended.code == 2
    assert ended.complaint.startswith(f"there is no journal at {path}: start trtc-tui first")
    assert not path.exists()


def test_a_sound_one(home: Path, stage: Stage, old: Path) -> None:
    ended = ask("--check", home=home, stage=stage)
    assert (ended.code, ended.out.splitlines()[-1]) == (0, "check        sound")


def test_a_poll_whose_answer_is_missing(home: Path, stage: Stage, old: Path) -> None:
    with closing(sqlite3.connect(old)) as connection, connection:
        connection.execute("DELETE FROM answer WHERE word = 'InProgress'")
    ended = ask("--check", "--compact", home=home, stage=stage)
    assert ended.code == 1
    assert ended.out.splitlines() == [
        f"path         {old}",
        "damage       1 polls refer to an answer that is not there",
    ], "what is damaged is not compacted"
    told = json.loads(ask("--check", "--json", home=home, stage=stage).out)
    assert (told["sound"], len(told["damage"])) == (False, 1)


def test_a_page_overwritten_by_something_else(home: Path, stage: Stage, old: Path) -> None:
    content = bytearray(old.read_bytes())
    content[8 * 4096 : 12 * 4096] = b"my notes" * 2048
    old.write_bytes(content)
    ended = ask("--check", home=home, stage=stage)
    assert ended.code == 1
    assert ended.err == ""
    assert "damage       " in ended.out


def test_compacting_while_nobody_polls(home: Path, stage: Stage, old: Path) -> None:
    before = old.stat().st_size
    told = json.loads(ask("--compact", "--check", "--json", home=home, stage=stage).out)
    done = told["compacted"]
    assert done == {
        "deleted_polls": 1801 - told["polls"],
        "before_bytes": before,
        "after_bytes": old.stat().st_size,
        "written_anew": True,
    }
    assert done["deleted_polls"] > 1700
    assert done["after_bytes"] < before / 1.5
    assert told["transitions"] == 3
    assert told["gaps"] == 1
    assert told["thinned_until"] == told["last_at"]
    assert told["sound"] is True
    again = json.loads(ask("--compact", "--json", home=home, stage=stage).out)
    assert again["compacted"]["deleted_polls"] == 0


def test_compacting_while_somebody_polls_stops_nobody(home: Path, stage: Stage, old: Path) -> None:
    stage.plays("studio.", "InProgress")
    state = f"--state-dir={home / 'state'}"
    with running("record", "studio.", *stage.options, state, home=home) as program:
        program.err.until("recording")
        with running("tail", f"--endpoint={stage.url}", state, home=home) as watching:
            watching.out.until("studio. InProgress")
        told = json.loads(ask("--compact", "--json", home=home, stage=stage).out)
        assert f"pid {program.pid}" in told["polled_by"]
        assert told["compacted"]["written_anew"] is False
        assert told["compacted"]["deleted_polls"] > 1700
        lines = ask("--compact", home=home, stage=stage).out.splitlines()
        assert lines[-1].endswith(f"pid {program.pid} polls: end it first, and more space can be given back")
        with running("tail", "--jsonl", "--lines=0", f"--endpoint={stage.url}", state, home=home) as watching:
            watching.out.until('"status": "InProgress"')


def test_no_key_store_is_asked(home: Path, stage: Stage, old: Path) -> None:
    before = stage.simulator.arrivals
    assert ask(home=home, stage=stage).code == 0
    assert stage.simulator.arrivals == before
