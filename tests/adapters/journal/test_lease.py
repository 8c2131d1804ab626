"""Who polls, and the slots: by a clock that tests set. Real processes are in test_lease_processes.py."""

import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest

from tests.adapters.journal.boots import SetClock
from tui.adapters.journal import JournalReader, JournalWriter
from tui.adapters.journal.lease import JournalLease
from tui.core.entry import Note, Topic
from tui.core.lease import TTL_US, LeaseView, Tenure
from tui.engine.ports import Deposed, JournalError, Lease

NOTE = Note(1, Topic.POLLING_STARTED, "x")
EVERY_US = 50_000

Contend = Callable[[str], JournalLease]


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def contend(path: Path, clock: SetClock) -> Iterator[Contend]:
    """Opens leases of the journal at `path` that live by `clock`."""
    opened: list[JournalLease] = []

    def open_one(holder: str) -> JournalLease:
        lease = JournalLease(path, holder)
        lease._boot = clock.boot
        opened.append(lease)
        return lease

    yield open_one
    for lease in opened:
        lease.close()


def won(lease: Lease) -> Tenure:
    tenure = lease.campaign()
    assert tenure is not None
    return tenure


def die(lease: JournalLease) -> None:
    """What the system does for a killed process."""
    lease._lock.close()


def test_the_first_one_polls_and_the_others_follow(contend: Contend) -> None:
    first, second = contend("first"), contend("second")
    tenure = won(first)
    assert (tenure.epoch, tenure.frame, tenure.predecessor) == (1, 0, "")
    assert second.campaign() is None


def test_a_tenure_knows_what_was_there_before_it(contend: Contend, write: Callable[[], JournalWriter]) -> None:
    write().append([NOTE, NOTE])
    assert won(contend("first")).frame == 2


def test_who_renews_in_time_stays(contend: Contend, clock: SetClock) -> None:
    first, second = contend("first"), contend("second")
    tenure = won(first)
    for _ in range(5):
        clock.now_us += TTL_US
        first.renew(tenure)
    clock.now_us += TTL_US
    assert second.campaign() is None


def test_who_dies_is_replaced_at_once(contend: Contend) -> None:
    first, second = contend("ali, pid 4711"), contend("second")
    tenure = won(first)
    die(first)
    after = won(second)
    assert (after.epoch, after.predecessor) == (tenure.epoch + 1, "ali, pid 4711")


def test_who_leaves_is_replaced_at_once_and_is_no_predecessor(contend: Contend) -> None:
    first, second = contend("first"), contend("second")
    first.release(won(first))
    after = won(second)
    assert (after.epoch, after.predecessor) == (2, "")
    assert first.campaign() is None


def test_who_stops_is_replaced_after_a_while_and_deposed(
    contend: Contend, clock: SetClock, write: Callable[[], JournalWriter], read: Callable[[], JournalReader]
) -> None:
    stopped, second, writer = contend("stopped"), contend("second"), write()
    tenure = won(stopped)
    clock.now_us += TTL_US + 1
    assert won(second).predecessor == "stopped"
    with pytest.raises(Deposed):
        stopped.reserve(tenure)
    with pytest.raises(Deposed):
        stopped.renew(tenure)
    with pytest.raises(Deposed):
        stopped.pause(tenure, 1)
    with pytest.raises(Deposed):
        writer.append([NOTE], tenure)
    stopped.release(tenure)
    assert stopped.campaign() is None
    assert read().after(0) == []


def test_the_lock_of_a_stopped_poller_is_not_that_of_the_present_one(contend: Contend, clock: SetClock) -> None:
    stopped, present, third = contend("stopped"), contend("present"), contend("third")
    won(stopped)
    clock.now_us += TTL_US + 1
    tenure = won(present)
    die(stopped)
    assert third.campaign() is None
    present.renew(tenure)
    assert third.campaign() is None
    die(present)
    assert won(third).predecessor == "present"


def test_a_deposed_poller_lets_its_lock_go(contend: Contend, clock: SetClock) -> None:
    woken, present, third = contend("woken"), contend("present"), contend("third")
    old = won(woken)
    clock.now_us += TTL_US + 1
    tenure = won(present)
    with pytest.raises(Deposed):
        woken.reserve(old)
    present.renew(tenure)
    die(present)
    assert won(third).predecessor == "present"


def test_a_poller_without_a_lock_file_is_replaced_when_its_time_is_over(
    contend: Contend, clock: SetClock, path: Path
) -> None:
    first, second = contend("first"), contend("second")
    path.with_name(f"{path.name}.lock").mkdir()
    won(first)
    assert second.campaign() is None
    clock.now_us += TTL_US + 1
    assert won(second).predecessor == "first"


def test_the_lock_file_is_private_and_stays(contend: Contend, path: Path) -> None:
    before = os.umask(0)
    try:
        lease = contend("first")
        lease.release(won(lease))
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.with_name(f"{path.name}.lock").stat().st_mode) == 0o600


def test_nobody_polls_after_a_restart_of_the_host(
    contend: Contend, clock: SetClock, read: Callable[[], JournalReader]
) -> None:
    before, after = contend("before"), contend("after")
    first = won(before)
    reserved = [before.reserve(first, EVERY_US) for _ in range(100)]
    restarted = SetClock(now_us=5_000, boot="the next boot")
    after._boot = restarted.boot
    reader = read()
    reader._boot = restarted.boot
    assert reader.lease() == LeaseView()
    assert after.reserve(None).at_us == 5_000 < reserved[0].at_us
    assert reader.lease() == LeaseView()
    second = won(after)
    assert (second.epoch, second.predecessor) == (2, "before")
    assert after.reserve(second).at_us == 5_000 + EVERY_US


@pytest.mark.parametrize("column", ["until_us", "free_us"])
def test_times_of_a_restart_that_cannot_be_told_are_void(
    path: Path, clock: SetClock, contend: Contend, column: str
) -> None:
    """Where the system does not name its boots, only a time too far off tells."""
    first, second = contend("before"), contend("after")
    won(first)
    first.reserve(None)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute(f"UPDATE lease SET {column} = {clock.now_us} + 3600000000")
    if column == "until_us":
        die(first)
        assert won(second).predecessor == "before"
    assert second.reserve(None).wait_us < 1_000_000


def test_slots_are_evenly_spaced(contend: Contend, clock: SetClock) -> None:
    lease = contend("first")
    tenure = won(lease)
    slots = [lease.reserve(tenure, EVERY_US) for _ in range(4)]
    assert [slot.at_us - clock.now_us for slot in slots] == [0, EVERY_US, 2 * EVERY_US, 3 * EVERY_US]
    assert [slot.wait_us for slot in slots] == [0, EVERY_US, 2 * EVERY_US, 3 * EVERY_US]


def test_unused_time_is_no_credit(contend: Contend, clock: SetClock) -> None:
    lease = contend("first")
    tenure = won(lease)
    lease.reserve(tenure, EVERY_US)
    clock.now_us += 60 * EVERY_US
    burst = [lease.reserve(tenure, EVERY_US).at_us - clock.now_us for _ in range(3)]
    assert burst == [0, EVERY_US, 2 * EVERY_US]


def test_an_interval_holds_until_the_next_one_is_named_also_for_others(contend: Contend, clock: SetClock) -> None:
    poller, other = contend("poller"), contend("other")
    tenure = won(poller)
    start_us = clock.now_us
    poller.reserve(tenure, 500_000)
    poller.reserve(tenure)
    assert other.reserve(None, 1).at_us == start_us + 1_000_000
    assert poller.reserve(tenure, EVERY_US).at_us == start_us + 1_500_000
    assert other.reserve(None).at_us == start_us + 1_500_000 + EVERY_US


def test_one_request_beside_a_poller_needs_no_campaign(contend: Contend, path: Path) -> None:
    first = contend("describe").reserve(None)
    second = contend("describe").reserve(None)
    assert second.at_us - first.at_us == 55_556
    assert not path.with_name(f"{path.name}.lock").exists()


def test_the_spacing_outlives_the_poller(contend: Contend) -> None:
    first, second = contend("first"), contend("second")
    tenure = won(first)
    last = [first.reserve(tenure, EVERY_US) for _ in range(10)][-1]
    first.release(tenure)
    assert second.reserve(won(second)).at_us == last.at_us + EVERY_US


def test_a_pause_is_for_everybody_and_never_shortens_another(contend: Contend, clock: SetClock) -> None:
    poller, other = contend("poller"), contend("other")
    tenure = won(poller)
    poller.pause(tenure, 1_000_000)
    poller.pause(tenure, 10)
    assert other.reserve(None).wait_us == 1_000_000
    clock.now_us += 2_000_000
    assert poller.reserve(tenure).wait_us == 0


def test_an_overslept_slot_says_so(contend: Contend, clock: SetClock) -> None:
    lease = contend("first")
    tenure = won(lease)
    lease.reserve(tenure, EVERY_US)
    slot = lease.reserve(tenure, EVERY_US)
    assert lease.late_us(slot) == -EVERY_US
    clock.now_us += 3 * EVERY_US
    assert lease.late_us(slot) == 2 * EVERY_US


def test_a_new_tenure_of_the_same_process_ends_its_old_one(contend: Contend) -> None:
    lease = contend("first")
    old, new = won(lease), won(lease)
    assert new.epoch == old.epoch + 1
    with pytest.raises(Deposed):
        lease.reserve(old)


def test_what_the_present_poller_writes_is_stored(
    contend: Contend, write: Callable[[], JournalWriter], read: Callable[[], JournalReader]
) -> None:
    tenure = won(contend("first"))
    assert write().append([NOTE], tenure) == 1
    assert read().after(0) == [(1, NOTE)]


def test_everybody_sees_who_polls_and_how_fast(
    contend: Contend, clock: SetClock, read: Callable[[], JournalReader]
) -> None:
    lease, view = contend("ali, pid 4711 \udcff"), read()
    view._boot = clock.boot
    assert view.lease() == LeaseView()
    tenure = won(lease)
    lease.reserve(tenure, EVERY_US)
    assert view.lease() == LeaseView(tenure.owner, "ali, pid 4711 ?", 20.0)
    clock.now_us += TTL_US + 1
    assert view.lease() == LeaseView()
    lease.renew(tenure)
    lease.release(tenure)
    assert view.lease() == LeaseView()


def test_looking_whether_somebody_polls_waits_for_no_writer(contend: Contend, path: Path) -> None:
    first, second = contend("first"), contend("second")
    won(first)
    with closing(sqlite3.connect(path, isolation_level=None)) as busy:
        busy.execute("BEGIN IMMEDIATE")
        assert second.campaign() is None
        busy.execute("ROLLBACK")


def test_a_lease_that_cannot_be_written_is_told_in_one_line(
    contend: Contend, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lease = contend("first")
    monkeypatch.setattr("tui.adapters.journal.door.BUSY_S", 0.01)
    with closing(sqlite3.connect(path, isolation_level=None)) as busy:
        busy.execute("BEGIN IMMEDIATE")
        for call in (lease.campaign, lambda: lease.reserve(None)):
            with pytest.raises(JournalError, match="another program has kept"):
                call()
        busy.execute("ROLLBACK")
    slots = [lease.reserve(None).at_us for _ in range(3)]
    assert all(later - earlier == 55_556 for earlier, later in pairwise(slots))
