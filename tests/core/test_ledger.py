"""What gaps make of the past: a time when nobody looked is kept, told once, and never drawn as "no change"."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.core.entries import OTHER, ROOM, THIRD, at, fault, forget, gap, note, numbered, poll, watch, wish
from tui.core.entry import Entry, Gap, GapCause, Level, Poll, Seen, Topic, Verb
from tui.core.fault import BLINDING, FaultClass
from tui.core.timeline import Snapshot, fold
from tui.core.views import GAPS_KEPT, GapView

NETWORK, NO_POLLER, LIMITER = GapCause.NETWORK, GapCause.NO_POLLER, GapCause.LIMITER
DROPPED, HELD = GapCause.DROPPED, GapCause.HELD
NETWORK_DOWN = fault(FaultClass.NETWORK)


def told(*entries: Entry) -> Snapshot:
    """The fold of what happened to two watched tasks."""
    return fold(numbered([watch(), watch(OTHER), *entries]))


def runs(*entries: Entry) -> list[tuple[str, int, GapCause | None]]:
    return [(run.word, run.count, run.gap) for run in told(*entries).tasks[ROOM].runs]


def log(*entries: Entry) -> list[str]:
    """Lines of the log, without what the operator did."""
    return [event.text for event in told(*entries).events if event.kind != "you"]


def test_a_gap_of_all_lasts_until_anybody_is_seen() -> None:
    opened: list[Entry] = [poll("Idle"), gap(NETWORK, 1)]
    assert told(*opened).tool.gap == GapView(at(1), NETWORK)
    still = told(*opened, *[poll(fault_class, 4) for fault_class in sorted(BLINDING)])
    assert still.tool.gap == GapView(at(1), NETWORK), "a failure to see is no sight"
    ended = told(*opened, poll("Idle", 9, OTHER)).tool
    assert ended.gap is None
    assert ended.gaps == (GapView(at(1), NETWORK, at(9)),)
    assert ended.gap_count == 1


@pytest.mark.parametrize("answer", ["Idle", FaultClass.END, FaultClass.OURS])
def test_every_answer_about_a_task_is_a_sight(answer: str | FaultClass) -> None:
    assert told(gap(NETWORK, 1), poll(answer, 9)).tool.gap is None


def test_another_cause_ends_one_gap_and_begins_the_next() -> None:
    tool = told(poll("Idle"), gap(NETWORK, 1), gap(NO_POLLER, 60, 120), poll("Idle", 130)).tool
    assert tool.gaps == (GapView(at(1), NETWORK, at(60)), GapView(at(60), NO_POLLER, at(130)))
    assert (tool.gap, tool.gap_count) == (None, 2)


def test_the_same_cause_told_again_is_the_same_gap() -> None:
    assert told(gap(NETWORK, 1), gap(NETWORK, 5)) != told(gap(NETWORK, 1))
    assert told(gap(NETWORK, 1), gap(NETWORK, 5)).tool == told(gap(NETWORK, 1)).tool
    assert log(gap(NETWORK, 1), gap(NETWORK, 5)) == ["nobody looks: network"]


def test_a_cause_that_lasted_no_time_was_the_other_one_all_along() -> None:
    tool = told(gap(NETWORK, 5), gap(NO_POLLER, 3)).tool
    assert (tool.gap, tool.gaps, tool.gap_count) == (GapView(at(5), NO_POLLER), (), 1)


def test_a_clock_set_back_makes_no_gap_shorter_than_nothing() -> None:
    assert told(gap(NETWORK, 50), poll("Idle", 10)).tool.gaps == (GapView(at(50), NETWORK, at(50)),)


def test_the_newest_gaps_are_kept_and_all_are_counted() -> None:
    entries = [entry for n in range(40) for entry in (gap(LIMITER, 10 * n), poll("Idle", 10 * n + 5))]
    tool = told(*entries).tool
    assert tool.gap_count == 40
    assert [ended.since_us for ended in tool.gaps] == [at(10 * n) for n in range(40 - GAPS_KEPT, 40)]


def test_a_gap_of_one_task_is_none_of_the_others() -> None:
    snapshot = told(poll("Idle"), gap(DROPPED, 1, 20, ROOM), poll("Idle", 21, OTHER))
    assert snapshot.tasks[ROOM].gap == GapView(at(1), DROPPED)
    assert (snapshot.tasks[OTHER].gap, snapshot.tool.gap, snapshot.tool.gap_count) == (None, None, 0)
    assert told(gap(DROPPED, 1, 20, ROOM), poll(FaultClass.SERVICE, 22)).tasks[ROOM].gap is not None
    assert told(gap(DROPPED, 1, 20, ROOM), poll("Idle", 22)).tasks[ROOM].gap is None


def test_nobody_is_meant_to_look_at_a_task_that_is_not_watched() -> None:
    assert told(gap(DROPPED, 1, 20, THIRD)).tasks == told().tasks
    gone = told(gap(DROPPED, 1, 20, ROOM), forget(second=21), gap(HELD, 22, 23, ROOM))
    assert gone.forgotten[ROOM].gap is None
    assert told(forget(), gap(DROPPED, 1, 20, ROOM), watch(second=30)).tasks[ROOM].gap is None


def test_a_run_ends_where_nobody_looked() -> None:
    away: list[Entry] = [poll("Idle", 0), poll("Idle", 1), gap(NO_POLLER, 1, 600)]
    assert runs(*away, poll("Idle", 601), poll("Idle", 602)) == [("Idle", 2, None), ("Idle", 2, NO_POLLER)]
    assert runs(*away, poll("Idle", 601, OTHER), poll("Idle", 640)) == [("Idle", 2, None), ("Idle", 1, NO_POLLER)]
    assert runs(*away, poll("Exited", 601)) == [("Idle", 2, None), ("Exited", 1, NO_POLLER)]


def test_a_first_answer_comes_after_no_gap() -> None:
    assert runs(gap(NO_POLLER, 1, 600), poll("Idle", 601)) == [("Idle", 1, None)]


def test_who_was_looked_at_after_a_gap_is_not_told_of_it_again() -> None:
    away: list[Entry] = [poll("Idle", 0), gap(NETWORK, 1), poll("Idle", 9)]
    assert runs(*away, *[poll("Idle", 10 + n) for n in range(5)]) == [("Idle", 1, None), ("Idle", 6, NETWORK)]


def test_failures_within_a_gap_come_after_its_beginning() -> None:
    blind: list[Entry] = [
        poll("Idle", 0),
        gap(NETWORK, 1),
        poll(NETWORK_DOWN, 4),
        poll(NETWORK_DOWN, 8),
        poll("Idle", 9),
    ]
    assert runs(*blind) == [("Idle", 1, None), ("Network.Timeout", 2, NETWORK), ("Idle", 1, None)]


def test_a_gap_that_is_told_after_the_failures_in_it_is_told_at_its_end() -> None:
    early: list[Entry] = [
        poll("Idle", 0),
        poll(NETWORK_DOWN, 1),
        gap(NETWORK, 0),
        poll(NETWORK_DOWN, 4),
        poll("Idle", 9),
    ]
    assert runs(*early, poll("Idle", 10)) == [("Idle", 1, None), ("Network.Timeout", 2, None), ("Idle", 2, NETWORK)]
    sick: list[Entry] = [
        poll("Idle", 0),
        *[poll(FaultClass.SERVICE, n) for n in (1, 12)],
        gap(GapCause.SERVICE, 0, 13, ROOM),
    ]
    assert runs(*sick, poll("Idle", 20)) == [
        ("Idle", 1, None),
        ("InternalError", 2, None),
        ("Idle", 1, GapCause.SERVICE),
    ]


def test_equal_failures_before_and_after_a_gap_are_two_runs() -> None:
    down: list[Entry] = [poll("Idle", 0), poll(NETWORK_DOWN, 1), poll(NETWORK_DOWN, 2)]
    assert runs(*down, gap(NO_POLLER, 3, 600), poll(NETWORK_DOWN, 601), poll("Idle", 602)) == [
        ("Idle", 1, None),
        ("Network.Timeout", 2, None),
        ("Network.Timeout", 1, NO_POLLER),
        ("Idle", 1, None),
    ]


def test_of_several_gaps_since_the_last_look_the_longest_is_told() -> None:
    short_last: list[Entry] = [gap(NO_POLLER, 1, 600), gap(NETWORK, 601), poll("Idle", 605, OTHER)]
    assert runs(poll("Idle", 0), *short_last, poll("Idle", 606))[-1] == ("Idle", 1, NO_POLLER)
    still_open: list[Entry] = [gap(NETWORK, 1), poll("Idle", 5, OTHER), gap(NO_POLLER, 5, 600)]
    assert runs(poll("Idle", 0), *still_open, poll("Idle", 606))[-1] == ("Idle", 1, NO_POLLER)


def test_a_gap_of_its_own_ends_a_run_too() -> None:
    assert runs(poll("Idle", 0), gap(DROPPED, 1, 20, ROOM), poll("Idle", 21))[-1] == ("Idle", 1, DROPPED)


def test_stepping_through_a_held_task_is_looking_often_enough() -> None:
    steps: list[Entry] = [entry for n in range(0, 30, 3) for entry in (poll("Idle", n), gap(HELD, n + 1, n + 1, ROOM))]
    assert runs(*steps) == [("Idle", 10, None)]
    assert runs(*steps, poll("Idle", 300)) == [("Idle", 10, None), ("Idle", 1, HELD)]


moments = st.lists(st.integers(0, 60), max_size=40).map(sorted)
answers = st.sampled_from(["Idle", "Idle", FaultClass.NETWORK, FaultClass.SERVICE])
causes = st.sampled_from([NETWORK, NO_POLLER, LIMITER, DROPPED])


@st.composite
def lives(draw: st.DrawFn) -> list[Entry]:
    """Polls of two tasks, and gaps of all or of the first that began with the last sight or up to 5 s ago."""
    entries: list[Entry] = []
    sight = 0
    for second in draw(moments):
        if draw(st.booleans()):
            entries.append(poll(draw(answers), second, draw(st.sampled_from([ROOM, OTHER]))))
            sight = second if isinstance(entries[-1], Poll) and isinstance(entries[-1].answer, Seen) else sight
        else:
            since = max(sight, second - draw(st.integers(0, 5)))
            entries.append(gap(draw(causes), since, second, draw(st.sampled_from([None, None, ROOM]))))
    return entries


@given(lives())
@example([poll("Idle"), gap(NETWORK, 0), poll("Idle", 1, OTHER), poll("Idle", 2)])
def test_no_run_spans_a_gap(entries: list[Entry]) -> None:
    for task, view in told(*entries).tasks.items():
        blind = [index for index, entry in enumerate(entries) if isinstance(entry, Gap) and entry.task in (None, task)]
        polls = [
            (index, entry) for index, entry in enumerate(entries) if isinstance(entry, Poll) and entry.task == task
        ]
        for run in reversed(view.runs):
            mine, polls = polls[-run.count :], polls[: -run.count]
            sights = pairwise(mine) if run.fault_class is None else ()
            assert not [index for (last, _), (this, _) in sights for index in blind if last < index < this]
            assert run.gap is None or run.gap in {entry.cause for entry in entries if isinstance(entry, Gap)}


@given(lives())
def test_gaps_are_counted_and_follow_each_other(entries: list[Entry]) -> None:
    tool = told(*entries).tool
    ledger = (*tool.gaps, *([tool.gap] if tool.gap else []))
    assert tool.gap_count == len(ledger)
    assert all(ended.until_us is not None and ended.until_us >= ended.since_us for ended in tool.gaps)


def test_the_log_tells_when_nobody_looks_and_for_how_long_nobody_did() -> None:
    line = told(poll("Idle"), gap(DROPPED, 1)).events[-1]
    assert (line.level, line.kind, line.task, line.text) == (Level.WARN, "tool", None, "nobody looks: dropped")
    assert log(gap(DROPPED, 1), poll("Idle", 41))[-2:] == ["Idle", "looked at again after 40 s: dropped"]
    assert log(gap(DROPPED, 1), poll("Idle", 4)) == ["nobody looks: dropped", "Idle"], "too short for a second line"
    own = told(gap(DROPPED, 1, 20, ROOM), poll("Idle", 41)).events
    assert [(event.task, event.text) for event in own[2:]] == [
        (ROOM, "nobody looks: dropped"),
        (ROOM, "Idle"),
        (ROOM, "looked at again after 40 s: dropped"),
    ]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(14, "14 s"), (60, "1 min"), (3_599, "59 min"), (7_500, "2 h 5 min"), (97_200, "1 d 3 h"), (-5, "0 s")],
)
def test_a_gap_that_is_over_when_it_is_noticed_is_one_line(seconds: int, words: str) -> None:
    assert log(gap(NO_POLLER, 100, 100 + seconds), poll("Idle", 101 + max(0, seconds))) == [
        f"nobody looked for {words}: no poller",
        "Idle",
    ]


def test_failures_that_have_a_line_need_no_second_one_for_their_gap() -> None:
    down: list[Entry] = [poll(NETWORK_DOWN, 1 + n) for n in range(20)]
    assert log(poll("Idle"), *down[:3], gap(NETWORK, 0, 4), *down[3:], poll("Idle", 30)) == [
        "Idle",
        "Network.Timeout as told by a test",
        "sees again after 29 s blind (Network.Timeout)",
    ]
    sick: list[Entry] = [poll(FaultClass.SERVICE, 1 + n) for n in range(3)]
    assert log(poll("Idle"), *sick, gap(GapCause.SERVICE, 0, 11, ROOM), poll("Idle", 40)) == [
        "Idle",
        "InternalError as told by a test",
        "looked at again after 40 s: service",
    ]


def test_a_hold_is_told_by_who_wished_it() -> None:
    held: list[Entry] = [poll("Idle"), wish(Verb.HOLD, 1), gap(HELD, 1, 1, ROOM)]
    assert log(*held) == ["Idle"]
    assert log(*held, wish(Verb.RELEASE, 200), poll("Idle", 201))[-1] == "looked at again after 3 min: held"


def test_a_gap_goes_on_over_a_restart() -> None:
    restarted = told(gap(NETWORK, 1), note(Topic.POLLING_STOPPED, 4), note(Topic.POLLING_STARTED, 5))
    assert restarted.tool.gap == GapView(at(1), NETWORK)
