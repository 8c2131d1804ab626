"""Breakpoints over what comes in, in a session with its real threads."""

import time

import pytest

from tests.core.entries import OTHER, ROOM, poll
from tests.engine.test_session import DEADLINE_S, World
from tui.core.breakpoint import Breakpoint, Hit
from tui.core.entry import Note, Topic
from tui.core.predicate import PredicateError
from tui.engine.session import Session
from tui.engine.update import HITS_KEPT


def heard(session: Session, count: int) -> list[Hit]:
    """That many hits, however many times one takes what is new."""
    hits, end_s = list[Hit](), time.monotonic() + DEADLINE_S
    while len(hits) < count and time.monotonic() < end_s:
        hits += session.take().hits
    return hits


def told(world: World, session: Session, *answers: str) -> None:
    """Somebody polls this journal, and gets these answers."""
    for answer in answers:
        session._recorder.append(poll(answer, len(world.journal.entries))).result(DEADLINE_S)


def test_what_comes_in_hits_and_what_was_before_does_not() -> None:
    world = World()
    with world.running() as session:
        session.watch(ROOM).result(DEADLINE_S)
        told(world, session, "Exited")
        session._tail.wait_frame(2)
        session.guard([Breakpoint(7, "status == Exited")])
        told(world, session, "Idle")
        session.wait_caught_up(DEADLINE_S)
        session._tail.wait_frame(3)
        told(world, session, "Exited", "Exited")
        (hit,) = heard(session, 1)
        assert (hit.frame, hit.number, hit.task) == (4, 7, ROOM)


def test_a_journal_that_is_read_at_the_start_hits_nobody() -> None:
    world = World()
    with world.running() as session:
        session.watch(ROOM).result(DEADLINE_S)
        told(world, session, "Idle", "Exited")
    with world.running() as session:
        session.guard([Breakpoint(1, "status == Idle")])
        session.wait_caught_up(DEADLINE_S)
        session.watch(OTHER).result(DEADLINE_S)
        session._tail.wait_frame(4)
        assert session.take().hits == ()
        told(world, session, "Idle")
        assert [hit.frame for hit in heard(session, 1)] == [5]


def test_without_breakpoints_nothing_is_looked_for() -> None:
    world = World()
    with world.running() as session:
        session.guard([Breakpoint(1, "edge")])
        session.guard([])
        session.watch(ROOM).result(DEADLINE_S)
        told(world, session, "Idle", "Exited")
        session._tail.wait_frame(3)
        assert session._tail._guard is None
        assert session.take().hits == ()


def test_a_mistake_leaves_those_before() -> None:
    world = World()
    with world.running() as session:
        session.guard([Breakpoint(1, "status in [Idle, Exited] & polls != 1"), Breakpoint(3, "polls == 2")])
        with pytest.raises(PredicateError):
            session.guard([Breakpoint(2, "statsu == Idle")])
        session.watch(ROOM).result(DEADLINE_S)
        told(world, session, "Idle", "Exited")
        assert [hit.number for hit in heard(session, 2)] == [1, 3]


def test_a_screen_that_stands_still_keeps_the_newest_hits() -> None:
    world = World()
    with world.running() as session:
        some = [Hit(number, 0, 1, ROOM) for number in range(HITS_KEPT + 5)]
        session._updates.hit(some[:7])
        session._updates.hit(some[7:])
        assert session.take().hits == tuple(some[5:])
        assert session.take().hits == ()


def test_a_hit_can_be_written_down() -> None:
    world = World()
    with world.running() as session:
        session.tell_hit("BP#1 illegal  hit 1  live-1").result(DEADLINE_S)
        (entry,) = world.journal.entries
        assert isinstance(entry, Note)
        assert (entry.topic, entry.text) == (Topic.BREAKPOINT, "BP#1 illegal  hit 1  live-1")
