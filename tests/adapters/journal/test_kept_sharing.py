"""A fold that was read back holds each thing once, so that 10,000 tasks fit into little memory."""

from collections.abc import Callable

from tui.adapters.journal import JournalReader, JournalWriter
from tui.core.entry import Entry, Poll, Reason, Request, Seen, Verb
from tui.core.task import TaskRef
from tui.core.timeline import Snapshot, fold

TASKS = [TaskRef("ap-singapore", 1400000000, f"task-{number}") for number in range(3)]


def night() -> Snapshot:
    entries: list[Entry] = [Request(1, Verb.WATCH, task, "ali") for task in TASKS]
    entries += [Poll(task, 2, 3, Reason.BASE, Seen("Idle (odd)", 5, b"{}"), "own") for task in TASKS]
    return fold(enumerate(entries, 1))


def test_equal_texts_are_one_text(write: Callable[[], JournalWriter], read: Callable[[], JournalReader]) -> None:
    write().keep(night(), TASKS)
    views = list(read().kept().tasks.values())
    words = [
        text
        for view in views
        if view.last is not None
        for text in (view.stage.word, view.last.word, *(run.word for run in view.runs))
    ]
    assert len(words) == 9
    assert len(set(map(id, words))) == 1
    assert len({id(view.task.region) for view in views}) == 1


def test_log_lines_share_the_tasks_and_what_they_say(
    write: Callable[[], JournalWriter], read: Callable[[], JournalReader]
) -> None:
    write().keep(night(), TASKS)
    kept = read().kept()
    own = {id(task) for task in kept.tasks}
    assert {id(event.task) for event in kept.events} == own
    assert len({id(event.text) for event in kept.events if event.kind == "you"}) == 1


def test_after_a_glance_the_tasks_are_not_read_again(
    write: Callable[[], JournalWriter], read: Callable[[], JournalReader]
) -> None:
    snapshot, reader = night(), read_after(write, read)
    glance = reader.kept_glance()
    kept = reader.kept()
    assert kept == snapshot
    ids = [view.task.task_id for view in glance.tasks.values()]
    assert [id(view.task.task_id) for view in kept.tasks.values()] == list(map(id, ids)), "made of the same texts"


def test_a_fold_stored_after_the_glance_is_read_whole(
    write: Callable[[], JournalWriter], read: Callable[[], JournalReader]
) -> None:
    reader = read_after(write, read)
    reader.kept_glance()
    later = fold([(7, Request(9, Verb.FORGET, TASKS[0]))], night())
    write().keep(later, TASKS)
    assert reader.kept() == later


def read_after(write: Callable[[], JournalWriter], read: Callable[[], JournalReader]) -> JournalReader:
    write().keep(night(), TASKS)
    return read()
