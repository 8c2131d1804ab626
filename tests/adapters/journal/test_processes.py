"""Several processes on one journal, some of them killed."""

import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from tui.adapters.journal import JournalReader, JournalWriter
from tui.core.entry import Entry, Note, Topic
from tui.core.timeline import Snapshot, fold

APPENDING = Path(__file__).with_name("appending.py")
DEADLINE_S = 30
ROUNDS, WRITERS = 26, 2


@contextmanager
def appending(path: Path, name: str, batches: int) -> Iterator[subprocess.Popen[str]]:
    """A process that appends, killed at the latest when the block ends."""
    command: list[str | Path] = [sys.executable, APPENDING, path, name, str(batches)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def told(lines: list[str]) -> dict[int, str]:
    """Text by frame of all entries acknowledged in `lines`; the last may have been cut off by the kill."""
    pairs = [line[:-1].partition(" ") for line in lines if line.endswith("\n")]
    return {int(frame): text for frame, _, text in pairs}


def everything(reader: JournalReader, start: Snapshot | None = None) -> list[tuple[int, Entry]]:
    frame = start.frame if start else 0
    entries: list[tuple[int, Entry]] = []
    while found := reader.after(frame):
        entries += found
        frame = found[-1][0]
    return entries


def texts(entries: list[tuple[int, Entry]]) -> dict[int, str]:
    return {frame: entry.text for frame, entry in entries if isinstance(entry, Note)}


def test_nothing_acknowledged_is_lost_by_kills(path: Path) -> None:
    """Two writers at once, twenty-six times: each is killed after some random acknowledgement while it goes on."""
    chance = random.Random(20261122)
    acknowledged: dict[int, str] = {}
    for number in range(ROUNDS):
        with ExitStack() as stack:
            writers = [stack.enter_context(appending(path, f"{number}.{n}", 10**9)) for n in range(WRITERS)]
            for process in chance.sample(writers, WRITERS):
                assert process.stdout is not None
                lines = [process.stdout.readline() for _ in range(chance.randint(1, 25))]
                process.kill()
                lines += process.stdout.readlines()
                fresh = told(lines)
                assert fresh
                assert not fresh.keys() & acknowledged.keys()
                acknowledged |= fresh
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    reader = JournalReader(path)
    entries = everything(reader)
    assert [frame for frame, _ in entries] == list(range(1, len(entries) + 1))
    assert acknowledged.items() <= texts(entries).items()
    kept = reader.kept()
    assert kept.frame > 0
    assert fold(everything(reader, kept), kept) == fold(entries)
    reader.close()


def test_two_writers_at_once_never_share_a_frame(path: Path) -> None:
    with appending(path, "one", 300) as one, appending(path, "two", 300) as two:
        assert one.stdout is not None
        assert two.stdout is not None
        first, second = told(one.stdout.readlines()), told(two.stdout.readlines())
        assert one.wait(DEADLINE_S) == two.wait(DEADLINE_S) == 0
    assert len(first) == len(second) == 750
    reader = JournalReader(path)
    assert texts(everything(reader)) == first | second
    reader.close()


def test_a_reader_follows_a_writer_of_another_process(
    write: Callable[[], JournalWriter], read: Callable[[], JournalReader], path: Path
) -> None:
    write()
    reader = read()
    reader.changed()
    assert not reader.changed()
    seen: list[tuple[int, Entry]] = []
    with appending(path, "other", 40) as process:
        assert process.stdout is not None
        deadline = time.monotonic() + DEADLINE_S
        while len(texts(seen)) < 100:
            assert time.monotonic() < deadline
            if reader.changed():
                seen += reader.after(seen[-1][0] if seen else 0)
        assert texts(seen) == told(process.stdout.readlines())
        assert process.wait(DEADLINE_S) == 0


def test_a_reader_sees_what_a_writer_of_its_own_process_stores(
    write: Callable[[], JournalWriter], read: Callable[[], JournalReader]
) -> None:
    writer, reader = write(), read()
    reader.changed()
    assert not reader.changed()
    writer.append([Note(1, Topic.POLLING_STARTED, "x")])
    assert reader.changed()
    assert not reader.changed()
