import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.core.entries import OTHER, ROOM, numbered, poll, watch
from tests.engine.fakes import EventBell, HostClock, Journal, LeaseRow
from tui.core.attention import Attention
from tui.core.entry import Entry, Request
from tui.core.lease import LeaseView
from tui.core.task import TaskRef
from tui.core.timeline import Snapshot, fold
from tui.engine.ports import Clock, JournalError, Reader
from tui.engine.tail import KEEP_EVERY_US, Listeners, Tail

DEADLINE_S = 20


@dataclass(slots=True)
class Told:
    """What a tail says, each kind in its own queue."""

    snapshots: "queue.Queue[tuple[Snapshot, frozenset[TaskRef] | None]]" = field(default_factory=queue.Queue)
    requests: "queue.Queue[Sequence[Request]]" = field(default_factory=queue.Queue)
    attentions: "queue.Queue[tuple[Attention, ...]]" = field(default_factory=queue.Queue)
    leases: "queue.Queue[LeaseView]" = field(default_factory=queue.Queue)
    errors: "queue.Queue[BaseException]" = field(default_factory=queue.Queue)

    def news(self) -> tuple[Snapshot, frozenset[TaskRef] | None]:
        return self.snapshots.get(timeout=DEADLINE_S)


class SlowClock(HostClock):
    """Shows the time it was given."""

    def __init__(self) -> None:
        self.shown_us = 0

    def monotonic_us(self) -> int:
        return self.shown_us


@contextmanager
def following(
    journal: Journal, told: Told, clock: Clock | None = None, open_reader: Callable[[], Reader] | None = None
) -> Iterator[Tail]:
    threads = threading.active_count()
    listeners = Listeners(
        publish=lambda snapshot, changed: told.snapshots.put((snapshot, changed)),
        heard=told.requests.put,
        attended=told.attentions.put,
        leased=told.leases.put,
        keep=journal.keep,
        failed=told.errors.put,
    )
    tail = Tail(open_reader or (lambda: journal), EventBell, clock or HostClock(), listeners)
    tail.start()
    assert tail.caught_up.wait(DEADLINE_S)
    yield tail
    tail.stop()
    assert threading.active_count() == threads


def test_the_journal_is_folded_before_it_is_caught_up_with() -> None:
    journal, told = Journal([watch(), poll("Idle", 1)]), Told()
    with following(journal, told):
        assert told.snapshots.get_nowait() == (fold(numbered(journal.entries)), frozenset({ROOM}))
        assert told.requests.empty(), "what was asked before the start is in the Snapshot"


def test_a_long_journal_is_folded_in_pieces() -> None:
    entries: list[Entry] = [poll("Idle", n) for n in range(12_000)]
    journal, told = Journal(entries), Told()
    with following(journal, told):
        frames = [told.snapshots.get_nowait()[0].frame for _ in range(told.snapshots.qsize())]
        assert frames == [5_000, 10_000, 12_000]


def test_what_is_committed_is_told_when_woken() -> None:
    journal, told = Journal(), Told()
    with following(journal, told) as tail:
        journal.append([watch(), poll("Idle", 1), poll("Idle", 1, OTHER)])
        tail.wake()
        snapshot, changed = told.news()
        assert (snapshot.frame, changed) == (3, frozenset({ROOM, OTHER}))
        assert told.requests.get(timeout=DEADLINE_S) == [watch()]


def test_what_another_process_commits_is_found_without_being_woken() -> None:
    journal, told = Journal(), Told()
    with following(journal, told):
        journal.append([watch()])
        assert told.news()[0].frame == 1


def test_it_starts_from_the_stored_fold() -> None:
    entries: list[Entry] = [watch(), poll("Idle", 1), poll("Exited", 2)]
    stored = fold(numbered(entries[:2]))
    journal, told = Journal(entries, stored=stored), Told()
    with following(journal, told):
        assert told.snapshots.get_nowait() == (stored, None)
        assert told.snapshots.get_nowait() == (fold(numbered(entries)), frozenset({ROOM}))
    assert min(journal.read_from) == 2


def test_the_fold_is_stored_at_the_end_with_what_changed_since_the_last_one() -> None:
    journal, told = Journal([watch(), watch(OTHER)]), Told()
    with following(journal, told):
        pass
    with following(journal, told):
        journal.append([poll("Idle", 1)])
    with following(journal, told):
        pass
    assert journal.keeps == [(2, frozenset({ROOM, OTHER})), (3, frozenset({ROOM}))]
    assert journal.closed == 3


def test_the_trail_is_stored_with_the_fold_as_far_as_the_journal_has_none() -> None:
    journal, told = Journal([watch(), poll("Idle", 1)]), Told()
    with following(journal, told):
        pass
    with following(journal, told):
        journal.append([poll("Exited", 2)])
    assert [(stretch.after, stretch.frame) for stretch in journal.stretches] == [(0, 2), (2, 3)]
    assert [milestone.frame for milestone in journal.stretches[1].milestones] == [3]


def test_a_trail_that_nobody_stored_is_told_again() -> None:
    class Refusing(Journal):
        def trailed(self) -> int:
            return 0

    journal, told, clock = Refusing(), Told(), SlowClock()
    with following(journal, told, clock) as tail:
        for keep in (1, 2):
            clock.shown_us = keep * KEEP_EVERY_US
            journal.append([poll("Idle", keep)])
            tail.wake()
            told.news()
    assert all(stretch.after == 0 for stretch in journal.stretches)
    assert journal.stretches[-1].milestones[0].frame == 1


def test_everything_is_folded_anew_when_the_trail_has_a_hole() -> None:
    class Untrailed(Journal):
        def trailed(self) -> int:
            return 1

    entries: list[Entry] = [watch(), poll("Idle", 1), poll("Exited", 2)]
    journal, told = Untrailed(entries, stored=fold(numbered(entries))), Told()
    with following(journal, told):
        assert told.snapshots.get_nowait() == (fold(numbered(entries)), frozenset({ROOM}))
    assert [(stretch.after, stretch.frame) for stretch in journal.stretches] == [(1, 3)]


def test_a_long_trail_is_stored_before_the_end() -> None:
    journal, told = Journal([watch(TaskRef("ap-guangzhou", 1, f"room-{n}")) for n in range(12_000)]), Told()
    with following(journal, told):
        assert [stretch.frame for stretch in journal.stretches] == [5_000, 10_000, 12_000]


def test_the_fold_is_stored_now_and_then() -> None:
    journal, told, clock = Journal(), Told(), SlowClock()
    with following(journal, told, clock) as tail:
        journal.append([watch()])
        tail.wake()
        told.news()
        assert not journal.keeps
        clock.shown_us = KEEP_EVERY_US
        journal.append([poll("Idle", 1)])
        tail.wake()
        told.news()
        journal.append([poll("Idle", 2)])
        tail.wake()
        told.news()
        assert journal.keeps == [(2, frozenset({ROOM}))], "once, though more came since"


def test_a_journal_that_cannot_be_read_is_told_and_nobody_waits_for_it() -> None:
    def refuse() -> Reader:
        raise JournalError("the journal is of a newer version: update")

    told = Told()
    with following(Journal(), told, open_reader=refuse):
        assert "newer version" in str(told.errors.get(timeout=DEADLINE_S))


def test_who_polls_and_what_is_looked_at_are_told_when_they_change() -> None:
    journal, told = Journal(lease_row=LeaseRow(HostClock())), Told()
    assert journal.lease_row is not None
    with following(journal, told) as tail:
        journal.lease_row.owner = "one"
        journal.attend("screen", Attention(ROOM))
        tail.wake()
        assert told.leases.get(timeout=DEADLINE_S).owner == "one"
        assert told.attentions.get(timeout=DEADLINE_S) == (Attention(ROOM),)
        journal.append([watch()])
        tail.wake()
        told.news()
    assert told.leases.empty()
    assert told.attentions.empty(), "what stays as it was is not told again"


def test_a_request_is_in_the_snapshot_before_anybody_hears_of_it() -> None:
    journal, order = Journal(), queue.Queue[str]()
    listeners = Listeners(
        publish=lambda snapshot, _: order.put(f"{len(snapshot.tasks)} watched"),
        heard=lambda requests: order.put(f"{len(requests)} heard"),
        attended=lambda _: None,
        leased=lambda _: None,
        keep=journal.keep,
        failed=lambda _: None,
    )
    tail = Tail(lambda: journal, EventBell, HostClock(), listeners)
    tail.start()
    assert tail.caught_up.wait(DEADLINE_S)
    journal.append([watch()])
    tail.wake()
    told = [order.get(timeout=DEADLINE_S) for _ in range(2)]
    tail.stop()
    assert told == ["1 watched", "1 heard"]


def test_one_waits_for_a_frame_until_it_is_folded() -> None:
    journal, told = Journal(), Told()
    with following(journal, told) as tail:
        journal.append([watch(), poll("Idle", 1)])
        tail.wait_frame(2)
        assert told.news()[0].frame == 2


def test_nobody_waits_for_a_frame_when_the_tail_has_ended() -> None:
    journal, told = Journal(), Told()
    with following(journal, told) as tail:
        pass
    tail.wait_frame(99)
