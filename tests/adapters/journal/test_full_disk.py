"""A disk that takes no more: nothing acknowledged is lost, the error is one line, and freed space is used."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.adapters.journal import JournalReader, JournalWriter
from tui.core.entry import Note, Topic
from tui.engine.ports import JournalError

FILLING = Path(__file__).with_name("filling.py")


def test_the_file_cannot_grow(write: Callable[[], JournalWriter], read: Callable[[], JournalReader]) -> None:
    writer = write()
    (pages,) = writer._connection.execute("PRAGMA page_count").fetchone()
    writer._connection.execute(f"PRAGMA max_page_count = {pages + 5}")
    stored: list[int] = []
    with pytest.raises(JournalError, match=r"the disk is full, .* cannot grow: free some space, or choose another"):
        append_until_it_fails(writer, stored)
    assert [frame for frame, _ in read().after(0)] == stored != []
    writer._connection.execute(f"PRAGMA max_page_count = {pages + 50}")
    assert writer.append([Note(1, Topic.POLLING_STARTED, "space again")]) == stored[-1] + 1


def append_until_it_fails(writer: JournalWriter, stored: list[int]) -> None:
    while True:
        stored.append(writer.append([Note(1, Topic.POLLING_STARTED, "x" * 1000)]))


def test_the_system_refuses_to_write(path: Path) -> None:
    done = subprocess.run([sys.executable, FILLING, path], capture_output=True, text=True, timeout=30, check=True)
    acknowledged, line = done.stdout.splitlines()
    assert line.startswith("the disk ")
    assert line.endswith("or choose another --state-dir")
    reader = JournalReader(path)
    entries = reader.after(0)
    assert [frame for frame, _ in entries] == list(range(1, int(acknowledged) + 1))
    assert entries[-1][1] == Note(int(acknowledged) - 1, Topic.POLLING_STARTED, "space again")
    reader.close()
