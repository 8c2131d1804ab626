"""Two programs over one journal, from the command line: one polls, the other follows, and takes over."""

import signal
from pathlib import Path

from tests.cli.running import running
from tests.pty.stage import Stage
from tests.pty.terminal import screen


def test_record_beside_record(home: Path, stage: Stage) -> None:
    stage.plays("studio.", "InProgress")
    with running("record", "studio.", *stage.options, home=home) as first:
        first.err.until("polling")
        with running("record", "studio.", *stage.options, home=home) as second:
            told = second.err.until("following")
            assert f"pid {first.pid} polls" in told
            assert told.endswith("polls; this process takes over should that one end")
            first.signal(signal.SIGKILL)
            assert second.err.until("poll") == "polling"
            second.signal(signal.SIGINT)
            assert second.code() == 128 + signal.SIGINT


def test_watch_beside_record(home: Path, stage: Stage) -> None:
    stage.plays("studio.", "Idle")
    with running("record", "studio.", *stage.options, home=home) as recording:
        recording.err.until("polling")
        with screen(["watch", *stage.options], home, size=(150, 40)) as s:
            s.row("studio.").says("Idle")
            s.line(1).says("FOLLOWER of ", f"pid {recording.pid}")
            stage.plays("studio.", "InProgress")
            s.row("studio.").says("InProgress")
            stage.plays("gallery.", "Idle")
            s.press("A")
            s.shows("Watch a task")
            s.press("gallery.", "Enter")
            s.row("gallery.").says("Idle")
            recording.signal(signal.SIGTERM)
            assert recording.code() == 128 + signal.SIGTERM
            s.line(1).says_nothing_of("FOLLOWER")
            stage.plays("studio.", "Exited")
            s.row("studio.").says("Exited")
            s.press("Q")
            s.quits_with(0)


def test_record_takes_over_from_a_screen_that_is_killed(home: Path, stage: Stage) -> None:
    stage.plays("studio.", "Idle")
    with screen(["watch", "studio.", *stage.options], home, size=(150, 40)) as s:
        s.row("studio.").says("Idle")
        with running("record", *stage.options, home=home) as recording:
            recording.err.until("following")
            s.signal(signal.SIGKILL)
            recording.err.until("polling")
            arrived = len(stage.simulator.arrivals)
            stage.plays("studio.", "InProgress")
            with running("tail", f"--endpoint={stage.url}", home=home) as lines:
                lines.out.until("Idle -> InProgress")
            assert len(stage.simulator.arrivals) > arrived
