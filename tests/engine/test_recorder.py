import queue
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import pytest

from tests.core.entries import OTHER, ROOM, watch
from tests.engine.fakes import Journal
from tui.core.entry import Entry
from tui.core.lease import Tenure
from tui.core.timeline import Snapshot
from tui.engine.ports import JournalError, Writer
from tui.engine.recorder import Recorder
from tui.protocol.evidence import NOTHING_LEFT, Evidence

DEADLINE_S = 20


class Turnstile(Journal):
    """A journal whose next transaction waits for `let_through`."""

    def __init__(self) -> None:
        super().__init__()
        self.let_through = threading.Event()
        self.reached = threading.Event()

    def append(
        self, entries: Sequence[Entry], tenure: Tenure | None = None, left: Mapping[int, Evidence] = NOTHING_LEFT
    ) -> int:
        self.reached.set()
        assert self.let_through.wait(DEADLINE_S)
        return super().append(entries, tenure, left)


def _unexpected(error: BaseException) -> None:
    pytest.fail(repr(error))


@contextmanager
def recording(journal: Journal, committed: threading.Event | None = None) -> Iterator[Recorder]:
    recorder = Recorder(lambda: journal, (committed or threading.Event()).set, _unexpected)
    recorder.start()
    yield recorder
    recorder.stop()


def test_each_entry_gets_its_frame() -> None:
    journal = Journal()
    with recording(journal) as recorder:
        frames = [recorder.append(watch(second=n)).result(DEADLINE_S) for n in range(5)]
    assert frames == [1, 2, 3, 4, 5]
    assert journal.entries == [watch(second=n) for n in range(5)]


def test_what_waits_goes_in_one_transaction_in_its_order() -> None:
    journal = Turnstile()
    with recording(journal) as recorder:
        first = recorder.append(watch())
        assert journal.reached.wait(DEADLINE_S)
        rest = [recorder.append(watch(second=n)) for n in range(1, 1_001)]
        journal.let_through.set()
        frames = [done.result(DEADLINE_S) for done in (first, *rest)]
    assert frames == list(range(1, 1_002))
    assert journal.entries == [watch(second=n) for n in range(1_001)]
    assert journal.batches == [1, 512, 488]


def test_entries_of_one_thread_keep_their_order_among_those_of_others() -> None:
    journal = Journal()
    with recording(journal) as recorder:
        crowd = [
            threading.Thread(target=lambda task=task: [recorder.append(watch(task, n)) for n in range(500)])
            for task in (ROOM, OTHER)
        ]
        for one in crowd:
            one.start()
        for one in crowd:
            one.join()
    assert len(journal.entries) == 1_000
    for task in (ROOM, OTHER):
        assert [e for e in journal.entries if e in {watch(task, n) for n in range(500)}] == [
            watch(task, n) for n in range(500)
        ]


def test_commits_are_told_after_they_are_safe() -> None:
    journal, committed = Journal(), threading.Event()
    with recording(journal, committed) as recorder:
        recorder.append(watch())
        assert committed.wait(DEADLINE_S)
        assert journal.entries


def test_a_journal_that_cannot_be_opened_is_told_at_the_start() -> None:
    def refuse() -> Writer:
        raise JournalError("the folder is read-only: choose another with --state-dir")

    recorder = Recorder(refuse, threading.Event().set, _unexpected)
    with pytest.raises(JournalError, match="--state-dir"):
        recorder.start()
    recorder.stop()


def test_a_failed_transaction_is_told_to_each_and_the_next_is_tried() -> None:
    journal, committed = Turnstile(), threading.Event()
    journal.broken = "the disk is full"
    with recording(journal, committed) as recorder:
        lost = [recorder.append(watch(second=n)) for n in range(3)]
        journal.let_through.set()
        for done in lost:
            assert isinstance(done.exception(DEADLINE_S), JournalError)
        assert not committed.is_set()
        journal.broken = ""
        assert recorder.append(watch()).result(DEADLINE_S) == 1


def test_who_gives_up_waiting_stops_nobody() -> None:
    """A poller that is cancelled cancels what it waits for; the entry is written, and so are those behind it."""
    journal = Turnstile()
    with recording(journal) as recorder:
        given_up = recorder.append(watch())
        assert not given_up.cancel()
        behind = recorder.append(watch(second=1))
        journal.let_through.set()
        assert behind.result(DEADLINE_S) == 2
    assert len(journal.entries) == 2


def test_a_fold_is_stored_behind_the_entries_it_holds() -> None:
    journal = Turnstile()
    with recording(journal) as recorder:
        recorder.append(watch())
        recorder.keep(Snapshot(frame=1), [ROOM])
        recorder.append(watch(second=1))
        journal.let_through.set()
    assert journal.keeps == [(1, frozenset({ROOM}))]
    assert len(journal.entries) == 2


def test_a_fold_that_cannot_be_stored_is_let_go() -> None:
    journal = Journal(broken="the disk is full")
    with recording(journal) as recorder:
        recorder.keep(Snapshot(frame=1), [])
        assert isinstance(recorder.append(watch()).exception(DEADLINE_S), JournalError)
    assert not journal.keeps


def test_stop_writes_what_was_handed_in_and_closes() -> None:
    journal, threads = Journal(), threading.active_count()
    with recording(journal) as recorder:
        for n in range(2_000):
            recorder.append(watch(second=n))
    assert len(journal.entries) == 2_000
    assert journal.closed == 1
    assert threading.active_count() == threads


def test_a_bug_in_the_journal_does_not_die_in_silence() -> None:
    class Buggy(Journal):
        def append(
            self, entries: Sequence[Entry], tenure: Tenure | None = None, left: Mapping[int, Evidence] = NOTHING_LEFT
        ) -> int:
            raise ZeroDivisionError(entries, tenure, left)

    told: queue.Queue[BaseException] = queue.Queue()
    recorder = Recorder(Buggy, threading.Event().set, told.put)
    recorder.start()
    recorder.append(watch())
    assert isinstance(told.get(timeout=DEADLINE_S), ZeroDivisionError)
    recorder.stop()


def test_a_bug_while_opening_reaches_the_caller() -> None:
    def explode() -> Writer:
        raise ZeroDivisionError

    recorder = Recorder(explode, threading.Event().set, _unexpected)
    with pytest.raises(ZeroDivisionError):
        recorder.start()
    recorder.stop()
