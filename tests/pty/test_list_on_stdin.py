"""`-` reads the tasks from standard input; the keyboard is then read from the terminal itself."""

import os
import subprocess
from pathlib import Path

from tests.pty.program import NEVER_SO_LONG_S, PROGRAM, environment
from tests.pty.stage import Stage
from tests.pty.terminal import screen


def test_names_come_with_the_tasks_and_keys_from_the_terminal(home: Path, stage: Stage) -> None:
    listed = home / "tasks.txt"
    listed.write_text("# the show\n-m9. Studio A, main\n\nap-hongkong/1/other.\n-m9. Studio A, main\n")
    stage.plays("-m9.", "InProgress")
    with screen(["-", *stage.options], home, stdin=listed) as s:
        s.pane(1).says("1 Tasks 2", "other.")
        s.row("Studio A, main").says("InProgress")
        s.filters_by("studio")
        s.pane(1).says("1 of 2")
        s.press("Q")
        s.quits_with(0)


def test_a_bad_line_is_named_before_anything_is_drawn(home: Path, stage: Stage) -> None:
    listed = home / "tasks.txt"
    listed.write_text("studio.\nap-singapore/\n")
    with screen(["watch", "-", *stage.options], home, stdin=listed) as s:
        s.shows("trtc-tui: line 2 of the list: 'ap-singapore/' holds no TaskId")
        s.quits_with(2)
        assert b"\x1b" not in s.sent
    assert stage.simulator.arrivals == ()


def test_a_screen_without_a_keyboard(home: Path, stage: Stage) -> None:
    """Something to draw on, but a session of its own, which has no terminal to read keys from."""
    ours, its = os.openpty()
    try:
        done = subprocess.run(
            [PROGRAM, "watch", "studio.", *stage.options],
            env=environment(home),
            stdin=subprocess.DEVNULL,
            stderr=its,
            timeout=NEVER_SO_LONG_S,
            check=False,
            start_new_session=True,
        )
        told = os.read(ours, 4096).decode()
    finally:
        os.close(ours)
        os.close(its)
    assert told.startswith("trtc-tui: there is no terminal to read keys from")
    assert told.endswith("use trtc-tui record\r\n")
    assert done.returncode == 2
    assert stage.simulator.arrivals == ()
