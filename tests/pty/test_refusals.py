"""What the screen shows when the service refuses the tool, not the task."""

import re
from pathlib import Path

from tests.pty.stage import Stage
from tests.pty.terminal import screen
from tui.simulator.traffic import LIMIT


def test_a_refused_key_stops_polling_and_says_unknown(home: Path, stage: Stage) -> None:
    stage.plays("studio.", "InProgress")
    wrong = {"TENCENTCLOUD_SECRET_KEY": "EXAMPLEnotTheKeyThatSignsThis"}
    with screen(["watch", "studio.", *stage.options], home, changes=wrong) as s:
        s.line(2).says("AUTH STOPPED")
        s.line(3).says("key refused", "export new keys and start again", "1 task UNKNOWN")
        s.row("studio.").says("UNKNOWN", "AuthFailure.SignatureFailure")
        s.pane(4).says("polling stopped: AuthFailure.SignatureFailure")
        asked = len(stage.simulator.arrivals)
        s.press("r")
        s.wait(lambda: len(stage.simulator.arrivals) > asked, "the operator's own poll is sent")
        s.press("Q")
        s.quits_with(0)
        assert wrong["TENCENTCLOUD_SECRET_KEY"].encode() not in s.sent
    assert set(stage.simulator.traffic.outcomes) == {"AuthFailure.SignatureFailure"}


def test_a_clock_ten_minutes_off_is_corrected_once_and_told(home: Path, stage: Stage) -> None:
    stage.plays("studio.", "InProgress")
    stage.simulator.faults.add("skew=-600")
    with screen(["watch", "studio.", *stage.options], home) as s:
        s.row("studio.").says("InProgress")
        s.line(2).says("skew -600s", "tool OK")
        s.pane(4).says("clock")
        s.press("Q")
        s.quits_with(0)
    assert stage.simulator.traffic.outcomes["AuthFailure.SignatureExpire"] == 1


def test_a_service_that_fails_is_not_a_task_that_ended(home: Path, stage: Stage) -> None:
    stage.plays("studio.", "InProgress")
    with screen(["watch", "studio.", *stage.options], home) as s:
        s.row("studio.").says("InProgress")
        stage.plays("studio.", "InternalError")
        s.row("studio.").says("UNKNOWN", "was InProgress, InternalError")
        stage.plays("studio.", "RequestLimitExceeded")
        s.line(2).says("LIMITED")
        stage.plays("studio.", "InProgress")
        s.row("studio.").says("InProgress")
        s.pane(4).says("sees again after")
        assert re.search(rf"rate +\d+/{LIMIT}", s.lines[1])
