"""A session with its real threads, over a journal in memory."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import pytest
from msgspec.structs import replace

from tests.core.entries import OTHER, ROOM, THIRD, poll
from tests.engine.fakes import (
    EventBell,
    FakeLease,
    HostClock,
    IdleKeeper,
    Journal,
    KeyRing,
    LeaseRow,
    ScriptedApi,
    script,
)
from tui.core.attention import Attention
from tui.core.entry import Ack, Mark, Note, Request, Topic, Verb
from tui.core.secret import Credential
from tui.core.task import TaskRef
from tui.engine.ports import JournalError, Writer
from tui.engine.session import Doors, Session
from tui.engine.update import Update

DEADLINE_S = 20


class World:
    """What is outside of a session, and outlives it."""

    def __init__(self, scripts: Mapping[TaskRef, str] | None = None) -> None:
        self.journal = Journal()
        self.keys = KeyRing()
        self.clock = HostClock()
        self.row = self.journal.lease_row = LeaseRow(self.clock)
        self.processes = 0
        self.api = ScriptedApi(
            self.clock, {task: script(text) for task, text in (scripts or {}).items()}, latency_us=1_000
        )

    def session(self) -> Session:
        def open_api(credential: Credential) -> ScriptedApi:
            self.api.users += 1
            return self.api

        return self.make(self.doors(open_api))

    def make(self, doors: Doors) -> Session:
        return Session(doors, "alice", owner=f"process {self.processes}")

    def doors(self, open_api: Callable[[Credential], ScriptedApi]) -> Doors:
        self.processes += 1
        name = f"process {self.processes}"
        return Doors(
            open_writer=lambda: self.journal,
            open_reader=lambda: self.journal,
            open_lease=lambda: FakeLease(self.row, name),
            open_bell=EventBell,
            open_keeper=IdleKeeper,
            clock=self.clock,
            keys=self.keys,
            open_api=open_api,
            chance=lambda: 0.5,
        )

    @contextmanager
    def running(self, *, polling: bool = False) -> Iterator[Session]:
        threads = set(threading.enumerate())
        session = self.session()
        session.open()
        if polling:
            session.poll()
        try:
            yield session
        finally:
            session.stop()
        assert set(threading.enumerate()) <= threads, "no thread is left"


class Screen:
    """Takes when it is told to, as a screen does."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._told = threading.Event()
        session.listen(self._told.set)

    def until(self, fits: Callable[[Update], bool]) -> Update:
        """The first update that fits."""
        while True:
            assert self._told.wait(DEADLINE_S), "no news"
            self._told.clear()
            update = self._session.take()
            if fits(update):
                return update


def test_a_task_is_watched_polled_and_shown() -> None:
    world = World({ROOM: "Idle"})
    with world.running(polling=True) as session:
        assert session.watch(ROOM, "main stage").result(DEADLINE_S) > 0
        update = Screen(session).until(lambda update: bool(update.snapshot.tool.polls))
        view = update.snapshot.tasks[ROOM]
        assert (view.name, view.stage.word) == ("main stage", "Idle")
        assert session.failure is None
    last = world.journal.entries[-1]
    assert isinstance(last, Note)
    assert last.topic is Topic.POLLING_STOPPED
    assert world.api.closed


def test_without_polling_it_only_reads() -> None:
    world = World({ROOM: "Idle"})
    with world.running() as session:
        session.watch(ROOM).result(DEADLINE_S)
        Screen(session).until(lambda update: ROOM in update.snapshot.tasks)
    assert not world.api.sent
    assert not world.keys.reads


def test_what_the_operator_does_is_in_the_journal_with_the_name() -> None:
    world = World()
    with world.running() as session:
        frames = [session.watch(ROOM), session.poll_now(ROOM), session.forget(ROOM)]
        assert [done.result(DEADLINE_S) for done in frames] == [1, 2, 3]
    requests = [entry for entry in world.journal.entries if isinstance(entry, Request)]
    assert [request.verb for request in requests] == [Verb.WATCH, Verb.POLL_NOW, Verb.FORGET]
    assert {request.operator for request in requests} == {"alice"}


def test_marks_and_acknowledgements_are_in_the_journal_with_the_name() -> None:
    world = World()
    with world.running() as session:
        frames = [session.mark(7, 70, "audio", ROOM), session.ack("idle-long", ROOM), session.ack("blind")]
        assert [frame.result(DEADLINE_S) for frame in frames] == [1, 2, 3]
    mark, ack, whole = world.journal.entries
    assert mark == Mark(mark.at_us, 70, 7, "audio", "alice", ROOM)
    assert [ack, whole] == [Ack(ack.at_us, "idle-long", "alice", ROOM), Ack(whole.at_us, "blind", "alice")]


def test_news_are_told_once_until_they_are_taken_and_pile_up_as_one() -> None:
    world, calls = World(), threading.Semaphore(0)
    with world.running() as session:
        session.listen(calls.release)
        for task in (ROOM, OTHER, THIRD):
            session.watch(task).result(DEADLINE_S)
    assert calls.acquire(timeout=DEADLINE_S)
    assert not calls.acquire(blocking=False)
    update = session.take()
    assert set(update.snapshot.tasks) == {ROOM, OTHER, THIRD}
    assert update.changed == frozenset({ROOM, OTHER, THIRD})
    assert session.take().changed == frozenset(), "what was taken is old"


def test_who_begins_to_listen_late_is_told_at_once() -> None:
    world = World()
    with world.running() as session:
        session.watch(ROOM).result(DEADLINE_S)
    told = threading.Event()
    session.listen(told.set)
    assert told.is_set()


def test_a_restart_goes_on_from_the_stored_fold_and_what_came_after_it() -> None:
    world = World({ROOM: "Idle", OTHER: "Idle"})
    with world.running() as session:
        session.watch(ROOM).result(DEADLINE_S)
    world.journal.append([poll("InProgress", 5), Request(0, Verb.WATCH, OTHER)])
    world.journal.read_from.clear()
    with world.running(polling=True) as session:
        assert session.wait_caught_up(DEADLINE_S)
        update = session.take()
        assert update.changed is None, "all of it is new to who has nothing"
        assert update.snapshot.tasks[ROOM].runs[0].word == "InProgress"
        assert OTHER in update.snapshot.tasks
        Screen(session).until(lambda update: update.snapshot.tool.polls > 2)
    assert min(world.journal.read_from) == 1
    assert {task for _, task in world.api.sent} == {ROOM, OTHER}


def test_a_missing_key_is_told_and_does_not_hold_up_the_journal() -> None:
    world = World({ROOM: "Idle"})
    world.keys.held = "the keyring is locked: unlock it"
    with world.running(polling=True) as session:
        screen = Screen(session)
        assert screen.until(lambda update: bool(update.waiting)).waiting == "the keyring is locked: unlock it"
        session.watch(ROOM)
        screen.until(lambda update: ROOM in update.snapshot.tasks)
    assert not world.api.sent


def test_a_journal_that_cannot_be_written_is_told() -> None:
    world = World({ROOM: "Idle"})
    world.journal.broken = "the disk is full"
    with world.running(polling=True) as session:
        assert Screen(session).until(lambda update: bool(update.waiting)).waiting == "the disk is full"
        assert isinstance(session.watch(ROOM).exception(DEADLINE_S), JournalError)


def test_a_bug_in_the_engine_is_a_failure_and_the_journal_says_it_stopped() -> None:
    world = World({ROOM: "Idle"})
    world.api.crash = RuntimeError("a bug")
    with world.running(polling=True) as session:
        screen = Screen(session)
        session.watch(ROOM)
        screen.until(
            lambda update: session.failure is not None and update.snapshot.events[-1].text == "polling stopped"
        )
        assert isinstance(session.failure, ExceptionGroup)
        assert session.failure.subgroup(RuntimeError) is not None


def test_a_journal_that_cannot_be_opened_is_told_by_open() -> None:
    def refuse() -> Writer:
        raise JournalError("another program holds the journal")

    world = World()
    session = world.make(replace(world.doors(lambda _: world.api), open_writer=refuse))
    with pytest.raises(JournalError, match="another program"):
        session.open()


def test_a_session_may_be_stopped_at_any_moment() -> None:
    for _ in range(20):
        world = World({ROOM: "Idle", OTHER: "InProgress"})
        with world.running(polling=True) as session:
            session.watch(ROOM)
            session.watch(OTHER)
            session.poll_now(ROOM)
        assert len(world.journal.entries) >= 3
        assert session.failure is None


def test_the_second_process_follows_and_asks_the_first() -> None:
    world = World({ROOM: "Idle", OTHER: "Idle"})
    with world.running(polling=True) as first:
        Screen(first).until(lambda update: update.mine)
        world.keys.held = "there is no key here"
        with world.running(polling=True) as second:
            update = Screen(second).until(lambda update: bool(update.lease.owner))
            assert (update.mine, update.waiting) == (False, ""), "a follower needs no key"
            second.watch(ROOM).result(DEADLINE_S)
            first._wake_tail()  # a bell of memory rings in one process only
            Screen(first).until(lambda update: bool(update.snapshot.tool.polls))
            second.attend(Attention(ROOM))
            second._recorder.flush()
            assert world.journal.attentions() == (Attention(ROOM),)
        assert not world.journal.attentions(), "a closed screen shows nothing"
        assert not [entry for entry in world.journal.entries if isinstance(entry, Note) and "stopped" in entry.text]
    assert world.row.owner == ""


def test_only_who_polls_stores_the_fold() -> None:
    world = World({ROOM: "Idle"})
    with world.running(polling=True) as first:
        Screen(first).until(lambda update: update.mine)
        with world.running() as second:
            Screen(second).until(lambda update: bool(update.lease.owner))
            second.watch(ROOM).result(DEADLINE_S)
        assert not world.journal.keeps
    assert world.journal.keeps
