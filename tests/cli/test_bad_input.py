"""Whatever a user can get wrong is one line on stderr and an exit code: what is wrong, and what to type next."""

import socket
from pathlib import Path

import pytest

from tests.pty.program import NO_KEY, run
from tests.pty.stage import Stage
from tui.simulator.keys import DEMO_SECRET_ID
from tui.simulator.world import REGION

PLACE = (f"--region={REGION}", "--sdk-app-id=1400000000", "--endpoint=http://127.0.0.1:9")
"""Complete, and where nobody listens: a mistake must be found before anything is asked."""

WRONG = {
    "no TaskId": (("describe", *PLACE), "no TaskId: write trtc-tui describe [REGION/][SDKAPPID/]TASKID"),
    "an empty TaskId": (("describe", "ap-singapore/", *PLACE), "holds no TaskId"),
    "two tasks": (("describe", "a.", "b.", *PLACE), "describe takes one; watch takes many"),
    "no region": (("describe", "a.", "--sdk-app-id=1"), "no region for task 'a.': add --region NAME"),
    "no SdkAppId": (("describe", "a.", f"--region={REGION}"), "no SdkAppId for task 'a.': add --sdk-app-id NUMBER"),
    "an SdkAppId in words": (("describe", "a.", "--sdk-app-id=mine"), "'mine' is no whole number of 1 or more"),
    "an SdkAppId of 0": (("record", "a.", "--sdk-app-id=0"), "'0' is no whole number of 1 or more"),
    "another site's region": (
        ("describe", "a.", "--region=ap-shanghai", "--sdk-app-id=1"),
        "not offered on trtc.intl.tencentcloudapi.com: use one of ap-guangzhou, ap-hongkong, ap-singapore",
    ),
    "no site's region": (
        ("record", "eu-frankfurt/1/a.", "--endpoint=https://trtc.tencentcloudapi.com"),
        "use one of ap-beijing, ap-guangzhou, ap-hongkong, ap-shanghai",
    ),
    "plain http to elsewhere": (
        ("describe", "a.", "--endpoint=http://example.com"),
        "plain http goes to this machine only: write https://example.com",
    ),
    "no URL": (("describe", "a.", "--endpoint=example.com"), "has no scheme: write https://HOST"),
    "a TaskId like an option": (("describe", "-m9+bV.", *PLACE), "write --task=-m9+bV."),
    "and behind --task": (("describe", "--task", "-m9."), "for a TaskId that begins with a minus, write --task=TASKID"),
    "no such profile": (("describe", "a.", "--profile=nobody", *PLACE), "nobody"),
    "no such option": (("describe", "--colour"), "there is no option --colour"),
    "a mistyped option": (("describe", "--regoin=x"), "there is no option --regoin: did you mean --region?"),
    "tasks for a command without": (("simulate", "--", "a."), "simulate takes no tasks"),
    "a command in the middle": (("a.", "describe"), "the command comes first: trtc-tui describe"),
    "no such command": (("frobnicate",), "there is no terminal to draw on"),
    "no duration": (("record", "a.", "--for=soon", *PLACE), "'soon' is no duration: write 30s, 5m, 8h or 2d"),
    "no such fault": (("simulate", "--fault=flood"), "'flood' is unknown; known are latency, html"),
    "a fault out of range": (("simulate", "--fault=html=200"), "html takes a whole number from 400 to 599"),
    "no such port": (("simulate", "--port=65536"), "'65536' is no whole number from 0 to 65535"),
    "nothing recorded yet": (("tail", "--no-follow"), "there is no journal at"),
    "no terminal for watch": (("watch", "a.", *PLACE), "there is no terminal to draw on"),
    "a mistyped breakpoint": (
        ("demo", "--break=statsu == Idle"),
        "column 1: there is no word statsu; did you mean status?",
    ),
    "half a breakpoint": (("watch", "--break=live-*: age >", *PLACE), "something is missing behind >"),
    "no terminal for demo": (("demo",), "there is no terminal to draw on"),
}


@pytest.mark.parametrize("mistake", WRONG)
def test_one_line_and_nothing_done(home: Path, mistake: str) -> None:
    arguments, told = WRONG[mistake]
    ended = run(*arguments, home=home)
    assert told in ended.complaint
    assert (ended.code, ended.out) == (2, "")
    assert not list(home.rglob("*")), "nothing is left behind"


KEYS = {
    "none": (NO_KEY, "No key ("),
    "half, the id": ({"TENCENTCLOUD_SECRET_KEY": None}, "TENCENTCLOUD_SECRET_KEY is not: set both"),
    "half, the key": ({"TENCENTCLOUD_SECRET_ID": None}, "TENCENTCLOUD_SECRET_ID is not: set both"),
}


@pytest.mark.parametrize("command", ["describe", "record"])
@pytest.mark.parametrize("key", KEYS)
def test_without_a_whole_key_nothing_starts(home: Path, command: str, key: str) -> None:
    changes, told = KEYS[key]
    ended = run(command, "a.", *PLACE, home=home, changes=changes)
    assert told in ended.complaint
    assert DEMO_SECRET_ID not in ended.err
    assert ended.code == 2


@pytest.mark.parametrize("term", ["dumb", "", "unknown", None])
@pytest.mark.parametrize("command", ["watch", "demo"])
def test_a_terminal_that_cannot_be_drawn_on(home: Path, command: str, term: str | None) -> None:
    ended = run(command, home=home, changes={"TERM": term})
    assert "this terminal cannot be drawn on" in ended.complaint
    assert "try TERM=xterm-256color" in ended.complaint
    assert ended.code == 2


LISTED = """\
# the show
studio-a. Studio A

ap-singapore/1400000000/
studio-b.
"""


def test_a_list_with_a_bad_line_starts_nothing(home: Path, stage: Stage) -> None:
    ended = run("record", "-", *stage.options, home=home, stdin=LISTED)
    assert ended.complaint.startswith("line 4 of the list: 'ap-singapore/1400000000/' holds no TaskId")
    assert ended.complaint.endswith("Nothing was started")
    assert ended.code == 2
    assert stage.simulator.arrivals == ()
    assert not list(home.rglob("*"))


@pytest.mark.parametrize("form", [("--task=-m9.",), ("--", "-m9.")])
def test_a_task_id_may_begin_with_a_minus(home: Path, stage: Stage, form: tuple[str, ...]) -> None:
    stage.plays("-m9.", "InProgress")
    ended = run("describe", *stage.options, *form, home=home)
    assert "status      InProgress" in ended.out
    assert (ended.code, ended.err) == (0, "")


def test_a_port_that_is_taken(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = run("simulate", f"--port={port}", home=home)
    assert "choose another --port, or 0 for any free one" in ended.complaint
    assert (ended.code, ended.out) == (2, "")
