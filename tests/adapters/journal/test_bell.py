"""Followers wake when somebody commits."""

import ctypes
import errno
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tui.adapters.journal import JournalReader, JournalWriter, bell
from tui.adapters.journal.bell import open_bell
from tui.adapters.journal.lease import JournalLease
from tui.core.attention import Attention
from tui.core.entry import Note, Topic
from tui.engine.ports import Bell

RINGING = Path(__file__).with_name("ringing.py")
NOTE = Note(1, Topic.POLLING_STARTED, "x")
LONG_S = 20

Kind = Callable[[Path], Bell]


@pytest.fixture(params=["the system tells", "nobody tells"])
def kind(request: pytest.FixtureRequest) -> Kind:
    if request.param == "nobody tells":
        return bell.LookingBell
    if sys.platform != "linux":
        pytest.skip("inotify is of Linux")
    return bell.WatchingBell


@pytest.fixture
def rung(kind: Kind, write: Callable[[], JournalWriter], path: Path) -> Iterator[Bell]:
    write()
    one = kind(path)
    yield one
    one.close()


def test_it_is_silent_while_nobody_commits(rung: Bell, read: Callable[[], JournalReader]) -> None:
    assert not rung.wait(0)
    read().after(0)
    assert not rung.wait(0.1)


def test_a_commit_wakes_once(rung: Bell, write: Callable[[], JournalWriter]) -> None:
    writer = write()
    rung.wait(0)
    for _ in range(3):
        writer.append([NOTE])
    assert rung.wait(LONG_S)
    assert not rung.wait(0)
    writer.append([NOTE])
    assert rung.wait(LONG_S)


def test_commits_within_one_tick_of_the_file_system_are_told_apart(
    rung: Bell, write: Callable[[], JournalWriter]
) -> None:
    writer = write()
    for _ in range(50):
        writer.append([NOTE])
        assert rung.wait(LONG_S)


def test_what_a_screen_shows_and_who_polls_wakes_too(
    rung: Bell, write: Callable[[], JournalWriter], path: Path
) -> None:
    write().attend("screen", Attention())
    assert rung.wait(LONG_S)
    lease = JournalLease(path, "poller")
    rung.wait(0)
    tenure = lease.campaign()
    assert tenure is not None
    assert rung.wait(LONG_S)
    lease.release(tenure)
    assert rung.wait(LONG_S)
    lease.close()


def test_slots_and_renewals_wake_nobody(rung: Bell, path: Path) -> None:
    lease = JournalLease(path, "poller")
    tenure = lease.campaign()
    assert tenure is not None
    rung.wait(0)
    for _ in range(10):
        lease.renew(tenure)
        lease.reserve(tenure, 1)
    assert not rung.wait(0.1)
    lease.close()


def test_what_wakes_can_be_read(rung: Bell, read: Callable[[], JournalReader], path: Path) -> None:
    """Another process commits forty times; each time it wakes us, its entry is there."""
    reader, seen = read(), 0
    with subprocess.Popen([sys.executable, RINGING, path], stdin=-1, stdout=-1, text=True) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == "ready\n"
        rung.wait(0)
        for _ in range(40):
            other.stdin.write("\n")
            other.stdin.flush()
            assert rung.wait(LONG_S)
            (entry,) = reader.after(seen)
            seen = entry[0]
            assert other.stdout.readline()
        other.stdin.close()
        assert other.wait(LONG_S) == 0


def test_any_thread_may_ring(rung: Bell) -> None:
    ringer = threading.Thread(target=rung.ring)
    ringer.start()
    assert rung.wait(LONG_S)
    ringer.join()
    rung.ring()
    rung.ring()
    assert rung.wait(LONG_S)
    assert not rung.wait(0)


def test_a_closed_bell_may_be_rung(kind: Kind, write: Callable[[], JournalWriter], path: Path) -> None:
    write()
    one = kind(path)
    one.close()
    one.ring()
    one.close()


def test_the_best_one_is_taken(write: Callable[[], JournalWriter], path: Path) -> None:
    write()
    one = open_bell(path)
    assert isinstance(one, bell.WatchingBell if sys.platform == "linux" else bell.LookingBell)
    one.close()


@pytest.mark.skipif(sys.platform != "linux", reason="inotify is of Linux")
@pytest.mark.parametrize("refusal", [errno.EMFILE, errno.ENOSPC, errno.ENOSYS])
def test_where_inotify_refuses_it_looks(
    write: Callable[[], JournalWriter], path: Path, monkeypatch: pytest.MonkeyPatch, refusal: int
) -> None:
    class Refusing:
        def inotify_init1(self, _flags: int) -> int:
            ctypes.set_errno(refusal)
            return -1

    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: Refusing())
    write()
    assert isinstance(open_bell(path), bell.LookingBell)


def test_a_journal_that_is_not_there_yet(path: Path, write: Callable[[], JournalWriter]) -> None:
    one = open_bell(path)
    assert not one.wait(0)
    write().append([NOTE])
    assert one.wait(LONG_S)
    one.close()


def test_a_journal_that_may_not_be_touched_is_no_error(tmp_path: Path) -> None:
    bell.toll(tmp_path / "nowhere" / "journal.sqlite3")
