"""Every key of the screen, at a real terminal, and what it must never do."""

import base64
import json
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pty.program import run
from tests.pty.stage import Stage
from tests.pty.terminal import Screen, screen

COPIED = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]+)(?:\x07|\x1b\\)")


@pytest.fixture
def s(home: Path, stage: Stage) -> Iterator[Screen]:
    """Two tasks, the first one selected, at a terminal where every pane has room."""
    stage.plays("arena.", "InProgress")
    stage.plays("studio.", "Idle")
    with screen(["arena.", "studio.", *stage.options], home) as shown:
        shown.row("arena.").says("InProgress")
        shown.row("studio.").says("Idle")
        shown.selects("arena.")
        yield shown


def test_moving_about(s: Screen) -> None:
    s.shows("══ 1 Tasks", "── 2 arena.", "── 4 Log")
    s.press("j")
    s.selects("studio.")
    s.shows("── 2 studio.")
    s.press("k")
    s.selects("arena.")
    for key, title in (("2", "══ 2 arena."), ("3", "══ 3 Timeline"), ("4", "══ 4 Log"), ("1", "══ 1 Tasks")):
        s.press(key)
        s.shows(title)
    for title in ("══ 2 arena.", "══ 3 Timeline", "══ 4 Log", "══ 1 Tasks"):
        s.press("Tab")
        s.shows(title)
    s.press("Shift-Tab")
    s.shows("══ 4 Log")


def test_looking_in_other_ways(s: Screen) -> None:
    for key, told in (("V", "full V"), ("V", "json V"), ("V", "compact V"), ("F", "stands F"), ("W", "this task")):
        s.press(key)
        s.shows(told)
    s.pane(4).says_nothing_of("studio.")
    s.press("t")
    s.shows("times: local")
    s.press("z")
    s.hides("2 arena.", "4 Log")
    s.press("Esc")
    s.shows("══ 1 Tasks", "2 arena.", "4 Log")


def test_the_full_json_of_the_last_answer(s: Screen) -> None:
    s.press("V", "V")
    s.pane(2).says('"Status": "InProgress"', '"TaskId": "arena."')


def test_sorting(s: Screen) -> None:
    s.press("<")
    s.shows("by name")
    s.press(">")
    s.shows("by name down")
    s.press("g")
    s.selects("studio.")


def test_a_filter_is_kept_by_enter_and_given_up_by_escape(s: Screen) -> None:
    s.filters_by("studio")
    s.pane(1).says("1 of 2", "(1 hidden)")
    s.press("/")
    s.shows("── 1 Tasks")
    s.press("x")
    s.pane(1).says("0 of 2", "/x ")
    s.press("Esc")
    s.shows("══ 1 Tasks 1 of 2", "/studio (1 hidden)")
    s.press("Esc")
    s.shows("══ 1 Tasks 2 ")


def test_a_paused_view_stands_still_and_counts_what_is_new(s: Screen, stage: Stage) -> None:
    s.press("Space")
    s.line(1).says("PAUSE")
    stage.plays("arena.", "Exited")
    s.wait(lambda: re.search(r"PAUSE \+\d+ new", s.lines[0]) is not None, "a badge for what is new")
    s.row("arena.").says("InProgress")
    s.press("Space")
    s.row("arena.").says("Exited")
    s.line(1).says("LIVE")


def test_help_lists_searches_and_runs(s: Screen) -> None:
    s.press("?")
    s.shows("Help: type to search", "Step back", "ENDED: a query error")
    s.press("local, relative")
    s.hides("Step back")
    s.press("Enter")
    s.shows("times: local")
    s.press("F1")
    s.shows("Help: type to search")
    s.press("Esc")
    s.hides("Help: type to search")


def test_the_palette(s: Screen) -> None:
    s.press(":")
    s.shows("Search for commands", "Step back")
    s.press("copy")
    s.hides("Step back")
    s.shows("Copy..")
    s.press("Enter")
    s.shows("Copy to the terminal's clipboard")
    s.press("Esc")
    s.hides("Copy to the terminal's clipboard")


def test_poll_now(s: Screen, home: Path, stage: Stage) -> None:
    s.press("r")
    s.shows("asked for one poll of arena.")
    s.pane(4).says("you   arena. poll now")
    s.wait(lambda: asked_by_the_operator(home, stage) == ["arena."], "one poll for that reason")


def asked_by_the_operator(home: Path, stage: Stage) -> list[object]:
    return [row["task_id"] for row in journal(home, stage) if row.get("reason") == "you"]


def journal(home: Path, stage: Stage) -> list[dict[str, object]]:
    done = run("tail", "--jsonl", "--no-follow", "--lines=1000", f"--endpoint={stage.url}", home=home)
    return [json.loads(line) for line in done.out.splitlines()]


def test_adding_a_task(s: Screen, stage: Stage) -> None:
    stage.plays("late.", "Idle")
    s.press("A")
    s.shows("Watch a task")
    s.press("eu-nowhere/")
    s.shows("holds no TaskId")
    s.press("Ctrl-U")
    s.hides("holds no TaskId")
    s.press("late.")
    s.shows("will watch ap-singapore/1400000000/late.")
    s.press("Enter")
    s.row("late.").says("Idle")
    s.selects("late.")
    s.press("A")
    s.shows("Watch a task")
    s.press("Esc")
    s.hides("Watch a task")
    s.pane(1).says("1 Tasks 3")


def test_forgetting_asks_and_can_be_undone(s: Screen) -> None:
    s.press("Del")
    s.shows("Stop watching arena.?", "Its past stays")
    s.press("Esc")
    s.hides("Stop watching")
    s.row("arena.").is_there()
    s.press("Del")
    s.shows("Stop watching arena.?")
    s.press("Enter")
    s.row("arena.").is_gone()
    s.press("U")
    s.row("arena.").says("InProgress")


def test_copying_reaches_the_terminal(s: Screen, home: Path, stage: Stage) -> None:
    assert copied(s, "t", "TaskId") == "arena."
    request_id = copied(s, "r", "RequestId")
    assert request_id in {row.get("request_id") for row in journal(home, stage)}
    answer = json.loads(copied(s, "j", "JSON of the last answer"))["Response"]
    assert (answer["Status"], answer["TaskId"]) == ("InProgress", "arena.")


def copied(s: Screen, key: str, what: str) -> str:
    """What the terminal is told to put into its clipboard (OSC 52) when this is chosen."""
    s.press("y")
    s.shows("Copy to the terminal's clipboard", f"{key}  {what}")
    s.press(key)
    s.line(-1).says(f"{what} sent to the terminal's clipboard")
    return base64.b64decode(COPIED.findall(s.sent)[-1]).decode()


def test_what_never_quits(s: Screen) -> None:
    for key, told in (
        ("q", "Q quits"),
        ("Ctrl-C", "Q quits (Ctrl-C does not)"),
        ("Esc", "nothing to go back from; Q quits"),
    ):
        s.press(key)
        s.line(-1).says(told)
    s.press("Esc", "Ctrl-C", "q", "F9", "§", "%", "0", "\x1b[99~")
    s.settles()
    assert s.runs
    s.shows("══ 1 Tasks 2", "2 arena.", "4 Log 5")


@pytest.mark.parametrize("key", ["Q", "Ctrl-Q"])
def test_what_quits(s: Screen, key: str) -> None:
    s.press(key)
    s.quits_with(0)
    assert s.sent.rindex(b"\x1b[?1049l") > s.sent.rindex(b"\x1b[?1049h")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_as_a_key_does(s: Screen, home: Path, stage: Stage, number: signal.Signals) -> None:
    s.signal(number)
    s.quits_with(128 + number)
    assert s.sent.rindex(b"\x1b[?1049l") > s.sent.rindex(b"\x1b[?1049h")
    done = run("tail", "--no-follow", "--lines=1", f"--endpoint={stage.url}", home=home)
    assert "polling stopped" in done.out


def test_keys_of_one_packet_keep_their_order(s: Screen) -> None:
    s.press("/studio\r")
    s.pane(1).says("/studio (1 hidden)")
    s.shows("══ 1 Tasks")
    s.selects("studio.")
    s.press("\x1b[B\x1b[Bjjkk")
    s.selects("studio.")
