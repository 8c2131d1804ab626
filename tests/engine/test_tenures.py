"""One poller for all processes of a journal: who begins, who follows, who takes over."""

from tests.core.entries import OTHER, ROOM
from tests.engine.playbook import SECOND_US, Playbook, busiest_second
from tui.core.entry import Note, Poll, Topic
from tui.core.lease import CAMPAIGN_US, TTL_US
from tui.core.task import TaskRef

ROOMS = [TaskRef("ap-guangzhou", 1400000001, f"hall-{number}") for number in range(50)]


def test_the_first_polls_and_the_second_sends_nothing() -> None:
    with Playbook({ROOM: "Idle"}) as play:
        play.wait(1)
        second = play.join("two")
        play.wait(60)
        assert (play.one.reigns, second.reigns) == ([True], [])
        assert not second.lease.slots
        assert play.topics() == [Topic.POLLING_STARTED]


def test_who_leaves_hands_over_at_once() -> None:
    with Playbook({ROOM: "Idle"}) as play:
        play.wait(1)
        second = play.join("two")
        play.wait(5)
        play.leave()
        play.wait(CAMPAIGN_US * 2 / SECOND_US)
        assert (play.one.reigns, second.reigns) == ([True, False], [True])
        assert play.topics() == [Topic.POLLING_STARTED, Topic.POLLING_STOPPED, Topic.POLLING_STARTED]


def test_a_silent_poller_is_followed_by_another_which_says_from_whom() -> None:
    with Playbook(dict.fromkeys(ROOMS, "Idle")) as play:
        play.wait(5)
        second = play.join("two")
        play.wait(1)
        play.row.until_us = 0  # as if it had been stopped for longer than the lease lasts
        play.wait(1)
        assert second.reigns == [True]
        started = [entry for entry in play.journal.entries if isinstance(entry, Note)][-1]
        assert started.text.endswith("taken over from one, pid 1")
        assert busiest_second(play.sent_us()) <= 20


def test_a_poller_that_wakes_after_another_began_sends_and_writes_nothing_more() -> None:
    with Playbook(dict.fromkeys(ROOMS, "Idle"), latency_ms=300) as play:
        play.wait(5)
        play.row.owner, play.row.epoch, play.row.until_us = "two", play.row.epoch + 1, 1 << 60
        slots = len(play.one.lease.slots)
        written = len(play.journal.entries)
        play.wait(10)
        assert len(play.one.lease.slots) == slots
        assert len(play.journal.entries) == written, "what was under way is asked again by the other one"
        assert play.one.reigns == [True, False]


def test_a_deposed_poller_polls_again_when_the_other_is_gone() -> None:
    with Playbook({ROOM: "Idle"}) as play:
        play.wait(5)
        play.row.owner, play.row.epoch = "two", play.row.epoch + 1
        play.wait(TTL_US / SECOND_US + 5)
        assert play.one.reigns == [True, False, True]
        before = len(play.polls(ROOM))
        play.wait(10)
        assert len(play.polls(ROOM)) - before >= 9


def test_the_spacing_outlives_the_poller() -> None:
    with Playbook(dict.fromkeys(ROOMS, "Idle")) as play:
        play.wait(3)
        for name in ("two", "three", "four", "five"):
            play.join(name)
            play.row.until_us = 0
            play.wait(0.25)
        assert busiest_second(play.sent_us()) <= 20


def test_an_overslept_permission_is_given_back() -> None:
    with Playbook({ROOM: "Idle"}) as play:
        play.one.lease.lateness_us = 30_000
        play.wait(10)
        assert not play.api.sent
        assert len(play.one.lease.slots) > 100, "and another one is asked for"
        play.one.lease.lateness_us = 10_000
        play.wait(1)
        assert play.api.sent


def test_a_wish_that_the_dead_poller_did_not_come_to_is_not_lost() -> None:
    with Playbook({ROOM: "Idle, gone", OTHER: "Idle"}) as before:
        before.wait(10)
        before.one.wishes.obey([])
        assert before.word(ROOM) == "ENDED"
    before.poll_now(ROOM)  # nobody hears it: the poller is gone
    with Playbook({ROOM: "Idle", OTHER: "Idle"}, begin=before.snapshot()) as after:
        after.wait(2)
        assert after.sent_us(ROOM)


def test_what_is_polled_is_what_the_journal_says_at_the_election() -> None:
    with Playbook({ROOM: "Idle", OTHER: "Idle"}) as play:
        play.wait(2)
        second = play.join("two")
        play.wait(2)
        play.forget(OTHER)
        play.wait(2)
        play.row.until_us = 0
        play.wait(2)
        assert second.reigns == [True]
        before = len(play.sent_us(OTHER))
        play.wait(10)
        assert len(play.sent_us(OTHER)) == before


def test_polls_of_both_are_in_the_journal_once_each() -> None:
    with Playbook(dict.fromkeys(ROOMS, "Idle"), latency_ms=5) as play:
        play.wait(5)
        play.join("two")
        play.wait(1)
        play.row.until_us = 0
        play.wait(5)
        ids = [entry.request_id for entry in play.journal.entries if isinstance(entry, Poll)]
        assert len(ids) == len(set(ids))
        assert len(play.api.sent) - len(ids) <= 2
