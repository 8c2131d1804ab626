"""One signed call: in words, as JSON, and as an exit code."""

import json
import re
from pathlib import Path

import pytest

from tests.pty.program import run
from tests.pty.stage import START_TIME_MS, Stage

TASK_ID = "studio."


def test_in_words(home: Path, stage: Stage) -> None:
    stage.plays(TASK_ID, "InProgress")
    ended = run("describe", TASK_ID, *stage.options, home=home)
    assert (ended.code, ended.err) == (0, "")
    lines = dict(line.split(maxsplit=1) for line in ended.out.splitlines() if not line.startswith("request id"))
    assert lines["task"] == "ap-singapore/1400000000/studio."
    assert lines["status"] == "InProgress"
    assert lines["started"] == "2026-03-02T06:38:54.515Z"
    assert re.search(r"^request id  [0-9a-f-]{36}$", ended.out, re.MULTILINE)
    assert re.search(r", answered in \d+ ms$", ended.out, re.MULTILINE)


def test_as_json(home: Path, stage: Stage) -> None:
    stage.plays(TASK_ID, "InProgress")
    ended = run("describe", TASK_ID, "--json", *stage.options, home=home)
    told = json.loads(ended.out)
    assert (told["task_id"], told["status"], told["start_time_ms"]) == (TASK_ID, "InProgress", START_TIME_MS)
    assert (told["region"], told["sdk_app_id"], told["http_status"]) == ("ap-singapore", 1_400_000_000, 200)
    assert re.fullmatch(r"[0-9a-f-]{36}", told["request_id"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", told["sent_at"])
    assert told["latency_ms"] > 0
    assert told["error"] is None
    assert (told["blame"]["culprit"], told["blame"]["line"]) == ("nothing wrong", None)


@pytest.mark.parametrize(
    ("code", "exit_code", "error_class"),
    [
        ("ResourceNotFound", 1, "end"),
        ("InvalidParameter.SdkAppId", 2, "ours"),
        ("AuthFailure.SecretIdNotFound", 6, "auth"),
        ("RequestLimitExceeded", 7, "throttled"),
        ("InternalError", 9, "service"),
    ],
)
def test_an_error_code_is_explained(home: Path, stage: Stage, code: str, exit_code: int, error_class: str) -> None:
    stage.plays(TASK_ID, code, message="as the server says")
    ended = run("describe", TASK_ID, "--json", *stage.options, home=home)
    error = json.loads(ended.out)["error"]
    assert (error["code"], error["class"], error["message"]) == (code, error_class, "as the server says")
    assert error["owner"]
    assert error["advice"]
    assert (ended.code, ended.err) == (exit_code, "")


@pytest.mark.parametrize(("fault", "exit_code"), [("html=502", 8), ("reset", 8), ("truncate", 8)])
def test_a_broken_answer_is_explained(home: Path, stage: Stage, fault: str, exit_code: int) -> None:
    stage.plays(TASK_ID, "InProgress")
    stage.simulator.faults.add(fault)
    ended = run("describe", TASK_ID, *stage.options, home=home)
    assert re.search(r"^error       Transport\.\w+", ended.out, re.MULTILINE)
    assert re.search(r"^next        \w", ended.out, re.MULTILINE)
    assert (ended.code, ended.err) == (exit_code, "")


def test_nobody_listens(home: Path) -> None:
    place = ("--endpoint=http://127.0.0.1:9", "--region=ap-singapore", "--sdk-app-id=1")
    ended = run("describe", TASK_ID, *place, home=home)
    assert "error       Transport.ConnectFailed" in ended.out
    assert "request id  - (the request never reached the service)" in ended.out
    assert (ended.code, ended.err) == (8, "")


def test_a_refused_key(home: Path, stage: Stage) -> None:
    stage.plays(TASK_ID, "InProgress")
    wrong = "EXAMPLEnotTheKeyThatSignsThis"
    ended = run("describe", TASK_ID, *stage.options, home=home, changes={"TENCENTCLOUD_SECRET_KEY": wrong})
    assert "AuthFailure.SignatureFailure" in ended.out
    assert "blame       key: Everything left here as it should" in ended.out
    assert "who         you" in ended.out
    assert "trtc-tui login" in ended.out
    assert wrong not in ended.out + ended.err
    assert ended.code == 6


@pytest.mark.parametrize("skew", [-600, 600])
def test_a_clock_ten_minutes_off_is_corrected_once_and_told(home: Path, stage: Stage, skew: int) -> None:
    stage.plays(TASK_ID, "InProgress")
    stage.simulator.faults.add(f"skew={skew}")
    ended = run("describe", TASK_ID, "--json", *stage.options, home=home)
    assert re.fullmatch(
        rf"this host's clock is [{'+' if skew < 0 else '-'}](599|600|601) s from Tencent's; "
        r"asking again with the server's time\n",
        ended.err,
    )
    told = json.loads(ended.out)
    assert told["status"] == "InProgress"
    assert abs(told["clock_offset_ms"] - skew * 1000) < 2_000
    assert ended.code == 0
    assert stage.simulator.traffic.outcomes == {"AuthFailure.SignatureExpire": 1, "InProgress": 1}


def test_hostile_answers_are_shown_as_text(home: Path, stage: Stage) -> None:
    stage.plays(TASK_ID, "\x1b[2J[red]会\u202e")
    ended = run("describe", TASK_ID, *stage.options, home=home)
    assert "status      \\x1b[2J[red]会\\u202e\n" in ended.out
