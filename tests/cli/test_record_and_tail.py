"""The engine without a screen, and its journal as lines, in processes of their own."""

import json
import re
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.running import running
from tests.pty.program import run
from tests.pty.stage import START_TIME_MS, Stage


def journal(home: Path, stage: Stage) -> list[dict[str, object]]:
    ended = run("tail", "--jsonl", "--no-follow", "--lines=10000", f"--endpoint={stage.url}", home=home)
    assert (ended.code, ended.err) == (0, "")
    return [json.loads(line) for line in ended.out.splitlines()]


def test_recording_for_a_time(home: Path, stage: Stage) -> None:
    stage.plays("studio.", "InProgress")
    ended = run("record", "-", "--for=1s", *stage.options, home=home, stdin="studio. Studio A\n")
    told = ended.err.splitlines()
    assert told[0].startswith("recording 1 tasks to ")
    rows = journal(home, stage)
    assert told[1] == "polling"
    assert told[2] == f"recorded {len(rows)} entries"
    assert (ended.code, ended.out) == (0, "")

    assert [row["frame"] for row in rows] == list(range(1, len(rows) + 1))
    watch, started, *polls, stopped = rows
    assert (watch["kind"], watch["verb"], watch["task_id"], watch["name"]) == (
        "request",
        "watch",
        "studio.",
        "Studio A",
    )
    assert started["topic"] == "polling started"
    assert stopped["topic"] == "polling stopped"
    assert polls
    for poll in polls:
        assert (poll["kind"], poll["status"], poll["start_time_ms"]) == ("poll", "InProgress", START_TIME_MS)
        assert poll["request_id"]


def test_recording_goes_on_with_the_tasks_of_last_time(home: Path, stage: Stage) -> None:
    stage.plays("studio.", "Idle")
    run("record", "studio.", "--for=0.5s", *stage.options, home=home)
    before = len(stage.simulator.arrivals)
    ended = run("record", "--for=1s", *stage.options, home=home)
    assert ended.err.startswith("recording 1 tasks to ")
    assert len(stage.simulator.arrivals) > before


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_closes_the_journal(home: Path, stage: Stage, number: signal.Signals) -> None:
    stage.plays("studio.", "InProgress")
    with running("record", "studio.", *stage.options, home=home) as program:
        path = Path(program.err.next().removeprefix("recording 1 tasks to "))
        with running("tail", f"--endpoint={stage.url}", home=home) as watching:
            watching.out.until("poll  studio. InProgress")
        program.signal(number)
        assert program.code() == 128 + number
        assert [line.split()[0] for line in program.err.rest()] == ["polling", "recorded"]
    left = {path.name, f"{path.name}.lock"}
    assert {file.name for file in path.parent.iterdir()} == left, "no log is left beside a closed journal"
    assert journal(home, stage)[-1]["topic"] == "polling stopped"
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_following_another_process(home: Path, stage: Stage) -> None:
    stage.plays("studio.", "Idle")
    with running("record", "studio.", *stage.options, home=home) as recording:
        recording.err.until("recording")
        with (
            running("tail", f"--endpoint={stage.url}", home=home) as lines,
            running("tail", "--jsonl", f"--endpoint={stage.url}", home=home) as objects,
        ):
            lines.out.until("poll  studio. Idle")
            objects.out.until('"status": "Idle"')
            stage.plays("studio.", "InProgress")
            changed = json.loads(objects.out.until('"status": "InProgress"'))
            told = lines.out.until("Idle -> InProgress")
            assert f"req {changed['request_id']}" in told
            for follower in (lines, objects):
                follower.signal(signal.SIGINT)
                assert follower.code() == 128 + signal.SIGINT
                assert follower.err.rest() == ["trtc-tui: interrupted"]


def test_the_past_in_lines(home: Path, stage: Stage) -> None:
    stage.plays("studio.", "InProgress")
    run("record", "studio.", "--for=1s", *stage.options, home=home)
    place = ("--no-follow", f"--endpoint={stage.url}")
    told = run("tail", *place, home=home).out.splitlines()
    assert [line.split()[1] for line in told] == ["you", "tool", "poll", "tool"]
    assert re.fullmatch(r"\d\d:\d\d:\d\d\.\d{3}Z poll  studio\. InProgress  req [0-9a-f-]{36}", told[2])
    assert run("tail", "--lines=1", *place, home=home).out.splitlines() == told[-1:]
    assert run("tail", "--lines=0", *place, home=home).out == ""


def test_a_reader_that_goes_away_ends_the_tail(home: Path, stage: Stage) -> None:
    stage.plays("studio.", "InProgress")
    run("record", "studio.", "--for=1s", *stage.options, home=home)
    head = ("/bin/sh", "-c", '"$@" | head -n 1', "sh")
    ended = run("tail", "--jsonl", "--no-follow", f"--endpoint={stage.url}", home=home, before=head)
    assert json.loads(ended.out)["kind"] == "request"
    assert ended.err == ""


def test_hostile_answers_are_printed_as_text(home: Path, stage: Stage) -> None:
    hostile = "\x1b[2J[red]\u202e\x9b31m"
    stage.plays("studio.", hostile)
    run("record", "studio.", "--for=1s", *stage.options, home=home)
    told = run("tail", "--no-follow", f"--endpoint={stage.url}", home=home).out
    assert "\\x1b[2J[red]\\u202e\\x9b31m" in told
    assert not set(hostile) & set(told) - set("[2J[red]31m")
    raw = run("tail", "--jsonl", "--no-follow", f"--endpoint={stage.url}", home=home).out
    assert raw.isascii()
    assert "\x1b" not in raw
    assert hostile in {row.get("status") for row in journal(home, stage)}
