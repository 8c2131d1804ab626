"""What is stored comes back equal: entries of every kind, and folds kept by several writers in turn."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.adapters.journal import JournalReader, JournalWriter, codec
from tui.core.entry import (
    Ack,
    Entry,
    Fault,
    Gap,
    GapCause,
    Level,
    Mark,
    Note,
    Poll,
    Reason,
    Request,
    Seen,
    Skew,
    Topic,
    Verb,
)
from tui.core.fault import FaultClass
from tui.core.task import TaskRef
from tui.core.timeline import Timeline, fold

# Lone surrogates too: a server or a command line may hold them, and neither TEXT nor UTF-8 can.
texts = st.text(st.characters(exclude_categories=()), max_size=20)
int64s = st.integers(-(2**63), 2**63 - 1)
times = st.integers(0, 2**53)
request_ids = (
    st.none()
    | st.uuids().map(str)
    | st.uuids().map(lambda uuid: str(uuid).upper())
    | st.uuids().map(lambda uuid: uuid.hex)
    | texts
    | st.text(st.characters(categories=["Cs"]), min_size=5, max_size=6)
)


def bodies_with(request_id: str | None) -> st.SearchStrategy[bytes]:
    own = (request_id or "").encode("utf-8", "surrogatepass")
    pieces = st.sampled_from([own, b"{RequestId}", b"{Request", b'{"Response":{', b"\0", b"x" * 600]) | st.binary()
    return st.lists(pieces, max_size=6).map(b"".join)


def polls(tasks: st.SearchStrategy[TaskRef], numbers: st.SearchStrategy[int]) -> st.SearchStrategy[Entry]:
    def with_id(request_id: str | None) -> st.SearchStrategy[Entry]:
        bodies = bodies_with(request_id)
        statuses = st.sampled_from(["Idle", "InProgress", "Exited"]) | texts
        seen = st.builds(Seen, statuses, numbers, bodies)
        fault = st.builds(Fault, st.sampled_from(FaultClass), texts, texts, st.none() | numbers, bodies)
        skews = st.none() | st.builds(Skew, numbers, numbers)
        reasons = st.sampled_from(Reason)
        return st.builds(Poll, tasks, numbers, numbers, reasons, seen | fault, st.just(request_id), skews)

    return request_ids.flatmap(with_id)


def entries(tasks: st.SearchStrategy[TaskRef], numbers: st.SearchStrategy[int]) -> st.SearchStrategy[Entry]:
    requests = st.builds(Request, numbers, st.sampled_from(Verb), tasks, texts, texts)
    notes = st.builds(Note, numbers, st.sampled_from(Topic), texts, st.sampled_from(Level))
    gaps = st.builds(Gap, numbers, numbers, st.sampled_from(GapCause), st.none() | tasks)
    marks = st.builds(Mark, numbers, numbers, numbers, texts, texts, st.none() | tasks)
    acks = st.builds(Ack, numbers, texts, texts, st.none() | tasks)
    return polls(tasks, numbers) | requests | notes | gaps | marks | acks


any_task = st.builds(TaskRef, texts, int64s, texts, texts)
few_tasks = st.sampled_from([TaskRef("ap-singapore", 1400000000, name) for name in ("a", "-b", "c/ü\ud800", "d")])


@pytest.fixture(scope="module")
def ends(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[JournalWriter, JournalReader]]:
    path = tmp_path_factory.mktemp("journals") / "round_trip.sqlite3"
    writer, reader = JournalWriter(path), JournalReader(path)
    yield writer, reader
    reader.close()
    writer.close()


@given(st.lists(entries(any_task, int64s), min_size=1, max_size=8))
@settings(deadline=None)
def test_entries_come_back_as_they_were(ends: tuple[JournalWriter, JournalReader], stored: list[Entry]) -> None:
    writer, reader = ends
    first = writer.append(stored)
    assert reader.after(first - 1) == list(enumerate(stored, first))


@given(entries(any_task, int64s))
@settings(deadline=None)
def test_an_entry_stored_twice_adds_no_answer_and_no_task(
    ends: tuple[JournalWriter, JournalReader], entry: Entry
) -> None:
    writer, reader = ends
    writer.append([entry])
    counted = "SELECT (SELECT count(*) FROM answer), (SELECT count(*) FROM task)"
    before = reader._connection.execute(counted).fetchone()
    writer.append([entry])
    assert reader._connection.execute(counted).fetchone() == before


@given(st.lists(entries(few_tasks, times) | st.sampled_from(["first keeps", "second keeps", "first starts anew"])))
@settings(deadline=None, max_examples=150)
def test_a_kept_fold_is_the_fold_and_can_be_continued(steps: list[Entry | str]) -> None:
    """Two writers append and keep in turn, each telling only what changed since it kept itself."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "fold.sqlite3"
        writers = {"first": JournalWriter(path), "second": JournalWriter(path)}
        changed: dict[str, set[TaskRef]] = {"first": set(), "second": set()}
        reader, timeline, stored = JournalReader(path), Timeline(), list[Entry]()
        for step in steps:
            if not isinstance(step, str):
                stored.append(step)
                task = timeline.apply(writers["second"].append([step]), step)
                for waiting in changed.values():
                    waiting.update([task] if task else [])
                continue
            name, _, what = step.partition(" ")
            if what == "starts anew":
                writers[name].close()
                writers[name] = JournalWriter(path)
                continue
            snapshot = timeline.snapshot()
            writers[name].keep(snapshot, list(changed[name]))
            changed[name].clear()
            kept = reader.kept()
            assert kept == snapshot
            assert [list(kept.tasks), list(kept.forgotten)] == [list(snapshot.tasks), list(snapshot.forgotten)]
        kept = reader.kept()
        assert fold(reader.after(kept.frame), kept) == fold(enumerate(stored, 1)) == timeline.snapshot()
        reader.close()
        for writer in writers.values():
            writer.close()


def test_every_reason_has_its_number_in_the_file() -> None:
    assert set(codec.REASONS) == set(Reason)


def test_a_body_is_stored_once_for_all_polls_it_is_equal_in_but_for_the_request_id(tmp_path: Path) -> None:
    path = tmp_path / "bodies.sqlite3"
    writer = JournalWriter(path)
    task = TaskRef("ap-singapore", 1400000000, "a")
    for number in range(20):
        own = f"f83001c5-7e3c-dfac-ba3e-{number:012x}"
        body = f'{{"Response":{{"Status":"Idle","RequestId":"{own}"}}}}'.encode()
        writer.append([Poll(task, number, 1, Reason.BASE, Seen("Idle", 7, body), own)])
    writer.close()
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT count(*) FROM answer").fetchone() == (1,)
    assert connection.execute("SELECT count(DISTINCT request_id), max(length(request_id)) FROM entry").fetchone() == (
        20,
        16,
    )
    connection.close()
