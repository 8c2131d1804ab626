"""How a poller ends."""

import pytest

from tests.core.entries import OTHER, ROOM
from tests.engine.fakes import KeyRing
from tests.engine.playbook import SECOND_US, Playbook
from tui.core.entry import Topic
from tui.engine.poller import DRAIN_US


@pytest.mark.parametrize("seconds", [0, 0.01, 0.03, 1.5, 10])
def test_the_last_entry_says_that_polling_stopped(seconds: float) -> None:
    with Playbook({ROOM: "Idle", OTHER: "Idle"}) as play:
        play.wait(seconds)
        play.stop()
        assert play.topics() == [Topic.POLLING_STARTED, Topic.POLLING_STOPPED]
        assert play.journal.entries[-1].at_us == play.clock.now_us()
        assert play.api.closed
        written = len(play.journal.entries)
        play.wait(60)
        assert len(play.journal.entries) == written
        assert not play.snapshot().tool.polling


def test_who_waits_for_a_key_ends_without_a_word() -> None:
    with Playbook({ROOM: "Idle"}, keys=KeyRing("no key")) as play:
        play.wait(10)
        play.stop()
        assert not play.journal.entries


def test_an_answer_under_way_is_waited_for_a_moment() -> None:
    with Playbook(dict.fromkeys((ROOM, OTHER), "Idle"), latency_ms=300) as play:
        play.wait(2.2)
        assert play.api.under_way
        play.leave()
        play.wait(0.4)
        assert len(play.api.sent) == len(play.polls(ROOM)) + len(play.polls(OTHER))
        assert play.topics()[-1] is Topic.POLLING_STOPPED
        assert (play.row.owner, play.api.closed) == ("", True)


def test_an_answer_that_does_not_come_is_not_waited_for() -> None:
    with Playbook({ROOM: "Idle"}, latency_ms=5_000) as play:
        play.wait(1)
        play.leave()
        play.wait(DRAIN_US / SECOND_US + 0.1)
        assert play.topics()[-1] is Topic.POLLING_STOPPED
        assert play.api.closed


def test_a_request_under_way_is_given_up() -> None:
    with Playbook({ROOM: "Idle"}, latency_ms=5_000) as play:
        play.wait(1)
        assert play.api.under_way == [ROOM]
        play.stop()
        assert not play.api.under_way
        assert not play.polls(ROOM)


def test_a_stop_while_the_journal_is_broken_ends_too() -> None:
    with Playbook({ROOM: "Idle"}) as play:
        play.wait(5)
        play.journal.broken = "the disk is full"
        play.wait(5)
        play.stop()
        assert play.api.closed


def test_a_bug_is_not_swallowed_and_polling_is_told_to_have_stopped() -> None:
    with Playbook({ROOM: "Idle"}) as play:
        play.wait(5)
        play.api.crash = RuntimeError("a bug")
        play.wait(5)
        with pytest.raises(ExceptionGroup) as caught:
            play.stop()
        assert caught.group_contains(RuntimeError, match="a bug")
        assert play.topics()[-1] is Topic.POLLING_STOPPED
        assert play.api.closed


def test_a_request_that_comes_after_the_end_is_only_written() -> None:
    with Playbook({ROOM: "Idle"}) as play:
        play.wait(1)
    sent = len(play.api.sent)
    play.poll_now(ROOM)
    assert len(play.api.sent) == sent
