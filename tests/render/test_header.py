import pytest
from msgspec.structs import replace

from tests.render.scenes import (
    ARENA,
    ENDED,
    FINAL,
    NOT_FOUND,
    NOW_US,
    QA,
    TIMEOUT,
    arranged,
    at,
    looked,
    night,
    polled,
    seen,
    started,
    stopped,
    texts,
    watched,
)
from tui.core.entry import Entry, Fault, Skew, Topic
from tui.core.fault import FaultClass
from tui.core.timeline import Snapshot
from tui.render.header import Identity, header
from tui.render.line import Role, width

PROD = Identity("prod", "ap-singapore", 1400000000, "keyring", "AKID..x9Q2", recording=True)


def drawn(entries: list[Entry], now_us: int = NOW_US, cells: int = 80, identity: Identity = PROD) -> list[str]:
    snapshot = seen(entries)
    lines = header(identity, snapshot, arranged(snapshot, now_us=now_us), now_us, cells)
    assert [width(spans) for spans in lines] == [cells] * 3
    return texts(lines)


def test_a_night_at_80_cells() -> None:
    assert drawn(night()) == [
        "prod | ap-singapore | sdk 1400000000                    LIVE  REC  RO  03:12:06Z",
        "rate  1/20 [#---------]  skew +0.2s  rtt 41ms  data 0.4s  tool OK",
        "!! 2 of 5 need you: qa-3 GAP 07:06 | live-final-7 GAP 00:28",
    ]


def test_a_night_at_160_cells() -> None:
    first, second, third = drawn(night(), cells=160)
    assert first == (
        "prod | ap-singapore | sdk 1400000000 | key AKID..x9Q2 from keyring"
        + " " * 57
        + "LIVE    REC    READ-ONLY    03:12:06Z"
    )
    assert second == ("rate  1/20 [#-------------------]  skew +0.2s (limit 300)  rtt 41/41ms  data 0.4s  tool OK")
    assert third == "!! 2 of 5 need you: qa-3 GAP 07:06 | live-final-7 GAP 00:28"


def quiet() -> list[Entry]:
    return [
        watched(ARENA, "arena-main-en"),
        watched(ENDED, "studio-a-en"),
        started(),
        polled(ENDED, 1, "Exited"),
        *looked(ENDED, (2, 3), NOT_FOUND),
        *looked(ARENA, (4, 254), "InProgress"),
    ]


def test_all_quiet_tells_the_last_change() -> None:
    ended_last: list[Entry] = [watched(ARENA, "arena-main-en"), polled(ARENA, 0.5, "Idle"), *quiet()[:-2]]
    assert drawn(ended_last, at(64))[2].startswith("!! 1 of 2 need you")
    assert drawn([*ended_last, polled(ARENA, 63, "Idle")], at(64))[2] == (
        "all 2 tasks quiet. last change 01:00 ago: studio-a-en ENDED"
    )
    assert drawn(quiet(), at(255))[2] == "all 2 tasks quiet. last change 04:10 ago: arena-main-en InProgress"


def test_what_is_changing_is_not_called_quiet() -> None:
    entries: list[Entry] = [
        watched(ARENA, "arena"),
        started(),
        polled(ARENA, 1, "Idle"),
        polled(ARENA, 2, "InProgress"),
    ]
    assert drawn([*entries, watched(ENDED, "e"), polled(ENDED, 2.5, "Idle")], at(3))[2].startswith(
        "1 of 2 tasks changing, the others quiet."
    )
    assert drawn(entries, at(3))[2] == "1 task changing. last change 00:00 ago: arena InProgress"


def test_the_first_start() -> None:
    fresh = Identity("prod", waiting="asking the keyring", read_only=False)
    assert drawn([], at(0), identity=fresh) == [
        "prod                                                             LIVE  --:--:--Z",
        "rate  0/20 [----------]  skew   ?  rtt -  tool NO KEY (asking the keyring)",
        "no tasks yet: A adds one",
    ]


def test_while_the_key_is_awaited_nothing_is_called_quiet() -> None:
    waiting = replace(PROD, waiting="asking the keyring")
    assert drawn([*quiet(), stopped(256)], at(300), identity=waiting)[1:] == [
        "rate  0/20 [----------]  skew +0.2s  rtt 41ms  tool NO KEY (asking the keyring)",
        "!! nobody polls. 1 task as last seen 03:04:14Z. asking the keyring",
    ]


def test_when_nobody_polls_the_last_known_words_are_told() -> None:
    assert drawn([*quiet(), stopped(256)], at(300))[1:] == [
        "rate  0/20 [----------]  skew +0.2s  rtt 41ms  data 45.9s  tool NOT POLLING",
        "!! nobody polls. 1 task as last seen 03:04:14Z. last known: 1 InProgress",
    ]
    never: list[Entry] = [watched(QA, "qa"), stopped(1)]
    assert drawn(never, at(2))[2] == "!! nobody polls. 1 task never seen. last known: 1 new"


def failing(fault_class: FaultClass, count: int) -> list[Entry]:
    fault = Fault(fault_class, "Some.Code", "", 200)
    return [*quiet(), *(polled(ARENA, 255 + number, fault) for number in range(count))]


@pytest.mark.parametrize(
    ("fault_class", "count", "state"),
    [
        (FaultClass.AUTH, 1, "AUTH REFUSED 31s"),
        (FaultClass.CLOCK, 1, "CLOCK 31s"),
        (FaultClass.THROTTLED, 1, "LIMITED 31s"),
        (FaultClass.SERVICE, 6, "NO SERVICE 31s"),
        (FaultClass.NETWORK, 3, "NO NETWORK 31s"),
    ],
)
def test_a_blind_tool_says_why_and_for_how_long(fault_class: FaultClass, count: int, state: str) -> None:
    _, tool, show = drawn(failing(fault_class, count), at(286))
    assert tool.endswith(f"data 31.9s  tool {state}")
    assert show.startswith(f"!! TOOL blind 31 s ({fault_class}). 1 task UNKNOWN")
    assert show.endswith(". last known: 1 InProgress")


def test_a_long_outage_in_minutes() -> None:
    assert drawn(failing(FaultClass.NETWORK, 3), at(455))[1].endswith("tool NO NETWORK 3:20")


def test_since_when_gives_way_to_what_was_known() -> None:
    narrow, wide = (drawn(failing(FaultClass.NETWORK, 3), at(286), cells)[2] for cells in (80, 160))
    assert narrow == "!! TOOL blind 31 s (network). 1 task UNKNOWN. last known: 1 InProgress"
    assert wide == "!! TOOL blind 31 s (network). 1 task UNKNOWN since 03:04:15Z. last known: 1 InProgress"


def test_stopped_for_authentication() -> None:
    entries = [*failing(FaultClass.AUTH, 1), stopped(256, Topic.AUTH_STOPPED)]
    assert drawn(entries, at(300))[1].endswith("tool AUTH STOPPED")
    assert drawn(entries, at(300))[2].startswith("!! TOOL blind 45 s (auth). 1 task UNKNOWN")


def test_a_clock_far_off_is_marked() -> None:
    entries = [*quiet()[:-1], replace(polled(ARENA, 254, "InProgress"), skew=Skew(412_400_000, 0))]
    snapshot = seen(entries)
    tool = header(PROD, snapshot, arranged(snapshot, now_us=at(255)), at(255), 80)[1]
    assert ("+412s", Role.NEEDS_YOU) in tool


NEVER_THERE: list[Entry] = [watched(QA, "qa"), started(), *looked(QA, (1, 3, 11), NOT_FOUND)]
OVER: list[Entry] = [watched(ENDED, "e"), started(), polled(ENDED, 1, "Exited"), *looked(ENDED, (2, 3), NOT_FOUND)]


@pytest.mark.parametrize("entries", [NEVER_THERE, OVER])
def test_an_idle_screen_stands_still(entries: list[Entry]) -> None:
    assert drawn(entries, at(60)) == drawn(entries, at(7_000))


def test_a_task_that_was_never_there_needs_somebody_but_no_clock() -> None:
    assert drawn(NEVER_THERE, at(60))[1:] == [
        "rate  0/20 [----------]  skew +0.2s  rtt 41ms  idle: no live task  tool OK",
        "!! 1 of 1 need you: qa NOT FOUND",
    ]


def test_when_all_is_over_the_last_change_has_its_time() -> None:
    assert drawn(OVER, at(60))[2] == "the only task is quiet. last change 03:00:03Z: e ENDED"


def test_the_mode_and_what_came_meanwhile() -> None:
    paused = replace(PROD, mode="PAUSE", paused_new=37, follower=True)
    assert drawn(night(), identity=paused)[0] == (
        "prod | ap-singapore | sdk 1400000000 PAUSE +37 new  FOLLOWER  REC  RO  03:12:06Z"
    )


def test_what_was_seen_on_another_day_bears_its_date() -> None:
    assert drawn(night(), at(86_400))[0].endswith("RO  2026-11-22 03:12:06Z")


def test_a_narrow_screen_gives_up_facts_before_the_state_of_the_tool() -> None:
    assert drawn(failing(FaultClass.NETWORK, 3), at(286), 44)[1] == "rate  0/20 [----------]  tool NO NETWORK 31s"


def test_the_rate_is_of_the_second_before() -> None:
    entries: list[Entry] = [
        watched(FINAL, "f"),
        started(),
        *looked(FINAL, (10 + number / 12 for number in range(12)), "Idle"),
    ]
    assert drawn(entries, at(10 + 11 / 12))[1].startswith("rate 12/20 [######----]")
    assert drawn(entries, at(11))[1].startswith("rate 11/20 [######----]")
    assert drawn(entries, at(12))[1].startswith("rate  0/20 [----------]")


def test_round_trips_as_median_and_slowest() -> None:
    polls = [polled(FINAL, 10 + number, "Idle", (number + 1) * 1_000) for number in range(100)]
    second = drawn([watched(FINAL, "f"), started(), *polls], at(110), cells=160)[1]
    assert "rtt 51/99ms" in second


def test_several_reasons_are_told_in_few_words() -> None:
    wrong = Fault(FaultClass.OURS, "InvalidParameter.SdkAppId", "", 200)
    entries: list[Entry] = [
        watched(QA, "qa"),
        watched(FINAL, "final"),
        watched(ARENA, "arena"),
        watched(ENDED, "e"),
        started(),
    ]
    entries += [polled(QA, 1, wrong), polled(FINAL, 2, "Paused"), *looked(ENDED, (3, 4), TIMEOUT)]
    entries += [polled(ARENA, 5, "Exited"), polled(ARENA, 6, "Idle")]
    assert drawn(entries, at(7), cells=160)[2] == (
        "!! 4 of 4 need you: qa REFUSED 00:06 | final status word not documented 00:05 | e UNKNOWN 00:04"
        " | arena impossible 00:01"
    )


def test_the_empty_journal_has_no_clock() -> None:
    lines = texts(header(PROD, Snapshot(), arranged(Snapshot()), NOW_US, 80))
    assert lines[0].endswith("--:--:--Z")
