"""Polls that tell a change are marked while they are written, by whomever."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.entries import OTHER, fault, histories, poll, watch
from tui.adapters.journal import JournalWriter
from tui.adapters.journal.schema import MIGRATIONS
from tui.core.entry import Entry, Fault, Poll
from tui.core.fault import FaultClass
from tui.core.task import TaskRef
from tui.engine.ports import JournalError

Write = Callable[[], JournalWriter]


def marked(path: Path) -> list[int]:
    with closing(sqlite3.connect(path)) as connection:
        return [frame for (frame,) in connection.execute("SELECT frame FROM entry WHERE changed = 1 ORDER BY frame")]


def changes(entries: list[Entry]) -> list[int]:
    """The frames of changes, by their definition."""
    last: dict[TaskRef, tuple[str, FaultClass | None]] = {}
    frames = []
    for frame, entry in enumerate(entries, 1):
        if isinstance(entry, Poll):
            answer = entry.answer
            word = (answer.code, answer.fault_class) if isinstance(answer, Fault) else (answer.status, None)
            if last.get(entry.task) != word:
                frames.append(frame)
            last[entry.task] = word
    return frames


def test_the_first_poll_and_every_other_word_is_a_change(write: Write, path: Path) -> None:
    entries: list[Entry] = [
        watch(),
        poll("Idle", 1),
        poll("Idle", 2),
        poll("InProgress", 3),
        poll("InProgress", 4, OTHER),
        poll(FaultClass.NETWORK, 5),
        poll(FaultClass.NETWORK, 6),
        poll("InProgress", 7),
    ]
    write().append(entries)
    assert marked(path) == [2, 4, 5, 6, 8]


def test_one_code_of_two_classes_is_two_words(write: Write, path: Path) -> None:
    code = "FailedOperation"
    answers = [fault(FaultClass.SERVICE, code), fault(FaultClass.END, code), fault(FaultClass.END, code)]
    write().append([poll(answer) for answer in answers])
    assert marked(path) == [1, 2]


def test_another_poller_in_between_is_not_overlooked(write: Write, path: Path) -> None:
    one, two = write(), write()
    one.append([poll("Idle", 1), poll("Idle", 1, OTHER)])
    two.append([poll("InProgress", 2)])
    one.append([poll("InProgress", 3), poll("Idle", 3, OTHER)])
    two.append([poll("Idle", 4)])
    assert marked(path) == [1, 2, 3, 6]


def test_a_transaction_that_failed_changes_no_word(write: Write, path: Path) -> None:
    writer = write()
    writer.append([poll("Idle", 1)])
    with pytest.raises(JournalError):
        writer.append([poll("InProgress", 2), poll("InProgress", 2, TaskRef("ap-singapore", 2**70, "too large"))])
    writer.append([poll("Idle", 3), poll("InProgress", 4)])
    assert marked(path) == [1, 3]


@settings(max_examples=50, deadline=None)
@given(histories, st.data())
def test_it_is_so_for_any_entries_any_writers_and_any_batches(
    tmp_path_factory: pytest.TempPathFactory, entries: list[Entry], data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("journal") / "journal.sqlite3"
    writers = [JournalWriter(path), JournalWriter(path)]
    rest = entries
    while rest:
        size = data.draw(st.integers(1, len(rest)))
        data.draw(st.sampled_from(writers)).append(rest[:size])
        rest = rest[size:]
    assert marked(path) == changes(entries)
    unmark_and_migrate(path)
    assert marked(path) == changes(entries), "an older journal is marked alike"
    for writer in writers:
        writer.close()


def unmark_and_migrate(path: Path) -> None:
    """What the migration from version 2 does with the entries."""
    (marking,) = [statement for statement in MIGRATIONS[2] if statement.startswith("UPDATE entry")]
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE entry SET changed = NULL")
        connection.execute(marking)
