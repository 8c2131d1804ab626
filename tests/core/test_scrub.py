"""What the columns of a scrubber hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.entries import ROOM, at, fault, gap, histories, numbered, poll
from tests.core.scrubbing import facts_of
from tui.core.entry import Entry, GapCause
from tui.core.fault import BLINDING, FaultClass
from tui.core.lifecycle import Life
from tui.core.scrub import Facts, Flag, Look, State, Unseen, columns, successive
from tui.core.span import Span
from tui.core.timeline import fold

TEN = Span(at(0), at(100), 10)
END, TIMEOUT = FaultClass.END, FaultClass.NETWORK


def letters(entries: list[Entry], span: Span = TEN, until: float = 100) -> str:
    facts = facts_of(numbered(entries), span, ROOM)
    return "".join(column.state.value for column in columns(span, facts, at(until)))


def test_a_life_in_letters() -> None:
    life: list[Entry] = [poll("Idle", 11), poll("InProgress", 25), poll("Exited", 60), poll(END, 71), poll(END, 81)]
    assert letters(life) == ".IPPPPExxx"


def test_what_has_not_come_yet_is_blank() -> None:
    assert letters([poll("Idle", 11)], until=35) == ".III      "


def test_a_word_that_nobody_documented() -> None:
    assert letters([poll("Paused", 1)]) == "oooooooooo"


@pytest.mark.parametrize("fault_class", sorted(BLINDING | {FaultClass.OURS}))
def test_a_failure_tells_nothing_and_ends_nothing(fault_class: FaultClass) -> None:
    assert letters([poll("InProgress", 1), poll(fault_class, 31), poll("InProgress", 51)]) == "PPP??PPPPP"


def test_one_end_alone_is_not_the_end() -> None:
    assert letters([poll("InProgress", 1), poll(END, 21), poll("InProgress", 41)]) == "PP??PPPPPP"


def test_an_end_is_confirmed_through_failures() -> None:
    assert (
        letters([poll("InProgress", 1), poll(END, 21), poll(TIMEOUT, 31), poll(END, 41), poll(TIMEOUT, 61)])
        == "PP??xxxxxx"
    )


def test_a_task_never_seen_alive_is_asked_thrice() -> None:
    assert letters([poll(END, 1), poll(END, 2), poll(TIMEOUT, 21), poll(END, 41)]) == "????xxxxxx"
    assert letters([poll(END, 1), poll(END, 2), poll(END, 4)]) == "xxxxxxxxxx"


def test_nobody_looked_is_not_no_change() -> None:
    blind: list[Entry] = [poll("InProgress", 1), gap(GapCause.NO_POLLER, 20, 58), poll("InProgress", 58.5)]
    assert letters(blind) == "PP____PPPP"
    facts = facts_of(numbered(blind), TEN, ROOM)
    made = columns(TEN, facts, at(100))
    assert [column.gap for column in made] == [None] * 2 + [GapCause.NO_POLLER] * 4 + [None] * 4
    assert made[2].word == ""


def test_a_gap_of_a_moment_is_told_though_the_state_is_known() -> None:
    made = columns(
        TEN, Facts(looks=(Look(at(1), "Idle", None),), unseen=(Unseen(at(12), at(14), GapCause.LIMITER),)), at(99)
    )
    assert (made[1].state, made[1].gap) == (State.IDLE, GapCause.LIMITER)


def test_two_gaps_at_one_time_count_once() -> None:
    unseen = (Unseen(at(10), at(14), GapCause.LIMITER), Unseen(at(10), at(13), GapCause.HELD))
    made = columns(TEN, Facts(looks=(Look(at(1), "Idle", None),), unseen=unseen), at(99))
    assert (made[1].state, made[1].gap) == (State.IDLE, GapCause.LIMITER)


def test_what_is_over_needs_nobody_to_look() -> None:
    over: list[Entry] = [poll("Exited", 1), poll(END, 11), poll(END, 12), gap(GapCause.NO_POLLER, 30, 80)]
    assert letters(over) == "Exxxxxxxxx"


def test_what_happened_stands_in_its_column() -> None:
    facts = Facts(
        looks=(Look(at(1), "Idle", None), Look(at(51), "InProgress", None), Look(at(52), "Exited", None)),
        errors=(0, 0, 3, 0, 0, 0, 0, 0, 0, 10),
        marks=(Flag(at(31), "a"), Flag(at(32), "b"), Flag(at(200), "outside")),
    )
    made = columns(TEN, facts, at(100), (Flag(at(41), "2"),))
    assert [column.changes for column in made] == [1, 0, 0, 0, 0, 2, 0, 0, 0, 0]
    assert (made[2].errors, made[9].errors) == (3, 10)
    assert [column.mark for column in made[3:5]] == ["b", None]
    assert [column.hit for column in made[3:5]] == [None, "2"]
    assert (made[5].state, made[5].word) == (State.EXITED, "Exited")


def test_successive_gaps_are_one_time_with_several_causes() -> None:
    told = (
        Unseen(0, 90, GapCause.NETWORK),
        Unseen(30, 90, GapCause.NO_POLLER),
        Unseen(30, 90, GapCause.ASLEEP),
        Unseen(95, None, GapCause.HELD),
    )
    assert list(successive(told)) == [
        Unseen(0, 30, GapCause.NETWORK),
        Unseen(30, 90, GapCause.ASLEEP),
        Unseen(95, None, GapCause.HELD),
    ]
    assert list(successive([])) == []


LETTERS = {Life.IDLE: "I", Life.IN_PROGRESS: "P", Life.EXITED: "E", Life.ODD: "o", Life.ENDED: "x", Life.NOT_FOUND: "x"}


@given(
    st.lists(st.sampled_from(["Idle", "InProgress", "Exited", "odd", END, TIMEOUT, FaultClass.SERVICE]), max_size=12)
)
def test_letters_agree_with_the_fold(told: list[str | FaultClass]) -> None:
    entries: list[Entry] = [poll(answer, number) for number, answer in enumerate(told)]
    snapshot = fold(numbered(entries))
    view = snapshot.forgotten.get(ROOM)
    letter = letters(entries)[-1]
    if view is None:
        assert letter == "."
    elif letter != "?":
        assert letter == LETTERS[view.stage.life]
    else:
        assert view.trouble is not None


@given(histories, st.integers(0, 120))
def test_any_entries_make_columns(entries: list[Entry], until: int) -> None:
    facts = facts_of(numbered(sorted(entries, key=lambda entry: entry.at_us)), TEN, ROOM)
    made = columns(TEN, facts, at(until))
    assert len(made) == TEN.columns
    assert all((column.state is State.AHEAD) == (at(10 * number) > at(until)) for number, column in enumerate(made))


def test_failures_are_counted_by_column() -> None:
    entries: list[Entry] = [poll("Idle", 1), poll(fault(FaultClass.OURS), 11), poll(TIMEOUT, 12), poll(END, 13)]
    assert facts_of(numbered(entries), TEN, ROOM).errors == (0, 2, 0, 0, 0, 0, 0, 0, 0, 0)
