"""Line 3 while the tool cannot see, and line 2 beside it: what hinders it, and what to type."""

import pytest
from msgspec.structs import replace

from tests.render.scenes import ARENA, PROD, QA, at, failing, head, polled, quiet, stopped, watched
from tui.core.entry import Entry, Fault, Skew, Topic
from tui.core.fault import FaultClass

LOCKED = "The OS keyring is locked: unlock it, or type trtc-tui unlock."
UNKNOWN_KEY = "AuthFailure.SecretIdNotFound"
NO_RIGHT = "AuthFailure.UnauthorizedOperation"


def refused(code: str = UNKNOWN_KEY) -> list[Entry]:
    return [*failing(FaultClass.AUTH, 1, code), stopped(256, Topic.AUTH_STOPPED)]


def wrong_clock(offset_s: float | None) -> list[Entry]:
    """The server says by how much this host's clock is behind its own, or nothing."""
    fault = Fault(FaultClass.CLOCK, "AuthFailure.SignatureExpire", "", 200)
    skew = None if offset_s is None else Skew(round(offset_s * 1_000_000), 0)
    before = [replace(entry, skew=None) if hasattr(entry, "skew") else entry for entry in quiet()]
    return [*before, replace(polled(ARENA, 255, fault), skew=skew)]


@pytest.mark.parametrize("entries", [[], quiet(), [*quiet(), stopped(256)], refused()])
def test_why_polling_does_not_go_on_comes_before_all_else(entries: list[Entry]) -> None:
    _, tool, show = head(entries, at(300), identity=replace(PROD, waiting=LOCKED))
    assert tool.endswith("tool WAITING")
    assert show == f"!! waiting: {LOCKED}"


def test_beside_a_short_reason_there_is_room_for_the_tasks() -> None:
    waiting = replace(PROD, waiting="the OS keyring is locked")
    assert head([*quiet(), stopped(256)], at(300), identity=waiting)[2] == (
        "!! waiting: the OS keyring is locked. 1 task as last seen 03:04:14Z."
    )
    assert head([watched(QA, "qa")], at(2), identity=waiting)[2] == (
        "!! waiting: the OS keyring is locked. 1 task never seen."
    )
    assert head([*quiet(), stopped(256)], at(300), 160, waiting)[2].endswith("03:04:14Z. last known: 1 InProgress")


def test_when_nobody_polls_the_last_known_words_are_told() -> None:
    assert head([*quiet(), stopped(256)], at(300))[1:] == [
        "rate  0/20 [----------]  skew +0.2s  rtt 41ms  data 45.9s  tool NOT POLLING",
        "!! nobody polls. 1 task as last seen 03:04:14Z. last known: 1 InProgress",
    ]
    never: list[Entry] = [watched(QA, "qa"), stopped(1)]
    assert head(never, at(2))[2] == "!! nobody polls. 1 task never seen."


@pytest.mark.parametrize(
    ("fault_class", "count", "state"),
    [
        (FaultClass.THROTTLED, 1, "LIMITED 31s"),
        (FaultClass.SERVICE, 6, "NO SERVICE 31s"),
        (FaultClass.NETWORK, 3, "NO NETWORK 31s"),
    ],
)
def test_what_passes_by_itself_says_for_how_long(fault_class: FaultClass, count: int, state: str) -> None:
    _, tool, show = head(failing(fault_class, count), at(286))
    assert tool.endswith(f"data 31.9s  tool {state}")
    assert show.startswith(f"!! TOOL blind 31 s ({fault_class}). 1 task UNKNOWN")
    assert show.endswith(". last known: 1 InProgress")


def test_a_long_outage_in_minutes() -> None:
    assert head(failing(FaultClass.NETWORK, 3), at(455))[1].endswith("tool NO NETWORK 3:20")


def test_more_room_tells_since_when_and_whose_move_it_is() -> None:
    outage = failing(FaultClass.NETWORK, 3, "Transport.Timeout")
    narrow, wide = (head(outage, at(286), cells)[2] for cells in (80, 200))
    assert narrow == "!! TOOL blind 31 s (network). 1 task UNKNOWN. last known: 1 InProgress"
    assert wide == (
        "!! TOOL blind 31 s (network). 1 task UNKNOWN since 03:04:15Z. last known: 1 InProgress"
        " your network: Wait: the tool asks again by itself; if it stays, check network, VPN and proxy."
    )


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        (60, "!! key refused: trtc-tui login in another window."),
        (80, "!! key refused: trtc-tui login in another window. 1 task UNKNOWN for 45 s."),
        (
            120,
            "!! key refused (AuthFailure.SecretIdNotFound): trtc-tui login in another window. 1 task UNKNOWN for 45 s.",
        ),
    ],
)
def test_a_refused_key_says_what_to_type(cells: int, shown: str) -> None:
    _, tool, show = head(refused(), at(300), cells)
    assert tool.endswith("tool AUTH STOPPED")
    assert show == shown


def test_a_refused_key_of_the_environment_takes_a_new_start() -> None:
    exported = replace(PROD, key_source="environment")
    assert head(refused(), at(300), 80, exported)[2] == (
        "!! key refused: export new keys and start again. 1 task UNKNOWN for 45 s."
    )


def test_a_key_without_the_right_is_somebody_elses_move() -> None:
    assert head(refused(NO_RIGHT), at(300), 80)[2].startswith("!! key refused: your CAM administrator: Ask for Qcloud")
    assert head(failing(FaultClass.AUTH, 1, NO_RIGHT), at(286))[1].endswith("tool AUTH REFUSED 31s")


@pytest.mark.parametrize(
    ("offset_s", "wrong"),
    [
        (412.4, "this host's clock is 412 s behind"),
        (-600, "this host's clock is 600 s ahead"),
        (0.4, "this host's clock is wrong"),
        (None, "this host's clock is wrong"),
    ],
)
def test_a_wrong_clock_says_by_how_much(offset_s: float | None, wrong: str) -> None:
    _, tool, show = head(wrong_clock(offset_s), at(286))
    assert tool.endswith("tool CLOCK 31s")
    assert show == f"!! {wrong}: set it (NTP). 1 task UNKNOWN for 31 s."
    assert head(wrong_clock(offset_s), at(286), 60)[2].startswith(f"!! {wrong}: set it (NTP).")
