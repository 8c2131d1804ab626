"""A journal that is thinned out while it is written and read."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.core.entries import OTHER, ROOM, at, note, poll, watch
from tests.core.test_retention import thinned, without_counts
from tui.adapters.journal import JournalReader, JournalWriter, door, retention
from tui.adapters.journal.retention import LOOKED_AT, JournalKeeper
from tui.core.entry import Entry, Topic
from tui.core.fault import FaultClass
from tui.core.timeline import fold
from tui.engine.ports import JournalError

Write = Callable[[], JournalWriter]
Read = Callable[[], JournalReader]

NEVER_US = 10**17


@pytest.fixture
def keep(path: Path) -> Iterator[Callable[[], JournalKeeper]]:
    """Opens keepers of the journal at `path`, closed when the test ends."""
    opened: list[JournalKeeper] = []

    def open_one() -> JournalKeeper:
        opened.append(JournalKeeper(path))
        return opened[-1]

    yield open_one
    for keeper in opened:
        keeper.close()


Keep = Callable[[], JournalKeeper]


def an_hour() -> list[Entry]:
    """Two tasks, each polled every two seconds, and a change of one in the middle."""
    words = ["Idle"] * 1800 + ["InProgress"] * 1800
    polls = [poll(word, second, (ROOM, OTHER)[second % 2]) for second, word in enumerate(words)]
    return [watch(), watch(OTHER), *polls]


def thin_all(keeper: JournalKeeper, before_us: int = NEVER_US) -> int:
    looked = 0
    while batch := keeper.thin(before_us):
        looked += batch
    return looked


def everything(reader: JournalReader) -> list[tuple[int, Entry]]:
    return reader.after(0, 100_000)


def log_bytes(path: Path) -> int:
    return Path(f"{path}-wal").stat().st_size


def test_batch_by_batch_it_leaves_what_the_rule_leaves(write: Write, read: Read, keep: Keep) -> None:
    write().append(an_hour())
    before, keeper = everything(read()), keep()
    assert thin_all(keeper) == len(before) > 5 * LOOKED_AT
    left = everything(read())
    assert left == thinned(before)
    assert keeper.deleted == len(before) - len(left) > 3000
    assert without_counts(fold(left)) == without_counts(fold(before))


def test_what_is_not_old_yet_is_not_even_looked_at(write: Write, read: Read, keep: Keep) -> None:
    write().append(an_hour())
    before = everything(read())
    assert thin_all(keep(), at(600)) <= 602
    left = everything(read())
    assert left != before
    assert left[-3001:] == before[-3001:]


def test_it_goes_on_where_another_keeper_stopped(write: Write, read: Read, keep: Keep) -> None:
    write().append(an_hour())
    before, first, second = everything(read()), keep(), keep()
    assert first.thin(NEVER_US) == LOOKED_AT
    assert LOOKED_AT + thin_all(second) == len(before)
    assert first.thin(NEVER_US) == 0
    assert without_counts(fold(everything(read()))) == without_counts(fold(before))


def test_two_keepers_at_once_delete_nothing_twice_and_nothing_wrong(write: Write, read: Read, keep: Keep) -> None:
    write().append(an_hour())
    before, keepers = everything(read()), (keep(), keep())
    while keepers[0].thin(NEVER_US) + keepers[1].thin(NEVER_US):
        pass
    left = everything(read())
    assert sum(keeper.deleted for keeper in keepers) == len(before) - len(left)
    assert without_counts(fold(left)) == without_counts(fold(before))


def test_a_keeper_that_was_overtaken_in_the_middle_of_a_batch_deletes_nothing(
    write: Write, read: Read, keep: Keep, monkeypatch: pytest.MonkeyPatch
) -> None:
    write().append(an_hour())
    slow, quick = keep(), keep()

    def overtaken(connection: sqlite3.Connection, at_us: int) -> int:
        monkeypatch.undo()
        quick.thin(NEVER_US)
        return 3602

    monkeypatch.setattr(retention, "frame_at", overtaken)
    before = everything(read())
    assert slow.thin(NEVER_US) == LOOKED_AT
    assert slow.deleted == 0
    assert len(everything(read())) == len(before) - quick.deleted


def test_a_writer_and_a_follower_go_on_meanwhile(write: Write, read: Read, keep: Keep) -> None:
    writer, reader, keeper = write(), read(), keep()
    writer.append(an_hour())
    stop, done = threading.Event(), threading.Event()

    def thin() -> None:
        while not stop.is_set():
            keeper.thin(at(3600))
        done.set()

    thread = threading.Thread(target=thin)
    thread.start()
    frames = [writer.append([poll("InProgress", 4000 + number)]) for number in range(300)]
    stop.set()
    thread.join()
    assert done.is_set()
    assert frames == list(range(3603, 3903))
    assert [frame for frame, _ in reader.after(3602)] == frames


def test_the_newest_frame_is_never_given_twice(write: Write, keep: Keep) -> None:
    writer = write()
    first = writer.append(an_hour())
    thin_all(keep())
    assert writer.append([note(Topic.POLLING_STARTED)]) == first + 3602


def test_errors_that_are_gone_are_no_place_to_go(write: Write, read: Read, keep: Keep, path: Path) -> None:
    write().append([watch(), *(poll(FaultClass.SERVICE, second) for second in range(600))])
    thin_all(keep())
    left = [frame for frame, _ in everything(read())][1:]
    with closing(sqlite3.connect(path)) as connection:
        assert [frame for (frame,) in connection.execute("SELECT frame FROM fault")] == left
    assert len(left) < 100


def test_space_goes_back_to_the_disk_in_small_steps(
    write: Write, keep: Keep, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "_SPARE_PAGES", 4)
    write().append(an_hour())
    keeper = keep()
    keeper.checkpoint()
    before = path.stat().st_size
    thin_all(keeper)
    given = list(iter(keeper.give_back, 0))
    assert given
    assert max(given) <= 64
    keeper.checkpoint()
    assert path.stat().st_size < before * 0.6
    assert not log_bytes(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_little_spare_space_stays_for_what_comes(write: Write, keep: Keep) -> None:
    write().append(an_hour())
    keeper = keep()
    thin_all(keeper)
    assert keeper.give_back() == 0


def test_a_log_that_somebody_reads_is_left_alone(write: Write, keep: Keep, path: Path) -> None:
    writer, keeper = write(), keep()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM entry").fetchone()
        writer.append(an_hour())
        keeper.checkpoint()
        assert log_bytes(path)
    keeper.checkpoint()
    assert not log_bytes(path)


def test_a_batch_that_could_not_be_deleted_is_looked_at_again(
    write: Write, keep: Keep, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "BUSY_S", 0.05)
    write().append(an_hour())
    keeper = keep()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(JournalError, match="locked"):
            keeper.thin(NEVER_US)
        connection.execute("ROLLBACK")
    assert thin_all(keeper) == 3602


def test_answers_that_nobody_was_told_go(write: Write, read: Read, keep: Keep) -> None:
    writer = write()
    answers = [poll(f"word {number}", number) for number in range(5)]
    writer.append([*answers, answers[0]])
    writer._connection.execute("DELETE FROM entry WHERE frame IN (2, 6)")
    keeper = keep()
    assert keeper.drop_unused_answers() == 1
    assert keeper.drop_unused_answers() == 0
    assert [entry for _, entry in everything(read())] == [answers[0], *answers[2:]]


def test_a_file_written_anew_holds_the_same(write: Write, read: Read, keep: Keep) -> None:
    write().append(an_hour())
    keeper = keep()
    thin_all(keeper)
    before = everything(read())
    keeper.vacuum()
    assert everything(read()) == before
