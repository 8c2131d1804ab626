"""When nothing gets through, or nothing can be written."""

import pytest

from tests.core.entries import OTHER, ROOM
from tests.engine.playbook import Playbook
from tui.core.breaker import LONGEST_PAUSE_US
from tui.core.entry import Poll, Reason
from tui.core.task import TaskRef

ROOMS = [TaskRef("ap-guangzhou", 1400000001, f"hall-{number}") for number in range(50)]
SECOND_US = 1_000_000


@pytest.mark.parametrize("latency_ms", [5, 10_000], ids=["refused at once", "silent"])
def test_an_outage_of_ten_minutes_costs_few_requests(latency_ms: int) -> None:
    with Playbook(dict.fromkeys(ROOMS, "Idle")) as play:
        play.wait(60)
        before = len(play.api.sent)
        play.api.down, play.api.latency_us = True, latency_ms * 1000
        play.wait(600)
        during = len(play.api.sent) - before
        play.api.down, play.api.latency_us = False, 20_000
        play.wait(LONGEST_PAUSE_US / SECOND_US + 10)
        assert 20 <= during <= 45, "without a breaker it would be 10,800"
        assert play.snapshot().tool.blindness is None
        assert {play.word(room) for room in ROOMS} == {"Idle"}


def test_an_outage_has_one_probe_under_way_at_most() -> None:
    with Playbook(dict.fromkeys(ROOMS, "Idle")) as play:
        play.wait(10)
        play.api.down, play.api.latency_us = True, 3_000_000
        play.wait(30)
        play.api.most_under_way = 0
        play.wait(300)
        assert play.api.most_under_way == 1
        assert {poll.reason for room in ROOMS for poll in play.polls(room)[-1:]} >= {Reason.PROBE}


def test_after_an_outage_it_begins_slowly_and_is_at_full_speed_soon() -> None:
    with Playbook(dict.fromkeys(ROOMS, "Idle")) as play:
        play.api.down = True
        play.wait(600)
        play.api.down = False
        while play.snapshot().tool.blindness is not None:
            play.wait(0.1)
        before = len(play.api.sent)
        play.wait(5)
        assert 8 <= len(play.api.sent) - before <= 12, "two a second"
        play.wait(25)
        before = len(play.api.sent)
        play.wait(20)
        assert len(play.api.sent) - before >= 17.5 * 20


def test_what_the_operator_wants_is_tried_during_an_outage_too() -> None:
    with Playbook(dict.fromkeys(ROOMS, "Idle")) as play:
        play.api.down = True
        play.wait(120)
        before = len(play.api.sent)
        play.poll_now(ROOMS[7])
        play.wait(0.2)
        assert play.api.sent[before][1] == ROOMS[7]


def test_an_outage_is_one_line_and_its_end_another() -> None:
    with Playbook(dict.fromkeys(ROOMS, "Idle")) as play:
        play.wait(10)
        lines = len(play.snapshot().events)
        play.api.down = True
        play.wait(300)
        play.api.down = False
        play.wait(40)
        down, up = play.snapshot().events[lines:]
        assert down.text == "Network.Connect down"
        assert down.count > 3
        assert up.text.startswith("sees again after 3")


def test_one_sick_task_does_not_slow_the_others() -> None:
    with Playbook({ROOM: "service", OTHER: "Idle"}) as play:
        play.wait(60)
        assert len(play.polls(OTHER)) >= 55
        assert len(play.polls(ROOM)) <= 12, "it rests longer from failure to failure, up to 10 s"


def test_a_journal_that_cannot_be_written_loses_nothing() -> None:
    with Playbook(dict.fromkeys(ROOMS, "Idle")) as play:
        play.wait(10)
        before = len(play.api.sent)
        play.journal.broken = "the disk is full: free some space"
        play.wait(10)
        sent = len(play.api.sent)
        assert sent - before <= 8, "what was under way, and hardly more"
        assert play.told[-1] == "the disk is full: free some space"
        play.wait(60)
        assert len(play.api.sent) == sent, "nothing is asked whose answer cannot be kept"
        play.journal.broken = ""
        play.wait(10)
        assert play.told[-1] == ""
        assert len(play.api.sent) > sent + 50, "it goes on"
        written = [entry for entry in play.journal.entries if isinstance(entry, Poll)]
        assert len(written) + len(play.api.under_way) == len(play.api.sent)


def test_a_journal_that_fails_at_the_very_start_is_waited_for() -> None:
    with Playbook({ROOM: "Idle"}) as play:
        play.journal.broken = "the folder is read-only"
        play.wait(10)
        assert not play.api.sent
        play.journal.broken = ""
        play.wait(10)
        assert play.polls(ROOM)
