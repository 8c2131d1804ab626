import pytest
from msgspec.structs import replace

from tests.render.scenes import (
    ARENA,
    ENDED,
    FINAL,
    NOT_FOUND,
    NOW_US,
    PROD,
    QA,
    TIMEOUT,
    arranged,
    at,
    failing,
    head,
    looked,
    night,
    polled,
    quiet,
    seen,
    started,
    stopped,
    texts,
    watched,
)
from tui.core.entry import Ack, Entry, Fault, Gap, GapCause, Reason, Request, Skew, Verb
from tui.core.fault import FaultClass
from tui.core.lease import LeaseView
from tui.core.timeline import Snapshot
from tui.render.header import Identity, header
from tui.render.line import Role


def test_a_night_at_80_cells() -> None:
    assert head(night()) == [
        "prod | ap-singapore | sdk 1400000000                    LIVE  REC  RO  03:12:06Z",
        "rate  1/20 [#---------]  skew +0.2s  rtt 41ms  data 0.4s  tool OK",
        "!! 2 of 5 need you: qa-3 GAP 07:06 | live-final-7 GAP 00:28",
    ]


def test_a_night_at_160_cells() -> None:
    first, second, third = head(night(), cells=160)
    assert first == (
        "prod | ap-singapore | sdk 1400000000 | key AKID..x9Q2 from keyring"
        + " " * 57
        + "LIVE    REC    READ-ONLY    03:12:06Z"
    )
    assert second == (
        "rate  1/20 [#-------------------]  base 1 free 19  pace 18.0/s  skew +0.2s (limit 300)  rtt 41/41ms  data 0.4s"
        "  tool OK"
    )
    assert third == "!! 2 of 5 need you: qa-3 GAP 07:06 | live-final-7 GAP 00:28"


def test_all_quiet_tells_the_last_change() -> None:
    ended_last: list[Entry] = [watched(ARENA, "arena-main-en"), polled(ARENA, 0.5, "Idle"), *quiet()[:-2]]
    assert head(ended_last, at(64))[2].startswith("!! 1 of 2 need you")
    assert head([*ended_last, polled(ARENA, 63, "Idle")], at(64))[2] == (
        "all 2 tasks quiet. last change 01:00 ago: studio-a-en ENDED"
    )
    assert head(quiet(), at(255))[2] == "all 2 tasks quiet. last change 04:10 ago: arena-main-en InProgress"


def test_what_is_changing_is_not_called_quiet() -> None:
    entries: list[Entry] = [
        watched(ARENA, "arena"),
        started(),
        polled(ARENA, 1, "Idle"),
        polled(ARENA, 2, "InProgress"),
    ]
    assert head([*entries, watched(ENDED, "e"), polled(ENDED, 2.5, "Idle")], at(3))[2].startswith(
        "1 of 2 tasks changing, the others quiet."
    )
    assert head(entries, at(3))[2] == "1 task changing. last change 00:00 ago: arena InProgress"


ON = "InProgress"


def test_who_was_not_seen_since_a_gap_is_not_called_quiet() -> None:
    entries: list[Entry] = [started(), *(watched(task, "") for task in (ARENA, QA)), polled(ARENA, 1, ON)]
    away = [*entries, polled(QA, 1, ON), Gap(at(600), at(1), GapCause.NO_POLLER), polled(ARENA, 601, ON)]
    assert head(away, at(602))[2].startswith("1 of 2 tasks not seen again since a gap.")
    assert head([*away, polled(QA, 603, ON)], at(604))[2].startswith("all 2 tasks quiet.")


def test_the_first_start() -> None:
    fresh = Identity("prod", read_only=False)
    assert head([started()], at(0), identity=fresh) == [
        "prod                                                             LIVE  03:00:00Z",
        "rate  0/20 [----------]  skew   ?  rtt -  idle: no live task  tool OK",
        "no tasks yet: A adds one",
    ]


def test_a_clock_far_off_is_marked() -> None:
    entries = [*quiet()[:-1], replace(polled(ARENA, 254, "InProgress"), skew=Skew(412_400_000, 0))]
    snapshot = seen(entries)
    tool = header(PROD, snapshot, arranged(snapshot, now_us=at(255)), at(255), 80)[1]
    assert ("+412s", Role.NEEDS_YOU) in tool


NEVER_THERE: list[Entry] = [watched(QA, "qa"), started(), *looked(QA, (1, 3, 11), NOT_FOUND)]
OVER: list[Entry] = [watched(ENDED, "e"), started(), polled(ENDED, 1, "Exited"), *looked(ENDED, (2, 3), NOT_FOUND)]


@pytest.mark.parametrize("entries", [NEVER_THERE, OVER])
def test_an_idle_screen_stands_still(entries: list[Entry]) -> None:
    assert head(entries, at(60)) == head(entries, at(7_000))


def test_a_task_that_was_never_there_needs_somebody_but_no_clock() -> None:
    assert head(NEVER_THERE, at(60))[1:] == [
        "rate  0/20 [----------]  skew +0.2s  rtt 41ms  idle: no live task  tool OK",
        "!! 1 of 1 need you: qa NOT FOUND",
    ]


def test_when_all_is_over_the_last_change_has_its_time() -> None:
    assert head(OVER, at(60))[2] == "the only task is quiet. last change 03:00:03Z: e ENDED"


def test_the_mode_and_what_came_meanwhile() -> None:
    paused = replace(PROD, mode="PAUSE", paused_new=37, mine=False)
    assert head(night(), identity=paused)[0] == (
        "prod | ap-singapore | sdk 1400000000 PAUSE +37 new  FOLLOWER  REC  RO  03:12:06Z"
    )


def test_a_follower_says_whom_it_follows_where_there_is_room() -> None:
    theirs = replace(PROD, lease=LeaseView("token", "ali, pid 4242", 18.5, 2), mine=False)
    assert head(night(), identity=theirs)[0].endswith("LIVE  FOLLOWER  REC  RO  03:12:06Z")
    wide = head(night(), cells=160, identity=theirs)
    assert wide[0].endswith("LIVE    FOLLOWER of ali, pid 4242    REC    READ-ONLY    2 screens    03:12:06Z")
    assert "  pace 18.5/s  " in wide[1]


def test_nothing_is_recorded_while_nobody_polls() -> None:
    nobody = replace(PROD, lease=LeaseView(viewers=1), mine=False)
    first, second, _ = head(night(), cells=160, identity=nobody)
    assert first.endswith("LIVE    READ-ONLY    03:12:06Z")
    assert "pace" not in second


GAPS = {
    GapCause.NO_POLLER: "NO POLLER",
    GapCause.ASLEEP: "ASLEEP",
    GapCause.DROPPED: "NO ANSWERS",
    GapCause.JOURNAL: "NO JOURNAL",
}


@pytest.mark.parametrize("cause", GapCause)
def test_nobody_looking_is_never_told_as_quiet(cause: GapCause) -> None:
    unseen = [*quiet(), Gap(at(262), at(254), cause)]
    _, second, third = head(unseen, at(265))
    assert second.endswith(f"tool {GAPS.get(cause, '')}" + (" 11s" if cause in GAPS else second.partition("tool ")[2]))
    assert not second.endswith("OK")
    assert third == f"!! nobody looks since 03:04:14Z ({cause.value}). 1 task as last seen 03:04:14Z."[:80].rstrip()
    assert "quiet" in head([*unseen, polled(ARENA, 264, "InProgress")], at(265))[2]


def test_what_blindness_tells_is_not_told_twice() -> None:
    blind = [*failing(FaultClass.NETWORK, 3), Gap(at(262), at(254), GapCause.NETWORK)]
    _, second, third = head(blind, at(286))
    assert second.endswith("tool NO NETWORK 31s")
    assert third.startswith("!! TOOL blind 31 s (network).")


def test_gaps_are_counted_where_there_is_room_and_do_not_matter_to_an_idle_screen() -> None:
    seen_again = [*quiet(), Gap(at(262), at(254), GapCause.ASLEEP), polled(ARENA, 264, "InProgress")]
    assert head(seen_again, at(265), 160)[1].endswith("data 0.9s  blind 1  tool OK")
    idle = [*OVER, Gap(at(50), at(4), GapCause.NO_POLLER)]
    assert head(idle, at(60)) == head(idle, at(7_000))


def test_facts_of_line_2_get_room_in_the_order_of_their_worth() -> None:
    reasons = [Reason.YOU, Reason.FOCUS, Reason.FOCUS, *[Reason.BASE] * 9]
    polls = [replace(polled(FINAL, 299 + n / 20, "Idle"), reason=reason) for n, reason in enumerate(reasons)]
    busy = [*quiet(), Gap(at(262), at(254), GapCause.ASLEEP), *polls]
    optional = ("you 1 focus 2 base 9 free 8", "pace 18.0/s", "blind 1")
    for cells, shown in ((110, ()), (120, optional[1:]), (130, optional[::2]), (150, optional)):
        told = head(busy, at(299.9), cells)[1]
        assert tuple(one for one in optional if one in told) == shown
        assert told.endswith("tool OK")


def test_held_tasks_are_not_called_quiet() -> None:
    held = [*quiet(), Request(at(254.5), Verb.HOLD, ARENA, "alice")]
    assert head(held, at(255))[2].startswith("1 of 2 tasks changing, the others quiet. 1 held.")


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        (70, "prod | ap-singapore | sdk 1400000000          LIVE  REC  RO  03:12:06Z"),
        (60, "prod | ap-singapore                 LIVE  REC  RO  03:12:06Z"),
        (44, "prod | ap-singapore LIVE  REC  RO  03:12:06Z"),
        (30, "prod  LIVE  REC  RO  03:12:06Z"),
        (24, "prod     LIVE  03:12:06Z"),
    ],
)
def test_a_narrow_line_1_leaves_out_whole_facts(cells: int, shown: str) -> None:
    assert head(night(), cells=cells)[0] == shown


def test_profile_mode_and_clock_stay_whatever_else_is_there() -> None:
    crowded = replace(PROD, profile="production-of-the-finals", mode="PAUSE", paused_new=12_345, mine=False)
    assert head(night(), at(86_400), 60, crowded)[0] == ("production-of-the-f.. PAUSE +12345 new  2026-11-22 03:12:06Z")


def test_what_was_seen_on_another_day_bears_its_date() -> None:
    assert head(night(), at(86_400))[0].endswith("RO  2026-11-22 03:12:06Z")


def test_a_narrow_screen_gives_up_facts_before_the_state_of_the_tool() -> None:
    assert head(failing(FaultClass.NETWORK, 3), at(286), 44)[1] == "rate  0/20 [----------]  tool NO NETWORK 31s"


def test_the_rate_is_of_the_second_before() -> None:
    entries: list[Entry] = [
        watched(FINAL, "f"),
        started(),
        *looked(FINAL, (10 + number / 12 for number in range(12)), "Idle"),
    ]
    assert head(entries, at(10 + 11 / 12))[1].startswith("rate 12/20 [######----]")
    assert head(entries, at(11))[1].startswith("rate 11/20 [######----]")
    assert head(entries, at(12))[1].startswith("rate  0/20 [----------]")


def test_round_trips_as_median_and_slowest() -> None:
    polls = [polled(FINAL, 10 + number, "Idle", (number + 1) * 1_000) for number in range(100)]
    second = head([watched(FINAL, "f"), started(), *polls], at(110), cells=160)[1]
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
    assert head(entries, at(7), cells=160)[2] == (
        "!! 4 of 4 need you: qa REFUSED 00:06 | e UNKNOWN 00:04 | arena impossible 00:01"
        " | final status word not documented 00:05"
    )


LONG = "the-opening-ceremony-main-stage-simultaneous-japanese"


def test_a_long_name_leaves_room_for_reason_and_time() -> None:
    entries: list[Entry] = [watched(QA, LONG), watched(FINAL, LONG), started()]
    entries += [polled(QA, 1, "Paused"), polled(FINAL, 2, "Paused")]
    narrow, usual, wide = (head(entries, at(3), cells)[2] for cells in (60, 80, 160))
    assert narrow == "!! 2 of 2 need you: the-op.. status word not documen.. 00:02"
    assert usual == "!! 2 of 2 need you: the-opening-ceremony-m.. status word not documented 00:02"
    assert wide.endswith("00:02 | the-opening-ceremony-m.. status word not documented 00:01")


def test_the_empty_journal_has_no_clock() -> None:
    lines = texts(header(PROD, Snapshot(), arranged(Snapshot()), NOW_US, 80))
    assert lines[0].endswith("--:--:--Z")


def test_what_somebody_takes_care_of_is_told_behind_what_nobody_does() -> None:
    entries: list[Entry] = [watched(QA, "qa"), watched(FINAL, "final"), watched(ARENA, "arena"), started()]
    entries += [polled(QA, 1, "Paused"), polled(FINAL, 2, "Paused"), polled(ARENA, 2, ON)]
    one = [*entries, Ack(at(5), "odd-status", "alice", QA)]
    assert head(one, at(7), cells=120)[2] == (
        "!! 1 of 3 need you, 1 acked: final status word not documented 00:05"
        " | qa status word not documented, ack alice 03:00:05Z"
    )
    both = [*one, Ack(at(6), "odd-status", "", FINAL)]
    assert head(both, at(7))[2] == "2 acked: qa status word not documented, ack alice 03:00:05Z."
    assert head(both, at(7), cells=120)[2].endswith("03:00:05Z. the other task is quiet.")


def test_a_blind_tool_that_somebody_takes_care_of_does_not_shout() -> None:
    blind = [*failing(FaultClass.NETWORK, 5), Ack(at(261), "blind", "alice")]
    assert head(blind, at(265))[2].startswith("ack alice 03:04:21Z, TOOL blind 10 s (network). 1 task UNKNOWN")
    over: list[Entry] = [watched(QA, "qa"), *(polled(QA, second, NOT_FOUND) for second in (10, 11, 12))]
    assert head([*over, *blind], at(265))[2].startswith("!! 1 of 3 need you: qa NOT FOUND")


def test_nobody_polling_is_taken_care_of_as_well() -> None:
    asleep = [*quiet(), stopped(255), Ack(at(256), "blind", "alice")]
    assert head(asleep, at(265))[2].startswith("ack alice 03:04:16Z, nobody polls.")
