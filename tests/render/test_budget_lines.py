import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.render.scenes import OURS, SECOND_US, at, texts
from tests.render.test_shares import sending
from tui.core.entry import GapCause, Reason, Skew
from tui.core.lease import LeaseView
from tui.core.views import TALLY_US, GapView, Peak, Tally, ToolView
from tui.render.budget_lines import Load, budget_lines
from tui.render.line import Role, width
from tui.render.task_times import TaskTimes
from tui.render.times import TimeStyle

NOW_US = at(727)
TIMES = TaskTimes(TimeStyle.UTC, NOW_US, None)
LOAD = Load(live=72, in_sight=9)
BUSY = replace(
    sending(Reason.YOU, Reason.FOCUS, Reason.FOCUS, *[Reason.BASE] * 9, until_us=NOW_US),
    peak=Peak(19, at(700)),
    tallies=(Tally(at(650), 170, 1), Tally(at(660), 180, 3, 2), Tally(at(720), 120)),
    latencies_us=(20_000, *[40_000] * 8, 500_000),
    skew=Skew(200_000, 520_000),
)


def told(
    tool: ToolView = BUSY, lease: LeaseView = OURS, load: Load = LOAD, *, cells: int = 63, mine: bool = True
) -> list[str]:
    lines = budget_lines(tool, lease, load, TIMES, cells, mine=mine)
    assert {width(spans) for spans in lines} == {cells}
    return texts(lines)


def test_everything_in_the_wide_pane() -> None:
    assert told() == [
        "rate 12/20  pace 18.0/s  peak 19 at 03:11:40Z",
        "by turn every 4.0s  +20 tasks: 4.0s -> 5.1s",
        "you      1 #         focus    2 #         base     9 ####",
        "stale    0           confirm  0           other    0",
        "since 03:11:00Z  300 sent  297 ok  1 error  2 limited",
        "limit 20/s never hit  others on this key: not seen",
        "no gaps",
        "polled here (alice, pid 4711)  1 screen  in sight 9",
        "skew +0.2s +-0.5s  rtt p50 40ms p99 500ms",
        "rtt ms <=25 #   <=50 ### <=100     <=200     <=400     >400 #",
    ]


@pytest.mark.parametrize("cells", [47, 60, 80, 119])
def test_in_another_width_lines_are_broken_and_nothing_is_lost(cells: int) -> None:
    words = set(" ".join(told()[:-1]).replace("#", "").split())
    assert words <= set(" ".join(told(cells=cells)).split())


def test_held_and_pinned_tasks_are_counted_and_who_is_held_waits_for_no_turn() -> None:
    lines = told(load=replace(LOAD, held=36, pinned=2))
    assert lines[1].startswith("by turn every 2.0s")
    assert "in sight 9  pinned 2" in lines[7]
    assert lines[8] == "held 36"
    assert not any("by turn" in one for one in told(load=Load(live=3, held=3)))


def test_who_else_uses_the_limit() -> None:
    hit = replace(BUSY, throttled=1, throttled_us=at(690))
    assert told(hit)[5:7] == ["limit 20/s hit once, last 03:11:30Z", "others on this key: not seen"]
    lines = told(replace(hit, throttled=3, strangers=2))
    assert lines[5:7] == [
        "limit 20/s hit 3 times, last 03:11:30Z",
        "others use this key: hit 2 times while we were below it",
    ]


def test_a_follower_is_told_who_polls_and_nobody_is_told_too() -> None:
    theirs = LeaseView("token", "ali, pid 4242", 18.5, 3)
    assert told(lease=theirs, mine=False)[7] == "polled by ali, pid 4242  3 screens  in sight 9"
    alone = told(lease=LeaseView(viewers=1))
    assert alone[0] == "nobody polls  peak 19 at 03:11:40Z"
    assert not any("pace" in one or "by turn" in one or "polled" in one for one in alone)


def test_gaps_are_told_the_open_one_first_then_the_newest() -> None:
    gaps = (
        GapView(at(100), GapCause.NO_POLLER, at(712)),
        GapView(at(713), GapCause.NETWORK, at(716)),
    )
    lines = told(replace(BUSY, gaps=gaps, gap=GapView(at(725), GapCause.ASLEEP), gap_count=3))
    assert lines[6:8] == [
        "GAP since 03:12:05Z  host asleep  gaps 3",
        "last 00:03  03:11:53Z .. 03:11:56Z  network",
    ]
    assert lines[-1] == "before 10:12  03:01:40Z .. 03:11:52Z  no poller"


def test_without_a_live_task_nothing_depends_on_the_time() -> None:
    idle = Load(live=0)
    later = replace(TIMES, now_us=NOW_US + 600 * SECOND_US)
    now, then = (budget_lines(BUSY, OURS, idle, times, 63, mine=True) for times in (TIMES, later))
    assert now == then
    assert texts(now)[0] == "idle: no live task  pace 18.0/s  peak 19 at 03:11:40Z"


def test_before_the_first_request_there_is_little_to_tell() -> None:
    assert told(ToolView(), OURS, Load(live=1)) == [
        "rate  0/20  pace 18.0/s",
        "by turn every 1.0s  +20 tasks: 1.0s -> 1.1s",
        "you      0           focus    0           base     0",
        "stale    0           confirm  0           other    0",
        "limit 20/s never hit  others on this key: not seen",
        "no gaps",
        "polled here (alice, pid 4711)  1 screen  in sight 0",
    ]


def test_a_clock_far_off_and_a_limit_that_was_hit_are_loud() -> None:
    tool = replace(BUSY, skew=Skew(412_000_000, 0))
    spans = [span for spans in budget_lines(tool, OURS, LOAD, TIMES, 80, mine=True) for span in spans]
    assert ("+412s", Role.NEEDS_YOU) in spans
    assert ("2 limited", Role.NEEDS_YOU) in spans


def test_tallies_of_more_than_a_minute_ago_do_not_count() -> None:
    old = Tally(NOW_US - NOW_US % TALLY_US - 6 * TALLY_US - TALLY_US, 1000)
    assert told(replace(BUSY, tallies=(old, Tally(at(720), 7))))[4].startswith("since 03:12:00Z  7 sent")


rates = st.just(0.0) | st.floats(0.1, 30)
leases = st.builds(LeaseView, st.sampled_from(["", "token"]), st.text(max_size=40), rates, st.integers(0, 9))
loads = st.builds(Load, st.integers(0, 20_000), st.integers(0, 20_000), st.integers(0, 99), st.integers(0, 99))


@given(st.lists(st.sampled_from(Reason), max_size=64), leases, loads, st.integers(20, 300))
def test_whatever_the_facts_every_line_has_its_width(
    reasons: list[Reason], lease: LeaseView, load: Load, cells: int
) -> None:
    tool = replace(BUSY, recent=sending(*reasons, until_us=NOW_US).recent)
    for spans in budget_lines(tool, lease, load, TIMES, cells, mine=False):
        assert width(spans) == cells
