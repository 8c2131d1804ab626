"""The recorded incident, replayed at a real terminal as somebody does the morning after."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.incident.story import BUNDLE, NOTE
from tests.pty.program import KEY, run
from tests.pty.terminal import Screen, screen

OFFLINE: dict[str, str | None] = dict.fromkeys(KEY)
"""Nothing of a key is there: a recording needs none."""


@pytest.fixture
def s(home: Path) -> Iterator[Screen]:
    with screen(["replay", str(BUNDLE), "--break", "error ~ SignatureExpire"], home, changes=OFFLINE) as shown:
        shown.line(1).says("REPLAY")
        shown.row("panel").says("InProgress")
        yield shown


def test_the_morning_after(s: Screen) -> None:
    s.press("g")
    s.line(1).says("REPLAY  frame", "LIVE is +04:")

    # Continue to the breakpoint, and see what it is about.
    s.press("c")
    s.line(-1).says("BP#1")
    s.line(3).says("UNKNOWN")
    s.pane(4).says("AuthFailure.SignatureExpire")

    # Inspect the request: the clock is to blame, not the key.
    s.press("i")
    s.shows("blame      clock", "412 s ahead", "The key is NOT the")
    s.press("Tab", "Tab")
    s.shows("string to sign", "canonical request")
    s.press("Esc")
    s.hides("string to sign")

    # One step back nobody was blind yet.
    s.press("S")
    s.line(3).says_nothing_of("UNKNOWN")

    # What differs from the poll before.
    s.press("s")
    s.line(3).says("UNKNOWN")
    s.press("d")
    s.shows("Diff frame", "AuthFailure.SignatureExpire", "always differs")
    s.press("Esc")
    s.hides("Diff frame")

    # The mark that alice left: panel came back after its exit.
    s.press("'")
    s.shows(NOTE)
    s.row("panel").says("InProgress")
    s.line(3).says("panel")

    # And back to the newest frame.
    s.press("L")
    s.line(1).says("REPLAY")
    s.hides("LIVE is +")


def test_the_changes_of_one_task_are_its_life(s: Screen) -> None:
    s.filters_by("workshop")
    s.press("g")
    s.selects("workshop")
    for word in ("InProgress", "Exited", "Exited", "ENDED"):
        s.press("n")
        s.row("workshop").says(word)
    s.press("n")
    s.line(-1).says("no later change")
    for word in ("Exited", "Exited", "InProgress"):
        s.press("N")
        s.row("workshop").says(word)


def test_a_recording_is_only_read(s: Screen) -> None:
    before = BUNDLE.read_bytes()
    for key in ("H", "A", "Del", "r", "m", "a", "s"):
        s.press(key)
        s.line(-1).says("only read" if key != "s" else "recording")
    assert BUNDLE.read_bytes() == before


def test_another_recording_opens_on_a_page_of_its_own(s: Screen, home: Path) -> None:
    shutil.copy(BUNDLE, home / "second.trtc")
    s.press("o")
    s.shows("Open a recording")
    s.press(str(home / "sec"))
    s.shows("second.trtc")
    s.press("Tab")
    s.settles()
    s.press("Enter")
    s.line(1).says("second.trtc")
    s.press("q")
    s.line(1).says("incident.trtc")
    s.press("Q")
    s.quits_with(0)


@pytest.mark.parametrize(
    ("content", "told"), [(None, "cannot be read"), (b"no recording", "is not a journal"), (b"\x1f\x8b?", "damaged")]
)
def test_what_is_no_recording_is_told_and_ends_with_2(home: Path, content: bytes | None, told: str) -> None:
    if content is not None:
        (home / "odd").write_bytes(content)
    with screen(["replay", "odd"], home, changes=OFFLINE) as shown:
        shown.shows(told)
        shown.quits_with(2)


def test_check_tells_what_cannot_be_and_ends_with_1(home: Path) -> None:
    ended = run("check", str(BUNDLE), home=home, changes=OFFLINE)
    assert ended.code == 1
    impossible = [line for line in ended.out.splitlines() if "Exited -> InProgress" in line]
    assert len(impossible) == 1
    assert "panel" in impossible[0]
    assert "impossible" in impossible[0]
