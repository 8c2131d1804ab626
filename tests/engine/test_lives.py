"""Tasks that live and end, as the poller sees them."""

from itertools import pairwise

import pytest

from tests.core.entries import OTHER, ROOM
from tests.engine.playbook import SECOND_US, Playbook, busiest_second
from tui.core.entry import Note, Reason, Topic
from tui.core.lifecycle import Verdict
from tui.core.schedule import MIN_GAP_US
from tui.core.task import TaskRef
from tui.engine.poller import IN_FLIGHT

ROOMS = [TaskRef("ap-guangzhou", 1400000001, f"hall-{number}") for number in range(100)]


def test_a_task_is_asked_once_a_second() -> None:
    with Playbook({ROOM: "Idle"}) as play:
        play.wait(60)
        gaps_us = [later - earlier for earlier, later in pairwise(play.sent_us())]
        assert min(gaps_us) >= MIN_GAP_US
        assert 55 <= len(play.polls(ROOM)) <= 60
        assert set(play.reasons(ROOM)) == {Reason.BASE}
        assert play.api.warm, "the connection stood before the first slot"


def test_every_answer_is_in_the_journal_with_its_times() -> None:
    with Playbook({ROOM: "Idle", OTHER: "InProgress"}) as play:
        play.wait(10)
        assert len(play.polls(ROOM)) + len(play.polls(OTHER)) == len(play.api.sent)
        assert all(poll.latency_us == 20_000 for poll in play.polls(ROOM))


@pytest.mark.parametrize("latency_ms", [5, 50, 200])
def test_a_hundred_tasks_share_the_budget_and_use_it(latency_ms: int) -> None:
    with Playbook(dict.fromkeys(ROOMS, "InProgress"), latency_ms=latency_ms) as play:
        play.wait(60)
        sent_us = play.sent_us()
        assert busiest_second(sent_us) <= 20
        assert len(sent_us) >= 17.5 * 60
        turns = [len(play.polls(room)) for room in ROOMS]
        assert max(turns) - min(turns) <= 2, "equal tasks have equal shares"


def test_slow_answers_lower_the_rate_and_nothing_else() -> None:
    with Playbook(dict.fromkeys(ROOMS, "Idle"), latency_ms=1_000) as play:
        play.wait(60)
        assert play.api.most_under_way == IN_FLIGHT
        assert len(play.sent_us()) >= IN_FLIGHT * 50
        assert busiest_second(play.sent_us()) <= 20


def test_an_end_is_asked_for_once_more_and_then_never_again() -> None:
    with Playbook({ROOM: "Idle*3, InProgress*2, Exited, gone"}) as play:
        play.wait(600)
        assert play.word(ROOM) == "ENDED"
        assert play.reasons(ROOM) == [Reason.BASE] * 7 + [Reason.CONFIRM]
        confirmed, before = play.polls(ROOM)[-1], play.polls(ROOM)[-2]
        assert confirmed.sent_us - before.at_us == 1 * SECOND_US
        assert play.view(ROOM).finding is None


def test_an_end_nobody_saw_coming_is_told_as_such() -> None:
    with Playbook({ROOM: "InProgress*2, gone"}) as play:
        play.wait(60)
        assert play.word(ROOM) == "ENDED"
        finding = play.view(ROOM).finding
        assert finding is not None
        assert finding.verdict is Verdict.UNDOCUMENTED


def test_a_task_nobody_ever_saw_is_not_found_after_three_tries() -> None:
    with Playbook({ROOM: "gone"}) as play:
        play.wait(600)
        assert play.word(ROOM) == "NOT FOUND"
        first, second, third = play.polls(ROOM)
        assert [first.reason, second.reason, third.reason] == [Reason.BASE, Reason.CONFIRM, Reason.CONFIRM]
        assert second.sent_us - first.at_us == 2 * SECOND_US
        assert third.sent_us - second.at_us == 8 * SECOND_US


def test_one_false_alarm_ends_nothing() -> None:
    with Playbook({ROOM: "Idle*3, gone, Idle"}) as play:
        play.wait(60)
        assert play.word(ROOM) == "Idle"
        assert play.reasons(ROOM).count(Reason.CONFIRM) == 1


def test_a_blip_of_the_network_ends_nothing() -> None:
    with Playbook({ROOM: "Idle*3, network*2, gone, network, Idle"}) as play:
        play.wait(60)
        assert play.word(ROOM) == "Idle"
        assert play.view(ROOM).errors == 3


def test_a_task_that_was_over_is_left_alone_after_a_restart() -> None:
    with Playbook({ROOM: "Idle, gone", OTHER: "Idle"}) as before:
        before.wait(60)
    with Playbook({ROOM: "Idle", OTHER: "Idle"}, begin=before.snapshot()) as after:
        after.wait(60)
        assert not after.sent_us(ROOM)
        assert after.sent_us(OTHER)


def test_a_confirmation_that_was_due_is_asked_first_after_a_restart() -> None:
    with Playbook({OTHER: "Idle", ROOM: "Idle, gone"}) as before:
        before.wait(1.5)
        assert before.view(ROOM).stage.misses == 1
    with Playbook({OTHER: "Idle", ROOM: "gone"}, begin=before.snapshot()) as after:
        after.wait(60)
        assert after.api.sent[0][1] == ROOM
        assert after.reasons(ROOM) == [Reason.CONFIRM]
        assert after.word(ROOM) == "ENDED"


def test_a_question_that_is_wrong_is_asked_now_and_then() -> None:
    with Playbook({ROOM: "ours"}) as play:
        play.wait(300)
        assert 9 <= len(play.polls(ROOM)) <= 11


def test_the_journal_tells_who_polls_from_where_to_where() -> None:
    with Playbook({ROOM: "Idle"}) as play:
        play.wait(10)
    begun, ended = play.journal.entries[0], play.journal.entries[-1]
    assert isinstance(begun, Note)
    assert isinstance(ended, Note)
    assert (begun.topic, ended.topic) == (Topic.POLLING_STARTED, Topic.POLLING_STOPPED)
    assert begun.text == "polling with key AKID..0001 from test 1"
    assert play.api.closed
