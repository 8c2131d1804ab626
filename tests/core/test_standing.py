import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.entries import (
    OTHER,
    ROOM,
    SECOND_US,
    START_US,
    at,
    gap,
    histories,
    note,
    numbered,
    poll,
    times_us,
    watch,
    wish,
)
from tui.core.alerts import NEVER_US
from tui.core.entry import HOLD_US, Entry, GapCause, Topic, Verb
from tui.core.fault import BLINDING, FaultClass
from tui.core.lifecycle import OVER
from tui.core.standing import REFUSED, UNKNOWN, Standing, Weight, standing
from tui.core.timeline import fold

END, NETWORK = FaultClass.END, FaultClass.NETWORK
WAS_IDLE = "was Idle, Network.Timeout"
NEVER_SEEN = "never seen: TaskId, SdkAppId, region?"


def stands(*entries: Entry, second: float, tasks: int = 1) -> Standing:
    """What is said at this second of the one task that is watched and polled."""
    snapshot = fold(numbered([note(Topic.POLLING_STARTED), watch(), *entries]))
    return standing(snapshot.tasks[ROOM], snapshot.tool, at(second), tasks)


def polled(word: str, *, until: int) -> list[Entry]:
    """The same answer once a second."""
    return [poll(word, second) for second in range(until + 1)]


@pytest.mark.parametrize(
    ("entries", "second", "word", "weight", "why"),
    [
        ([], 1, "new", Weight.QUIET, "not answered yet"),
        ([], 11, "new", Weight.NEEDS_YOU, "GAP: no fresh data"),
        ([poll(END, 0), poll(END, 2)], 10.5, "new", Weight.CHANGING, "not found yet, asking again"),
        ([poll("Idle", 0)], 1, "Idle", Weight.QUIET, ""),
        ([poll("Idle", 0), poll("InProgress", 1)], 2, "InProgress", Weight.CHANGING, "just changed"),
        ([poll("Idle", 0)], 11, "Idle", Weight.NEEDS_YOU, "GAP: no fresh data"),
        ([poll("Idle", 0), poll(NETWORK, 1)], 2, "Idle", Weight.QUIET, "Network.Timeout"),
        ([poll("Idle", 0), poll(NETWORK, 1), poll(NETWORK, 2)], 3, UNKNOWN, Weight.NEEDS_YOU, WAS_IDLE),
        ([poll("Idle", 0), *[poll(NETWORK, n) for n in (1, 2, 3)]], 4, UNKNOWN, Weight.UNKNOWN, WAS_IDLE),
        ([poll(NETWORK, n) for n in (1, 2, 3)], 4, UNKNOWN, Weight.UNKNOWN, "never seen, Network.Timeout"),
        ([poll(FaultClass.OURS, 1)], 2, REFUSED, Weight.NEEDS_YOU, "InvalidParameter.TaskId"),
        ([poll("Idle", 0), poll(END, 1)], 2, "Idle", Weight.CHANGING, "over? asking again"),
        ([poll("Exited", 0)], 1, "Exited", Weight.CHANGING, "leaving"),
        (polled("Exited", until=61), 61, "Exited", Weight.NEEDS_YOU, "Exited > 60s"),
        ([poll("Exited", 0), poll(END, 1), poll(END, 2)], 999, "ENDED", Weight.OVER, ""),
        ([poll("Idle", 0), poll(END, 1), poll(END, 2)], 600, "ENDED", Weight.NEEDS_YOU, "exit unseen: within 2s"),
        ([poll("Idle", 0), poll(END, 1), poll(END, 2)], 999, "ENDED", Weight.OVER, "exit unseen: within 2s"),
        (polled("Idle", until=301), 301, "Idle", Weight.NEEDS_YOU, "Idle > 300s"),
        ([poll(END, 0), poll(END, 2), poll(END, 10)], 11, "NOT FOUND", Weight.NEEDS_YOU, NEVER_SEEN),
        ([poll("Paused", 0)], 1, "Paused", Weight.NEEDS_YOU, "status word not documented"),
        ([poll("Exited", 0), poll("Idle", 1)], 2, "Idle", Weight.NEEDS_YOU, "impossible: Exited -> Idle"),
    ],
)  # fmt: skip
def test_one_word_and_one_reason(entries: list[Entry], second: float, word: str, weight: Weight, why: str) -> None:
    said = stands(*entries, second=second)
    assert (said.word, said.weight, said.why) == (word, weight, why)


@pytest.mark.parametrize("fault_class", sorted(BLINDING))
def test_who_cannot_see_says_unknown_and_never_ended(fault_class: FaultClass) -> None:
    blind = [poll("InProgress", 0), *[poll(fault_class, 1 + n) for n in range(30)]]
    assert stands(*blind, second=31).word == UNKNOWN
    assert stands(*blind, second=31).why.startswith("was InProgress, ")


def test_a_task_that_is_over_stays_over_while_the_tool_is_blind() -> None:
    over: list[Entry] = [poll("Idle", 0), poll(END, 1), poll(END, 2), *[poll(NETWORK, 3 + n) for n in range(9)]]
    assert stands(*over, second=20).word == "ENDED"


def test_data_may_be_older_when_many_tasks_share_the_budget() -> None:
    assert stands(poll("Idle", 0), second=11, tasks=1_000).weight is Weight.QUIET
    assert stands(poll("Idle", 0), second=170, tasks=1_000).why == "GAP: no fresh data"


def test_data_do_not_go_stale_while_nobody_is_meant_to_look() -> None:
    said = stands(poll("InProgress", 0), note(Topic.POLLING_STOPPED, 1), second=10**6)
    assert (said.weight, said.until_us) == (Weight.QUIET, NEVER_US)


def test_a_change_is_news_for_ten_seconds() -> None:
    changed = [poll("Idle", 0), *[poll("InProgress", 1 + n) for n in range(11)]]
    said = stands(*changed, second=5)
    assert (said.why, said.until_us) == ("just changed", at(11))
    assert stands(*changed, second=11) == said
    assert stands(*changed, second=11.1).weight is Weight.QUIET


def test_an_exit_is_long_after_a_minute() -> None:
    said = stands(*polled("Exited", until=55), second=56)
    assert (said.why, said.until_us) == ("leaving", at(60))


@pytest.mark.parametrize(
    ("entries", "second", "weight", "why"),
    [
        ([gap(GapCause.DROPPED, 0)], 3, Weight.UNKNOWN, "GAP: dropped"),
        ([gap(GapCause.DROPPED, 0, 12, ROOM)], 13, Weight.NEEDS_YOU, "GAP: dropped"),
        ([gap(GapCause.DROPPED, 0, 12, OTHER)], 5, Weight.QUIET, ""),
        ([gap(GapCause.DROPPED, 0), gap(GapCause.LIMITER, 0, 12, ROOM)], 13, Weight.NEEDS_YOU, "GAP: limiter"),
        ([gap(GapCause.HELD, 0, 0, ROOM)], 99, Weight.CHANGING, "GAP: held"),
        ([gap(GapCause.DROPPED, 0), poll("Idle", 3)], 4, Weight.QUIET, ""),
        ([gap(GapCause.NETWORK, 0), *[poll(NETWORK, n) for n in (1, 2, 3)]], 4, Weight.UNKNOWN, WAS_IDLE),
    ],
)
def test_where_nobody_looks_nobody_says_quiet(entries: list[Entry], second: float, weight: Weight, why: str) -> None:
    said = stands(poll("Idle", 0), *entries, second=second)
    assert (said.weight, said.why) == (weight, why)
    assert (said.word == UNKNOWN) == (why == WAS_IDLE), "a gap hides no last known word"


def test_a_gap_is_no_matter_of_a_task_that_is_over() -> None:
    over: list[Entry] = [poll("Exited", 0), poll(END, 1), poll(END, 2)]
    for blind in (gap(GapCause.NO_POLLER, 2), gap(GapCause.DROPPED, 2, 20, ROOM), wish(Verb.HOLD, 2)):
        assert stands(*over, blind, second=99).weight is Weight.OVER


def test_after_a_gap_of_all_each_may_wait_for_its_turn_once_more() -> None:
    away: list[Entry] = [poll("InProgress", 0), gap(GapCause.NO_POLLER, 0, 600), poll("Idle", 601, OTHER)]
    waiting = stands(*away, second=602)
    assert (waiting.word, waiting.weight, waiting.why) == ("InProgress", Weight.UNKNOWN, "GAP: no poller")
    assert waiting.until_us == at(611)
    assert stands(*away, second=611) == waiting
    late = stands(*away, second=611.1)
    assert (late.weight, late.why) == (Weight.NEEDS_YOU, "GAP: no fresh data")
    assert stands(*away, poll("InProgress", 603), second=604).weight is Weight.QUIET


def test_a_gap_shorter_than_its_turn_takes_anyhow_is_no_news_of_a_task() -> None:
    away: list[Entry] = [poll("Idle", 0), gap(GapCause.LIMITER, 1), poll("Idle", 4, OTHER)]
    assert stands(*away, second=5).weight is Weight.QUIET
    assert stands(*away, second=160, tasks=1_000).weight is Weight.QUIET


def test_a_held_task_is_held_and_not_stale() -> None:
    held: list[Entry] = [poll("Idle", 0), wish(Verb.HOLD, 1)]
    said = stands(*held, second=200)
    assert (said.word, said.weight, said.why) == ("Idle", Weight.CHANGING, "held, not polled")
    assert said.until_us == at(1) + HOLD_US
    assert stands(*held, gap(GapCause.HELD, 1, 1, ROOM), second=200) == said
    assert stands(*held, wish(Verb.RELEASE, 5), second=6).weight is Weight.QUIET


def test_a_hold_that_nobody_released_is_no_excuse_for_ever() -> None:
    held: list[Entry] = [poll("InProgress", 0), wish(Verb.HOLD, 1)]
    assert stands(*held, second=305).weight is Weight.QUIET, "it is polled again from now on"
    assert stands(*held, second=312).why == "GAP: no fresh data"


def test_a_hold_hides_nothing_worse() -> None:
    assert stands(poll("Idle", 0), wish(Verb.HOLD, 1), *[poll(NETWORK, n) for n in (2, 3)], second=4).word == UNKNOWN
    assert stands(poll("Paused", 0), wish(Verb.HOLD, 1), second=4).why == "status word not documented"


@given(
    histories,
    st.integers(0, 100 * SECOND_US) | times_us,
    st.sampled_from([1, 1_000]),
    st.floats(0, 1),
    st.sampled_from([[], [note(Topic.POLLING_STARTED)]]),
)
@settings(max_examples=300)
def test_time_alone_changes_nothing_until_it_says_so(
    entries: list[Entry], later_us: int, tasks: int, part: float, begin: list[Entry]
) -> None:
    snapshot = fold(numbered([*begin, *entries]))
    now_us = START_US + later_us
    for view in (*snapshot.tasks.values(), *snapshot.forgotten.values()):
        said = standing(view, snapshot.tool, now_us, tasks)
        assert said.until_us >= now_us
        assert standing(view, snapshot.tool, said.until_us, tasks) == said
        between_us = now_us + int(part * (said.until_us - now_us))
        assert standing(view, snapshot.tool, min(between_us, said.until_us), tasks) == said


@pytest.mark.parametrize("second", range(0, 10, 3))
@pytest.mark.parametrize("word", ["Idle", "InProgress", "Exited"])
def test_what_a_task_is_called_holds_until_the_second_it_said(word: str, second: int) -> None:
    answers = [poll("Idle", 0), poll(word, 5), poll(word, 8)]
    said = stands(*answers, second=8 + second)
    assert said.until_us < NEVER_US
    assert stands(*answers, second=(said.until_us - at(0)) / SECOND_US) == said
    assert stands(*answers, second=(said.until_us + 1 - at(0)) / SECOND_US) != said


@given(histories, st.integers(0, 200 * SECOND_US))
def test_only_what_is_over_is_called_so(entries: list[Entry], later_us: int) -> None:
    snapshot = fold(numbered(entries))
    for view in snapshot.tasks.values():
        said = standing(view, snapshot.tool, snapshot.at_us + later_us, len(snapshot.tasks))
        assert (said.weight is Weight.OVER) <= (view.stage.life in OVER)
        assert (said.word == "ENDED") <= (view.stage.life in OVER or view.stage.word == "ENDED")
