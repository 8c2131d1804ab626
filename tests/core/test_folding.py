"""Folding loses nothing, and tells apart whatever differs."""

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.core.entries import OTHER, histories, numbered, poll, polls, tasks, watch
from tui.core.entry import Entry, Fault, Poll, Reason, Seen
from tui.core.fault import FaultClass
from tui.core.folding import PLACE, Fold, folded, unfolded

ids = st.sampled_from([None, "", "a", "request", PLACE.decode(), "{Request", "\ud800"])
bodies = st.sampled_from([b"", b'{"RequestId":"request"}', b"request request", PLACE, b"a" + PLACE, b"aa"])
bodied = st.builds(
    lambda poll, body, request_id: replace(poll, answer=replace(poll.answer, body=body), request_id=request_id),
    polls,
    bodies,
    ids,
)
many = st.lists(
    st.builds(
        Poll,
        tasks,
        st.integers(0, 9),
        st.integers(0, 9),
        st.sampled_from(Reason),
        st.builds(Seen, st.sampled_from(["Idle", "InProgress"]), st.just(0), bodies),
        ids,
    ),
    max_size=30,
)


def body(request_id: str) -> bytes:
    return b'{"Response":{"RequestId":"%s"}}' % request_id.encode()


def told(second: float, request_id: str, word: str = "Idle") -> Poll:
    made = poll(word, second)
    return replace(made, request_id=request_id, answer=Seen(word, 0, body(request_id)))


@given(histories | st.lists(bodied, max_size=30) | many)
@example([told(1, "{RequestId}"), told(2, "b"), told(3, "{RequestId}")])
def test_nothing_is_lost_and_nothing_changes_places(entries: list[Entry]) -> None:
    rows = numbered(list(entries), 7)
    assert list(unfolded(folded(rows))) == rows


@given(many)
def test_neighbours_differ_or_somebody_asked_for_one(entries: list[Entry]) -> None:
    runs = folded(numbered(list(entries)))
    assert sum(run.count for run in runs if isinstance(run, Fold)) == len(entries)
    for one, other in pairwise(runs):
        assert isinstance(one, Fold)
        assert isinstance(other, Fold)
        same = (one.like.task, one.like.answer, one.cut) == (other.like.task, other.like.answer, other.cut)
        assert not same or Reason.YOU in (one.like.reason, other.like.reason)


def test_polls_that_differ_in_their_request_id_alone_are_one_line() -> None:
    entries: list[Entry] = [watch(), *(told(second, f"id-{second}") for second in range(411)), told(500, "z", "Exited")]
    runs = folded(numbered(entries))
    assert [run.count if isinstance(run, Fold) else 0 for run in runs] == [0, 411, 1]
    fold = runs[1]
    assert isinstance(fold, Fold)
    assert (fold.frame, fold.last_frame) == (2, 412)
    assert fold.poll(410) == entries[411]


def test_a_body_that_says_something_else_is_another_line() -> None:
    louder = replace(told(2, "b"), answer=Seen("Idle", 0, body("b") + b" "))
    assert len(folded(numbered([told(1, "a"), louder]))) == 2


def test_a_poll_that_somebody_asked_for_stands_by_itself() -> None:
    asked = replace(told(2, "b"), reason=Reason.YOU)
    runs = folded(numbered([told(1, "a"), asked, told(3, "c")]))
    assert [run.count for run in runs if isinstance(run, Fold)] == [1, 1, 1]


def test_another_task_stands_between() -> None:
    runs = folded(numbered([poll("Idle", 1), poll("Idle", 1.5, OTHER), poll("Idle", 2)]))
    assert len(runs) == 3


def test_failures_of_one_kind_fold_too() -> None:
    failures: list[Entry] = [
        poll(Fault(FaultClass.NETWORK, "Network.Timeout", "no answer"), second) for second in range(9)
    ]
    assert len(folded(numbered(failures))) == 1
