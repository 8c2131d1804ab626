"""What a writer does with folds, beyond that they come back equal (test_round_trip.py)."""

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from tui.adapters.journal import JournalReader, JournalWriter, kept
from tui.core.entry import Ack, Entry, Fault, Gap, GapCause, Mark, Note, Poll, Reason, Request, Seen, Skew, Topic, Verb
from tui.core.fault import FaultClass
from tui.core.task import TaskRef
from tui.core.timeline import EVENTS_KEPT, Snapshot, fold
from tui.engine.ports import JournalError

TASK = TaskRef("ap-singapore", 1400000000, "a")
OTHER = TaskRef("ap-singapore", 1400000000, "b")


def watch(task: TaskRef, at_us: int = 1) -> Entry:
    return Request(at_us, Verb.WATCH, task)


def lost(sent_us: int) -> Entry:
    return Poll(TASK, sent_us, 10, Reason.BASE, Fault(FaultClass.NETWORK, "timeout", "no answer"))


def test_a_new_journal_has_no_fold(write: Callable[[], JournalWriter], read: Callable[[], JournalReader]) -> None:
    write()
    assert read().kept() == Snapshot()


def test_the_log_keeps_its_length_and_counts_up(
    write: Callable[[], JournalWriter], read: Callable[[], JournalReader]
) -> None:
    writer, reader = write(), read()
    entries = [watch(TASK), *(Note(n, Topic.CLOCK_CORRECTED, str(n)) for n in range(EVENTS_KEPT - 3)), lost(1), lost(2)]
    early = fold(enumerate(entries, 1))
    writer.keep(early, [TASK])
    more = [lost(3), *(Note(n, Topic.CLOCK_CORRECTED, str(n)) for n in range(50)), lost(4)]
    late = fold(enumerate(more, early.frame + 1), early)
    assert len(late.events) == EVENTS_KEPT
    assert late.events[-51].count == 4
    writer.keep(late, [TASK])
    assert reader.kept() == late
    assert reader.kept_glance() == replace(late, events=())


def test_an_older_fold_replaces_no_newer_one(
    write: Callable[[], JournalWriter], read: Callable[[], JournalReader]
) -> None:
    early, late = fold([(1, watch(TASK))]), fold([(1, watch(TASK)), (2, watch(OTHER))])
    write().keep(late, [TASK, OTHER])
    write().keep(early, [TASK])
    assert read().kept() == late


def test_a_writer_that_comes_in_between_is_noticed(
    write: Callable[[], JournalWriter], read: Callable[[], JournalReader], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows are made before the write lock is taken; here another writer stores a fold meanwhile."""
    one, other = write(), write()
    early, late = fold([(1, watch(TASK))]), fold([(1, watch(TASK)), (2, watch(OTHER)), (3, lost(1))])
    waiting = [early]
    number_of = one._task_id

    def number_while_another_keeps(task: TaskRef) -> int:
        while waiting:
            other.keep(waiting.pop(), [TASK])
        return number_of(task)

    monkeypatch.setattr(one, "_task_id", number_while_another_keeps)
    one.keep(late, [TASK, OTHER])
    assert read().kept() == late
    other.keep(late, [])
    assert read().kept() == late


def test_only_what_changed_is_written(
    write: Callable[[], JournalWriter], read: Callable[[], JournalReader], path: Path
) -> None:
    writer = write()
    snapshot = fold([(1, watch(TASK)), (2, watch(OTHER))])
    writer.keep(snapshot, [TASK, OTHER])
    with closing(sqlite3.connect(path, isolation_level=None)) as spy:
        spy.execute("UPDATE kept_task SET view = 'as it was'")
        writer.keep(replace(snapshot, frame=3), [OTHER])
        views = [view for (view,) in spy.execute("SELECT view FROM kept_task ORDER BY position")]
    assert views[0] == "as it was"
    assert views[1] != "as it was"


@pytest.mark.parametrize("damage", ["UPDATE kept SET fold_version = 99", "UPDATE kept_task SET view = '{\"polls\":1'"])
def test_a_fold_that_cannot_be_continued_is_no_fold(
    write: Callable[[], JournalWriter], read: Callable[[], JournalReader], path: Path, damage: str
) -> None:
    writer = write()
    snapshot = fold([(1, watch(TASK))])
    writer.append([watch(TASK)])
    writer.keep(snapshot, [TASK])
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute(damage)
    assert read().kept() == Snapshot()
    write().keep(snapshot, [])
    assert read().kept() == snapshot


def test_a_fold_that_could_not_be_stored_is_written_whole_the_next_time(
    write: Callable[[], JournalWriter], read: Callable[[], JournalReader], path: Path
) -> None:
    writer, reader = write(), read()
    early, late = fold([(1, watch(TASK))]), fold([(1, watch(TASK)), (2, watch(OTHER))])
    writer.keep(early, [TASK])
    unstorable = replace(late, at_us=1 << 70)
    with pytest.raises(JournalError, match="64 bits"):
        writer.keep(unstorable, [OTHER])
    assert reader.kept() == early
    writer.keep(late, [])
    assert reader.kept() == late


def sample() -> list[Entry]:
    """One of everything the fold treats differently."""
    faults = [
        Fault(FaultClass.NETWORK, "timeout", "no answer"),
        Fault(FaultClass.AUTH, "AuthFailure.SecretIdNotFound", "no such key", 200),
        Fault(FaultClass.SERVICE, "InternalError", "later", 200),
        Fault(FaultClass.OURS, "InvalidParameter", "what?", 200),
        Fault(FaultClass.END, "FailedOperation", "task not exist", 200),
        Fault(FaultClass.END, "FailedOperation", "task not exist", 200),
    ]
    seen = [Seen("Idle", 5), Seen("InProgress", 5), Seen("InProgress", 5), Seen("Paused", 6), Seen("Exited", 5)]
    answers: list[Seen | Fault] = [*seen, *faults, Seen("Idle", 5)]
    return [
        Note(1, Topic.POLLING_STARTED, "polling"),
        Request(2, Verb.WATCH, TASK, "op", "label"),
        *(Poll(TASK, 10 * n, 3, Reason.BASE, told, f"id {n}", Skew(1, 2)) for n, told in enumerate(answers, 1)),
        *(Request(200 + n, verb, TASK, "op") for n, verb in enumerate((Verb.HOLD, Verb.PIN, Verb.POLL_NOW))),
        Gap(400_000_000, 203, GapCause.HELD, TASK),
        Request(400_000_001, Verb.RELEASE, TASK, "op"),
        Poll(TASK, 400_000_002, 3, Reason.YOU, Seen("Idle", 5), "id"),
        Gap(500_000_000, 400_000_005, GapCause.DROPPED),
        Gap(600_000_000, 500_000_000, GapCause.NO_POLLER),
        Poll(OTHER, 700_000_000, 3, Reason.FOCUS, Fault(FaultClass.THROTTLED, "RequestLimitExceeded", "slower", 200)),
        Poll(OTHER, 700_000_001, 3, Reason.PROBE, Seen("Idle", 5), "id"),
        Poll(TASK, 700_000_002, 3, Reason.STALE, Seen("Idle", 5), "id"),
        Mark(700_000_003, 700_000_000, 9, "audio", "op", OTHER),
        Ack(700_000_004, "impossible", "op", TASK),
        Request(900_000_000, Verb.FORGET, TASK),
        Request(900_000_001, Verb.POLL_NOW, OTHER),
        Note(900_000_002, Topic.AUTH_STOPPED, "stopped"),
        Ack(900_000_003, "stale", "op", OTHER),
        Ack(900_000_004, "blind", "op"),
    ]


def test_the_rules_of_the_fold_are_those_of_its_version() -> None:
    """When this fails because a rule of the fold was changed on purpose: raise FOLD_VERSION, and note both here."""
    told = msgspec.json.encode(kept_values(fold(enumerate(sample(), 1))))
    assert (kept.FOLD_VERSION, hashlib.sha256(told).hexdigest()[:16]) == (4, "3aa95fead8d3a7c0")


def kept_values(snapshot: Snapshot) -> list[object]:
    shelves = [list(snapshot.tasks.values()), list(snapshot.forgotten.values())]
    return [snapshot.frame, snapshot.at_us, shelves, snapshot.tool, snapshot.events]
