"""`trtc-tui check` in a process of its own: what it finds, and what a shell sees of it."""

import json
from pathlib import Path

import pytest

from tests.core.entries import OTHER, ROOM, poll, watch
from tests.pty.program import NO_KEY, run
from tests.pty.stage import Stage
from tui.adapters.journal import JournalWriter, account_hash, journal_path
from tui.core.entry import Entry
from tui.core.fault import FaultClass
from tui.protocol.endpoint import parse_endpoint
from tui.simulator.keys import DEMO_CREDENTIAL

END = FaultClass.END
MISSED: list[Entry] = [watch(), poll("InProgress", 0), poll(END, 1), poll(END, 2)]
RISEN: list[Entry] = [*MISSED, poll("Idle", 3, OTHER), poll("Idle", 4)]


def journal(path: Path, entries: list[Entry]) -> Path:
    writer = JournalWriter(path)
    writer.append(entries)
    writer.close()
    return path


def test_something_impossible_is_told_with_its_request_and_ends_with_1(home: Path) -> None:
    ended = run("check", str(journal(home / "one.sqlite3", RISEN)), home=home, changes=NO_KEY)
    assert (ended.code, ended.err) == (1, "")
    assert ended.out.splitlines() == [
        (
            f"2025-06-15T15:06:42.020Z  E1 undocumented  frame 4  {ROOM}  "
            "InProgress -> ENDED: no Exited seen within 2 s  req request-2"
        ),
        f"2025-06-15T15:06:44.020Z  E5 impossible    frame 6  {ROOM}  ENDED -> Idle  req request-4",
        "E1  a life ends without a seen Exited: 1",
        "E5  life after the end: 1",
        "1 impossible, 1 undocumented, of 1 task",
    ]


def test_what_is_merely_undocumented_is_told_and_fine(home: Path) -> None:
    ended = run("check", str(journal(home / "one.sqlite3", MISSED)), home=home)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines()[-1] == "0 impossible, 1 undocumented, of 1 task"


def test_for_programs_it_is_one_object(home: Path) -> None:
    path = journal(home / "one.sqlite3", RISEN)
    ended = run("check", str(path), "--json", home=home)
    told = json.loads(ended.out)
    assert (ended.code, told["path"], told["impossible"], told["undocumented"]) == (1, str(path), 1, 1)
    assert told["findings"][1] == {
        "frame": 6,
        "at": "2025-06-15T15:06:44.020Z",
        "rule": "E5",
        "verdict": "impossible",
        "task_id": ROOM.task_id,
        "region": ROOM.region,
        "sdk_app_id": ROOM.sdk_app_id,
        "text": "ENDED -> Idle",
        "request_id": "request-4",
    }


def test_without_a_file_it_is_the_journal_of_the_account(home: Path, stage: Stage) -> None:
    account = account_hash(parse_endpoint(stage.url).host, DEMO_CREDENTIAL.secret_id)
    journal(journal_path(home / "state", account), [watch(), poll("Idle", 0)])
    ended = run("check", f"--endpoint={stage.url}", f"--state-dir={home / 'state'}", home=home)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == "everything that was seen is as the documentation says\n"
    assert stage.simulator.arrivals == ()


@pytest.mark.parametrize(
    "content", [None, "not a journal, but long enough to be looked at\n" * 40], ids=["none", "text"]
)
def test_what_cannot_be_read_is_no_answer(home: Path, content: str | None) -> None:
    path = home / "one.sqlite3"
    if content is not None:
        path.write_text(content)
    ended = run("check", str(path), home=home)
    assert (ended.code, ended.out) == (2, "")
    assert str(path) in ended.complaint
