"""The main job, from key to screen: a task lives and ends, and is still known when the network is gone."""

import json
from pathlib import Path

from tests.pty.program import run
from tests.pty.stage import Stage
from tests.pty.terminal import screen

LIFE = ("Idle", "InProgress", "Exited")


def journal(home: Path, stage: Stage) -> list[dict[str, object]]:
    done = run("tail", "--jsonl", "--no-follow", "--lines=10000", f"--endpoint={stage.url}", home=home)
    assert done.code == 0, done.err
    return [json.loads(line) for line in done.out.splitlines()]


def first_request_ids(home: Path, stage: Stage, task_id: str) -> dict[str, str]:
    """Status or error code → RequestId of the first poll of the task that told it."""
    found: dict[str, str] = {}
    for row in journal(home, stage):
        if row["kind"] == "poll" and row["task_id"] == task_id:
            error = row.get("error")
            word = error["code"] if isinstance(error, dict) else row["status"]
            found.setdefault(str(word), str(row["request_id"]))
    return found


def test_a_life_and_what_remains_of_it(home: Path, stage: Stage) -> None:
    stage.plays("studio-a.", "Idle")
    stage.plays("studio-b.", "InProgress")
    with screen(["watch", "studio-a.", "studio-b.", "nobody.", *stage.options], home, size=(110, 60)) as s:
        for word in LIFE:
            stage.plays("studio-a.", word)
            s.row("studio-a.").says(word)
        stage.ends("studio-a.")
        s.row("studio-a.").says("ENDED")
        s.row("nobody.").says("NOT FOUND", "never seen")
        s.line(2).says("tool OK")
        request_ids = first_request_ids(home, stage, "studio-a.")
        s.pane(4).says(
            f"studio-a. Idle  req {request_ids['Idle']}",
            "studio-a. Idle -> InProgress",
            f"req {request_ids['InProgress']}",
            "studio-a. InProgress -> Exited",
            f"req {request_ids['Exited']}",
            "studio-a. Exited -> ENDED",
        )
        s.filters_by("studio")
        s.pane(1).says("2 of 3", "/studio")
        s.press("<")
        s.pane(1).says("by name")
        s.press(">")
        s.pane(1).says("by name down")
        s.press("k", "k", "j")
        s.selects("studio-a.")
        s.press("Q")
        s.quits_with(0)

    polls = [row for row in journal(home, stage) if row["kind"] == "poll" and row["task_id"] == "nobody."]
    assert len(polls) == 3
    stage.simulator.stop()
    with screen(["watch", *stage.options], home) as s:
        s.pane(1).says("2 of 3", "/studio", "by name down")
        s.row("studio-a.").says("ENDED")
        s.selects("studio-a.")
        s.line(2).says("NO NETWORK")
        s.row("studio-b.").says("UNKNOWN", "was InP")
        s.line(3).says("TOOL blind", "last known: 1 InProgress")
        s.press("Esc")
        s.row("nobody.").says("NOT FOUND")
        s.press("Q")
        s.quits_with(0)


def test_the_demo_needs_nothing(home: Path) -> None:
    no_key = {"TENCENTCLOUD_SECRET_ID": None, "TENCENTCLOUD_SECRET_KEY": None}
    with screen(["demo"], home, size=(80, 24), changes=no_key) as s:
        s.shows("1 Tasks 40", "tool OK", "InProgress")
        s.pane(4).says("poll", "req ")
        s.press("Q")
        s.quits_with(0)
    assert not list(home.iterdir())
