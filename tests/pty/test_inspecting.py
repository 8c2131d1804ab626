"""Looking into requests at a real terminal: one that is right, and one that a wrong clock spoilt."""

from pathlib import Path

from tests.pty.stage import Stage
from tests.pty.terminal import screen

AT_MOST = 60
"""Polls since the one that failed; a task is polled every second or so."""


def test_from_a_good_request_back_to_the_one_the_clock_spoilt(home: Path, stage: Stage) -> None:
    stage.plays("studio.", "InProgress")
    stage.simulator.faults.add("skew=412")
    with screen(["studio.", *stage.options], home) as s:
        s.row("studio.").says("InProgress")
        s.press("i")
        s.shows("i Inspect frame", "nothing wrong", "the timestamp is corrected")
        s.press("l", "l")
        s.shows("[Sign]", "verified locally: recomputed = signed")
        for _ in range(AT_MOST):
            if "[BAD]" in s.text:
                break
            s.press("[")
            s.settles()
        s.shows("AuthFailure.SignatureExpire", "s behind Tencent (Date header", "NOT the problem")
        s.press("Tab", "Tab")
        s.shows("[Timing]", "wait")
        s.press("Esc")
        s.shows("1 Tasks")
