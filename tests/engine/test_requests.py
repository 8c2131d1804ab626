"""What the operator asks of a poller that runs."""

from itertools import pairwise

from tests.core.entries import OTHER, ROOM
from tests.engine.playbook import Playbook, busiest_second
from tui.core.entry import Reason, Topic
from tui.core.schedule import MIN_GAP_US
from tui.core.task import TaskRef
from tui.engine.poller import IN_FLIGHT

ROOMS = [TaskRef("ap-guangzhou", 1400000001, f"hall-{number}") for number in range(50)]


def test_a_task_added_while_running_is_asked_at_once() -> None:
    with Playbook({}) as play:
        play.wait(10)
        assert not play.api.sent
        play.watch(ROOM, "Idle")
        play.wait(0.1)
        assert play.word(ROOM) == "Idle"


def test_a_new_task_goes_before_those_that_were_asked() -> None:
    with Playbook(dict.fromkeys(ROOMS, "Idle")) as play:
        play.wait(10)
        play.watch(ROOM, "Idle")
        before = len(play.api.sent)
        play.wait(1)
        assert play.api.sent[before][1] == ROOM


def test_watching_twice_asks_no_faster() -> None:
    with Playbook({ROOM: "Idle"}) as play:
        for _ in range(20):
            play.watch_again(ROOM)
            play.wait(0.5)
        assert len(play.polls(ROOM)) <= 10


def test_poll_now_asks_out_of_turn() -> None:
    with Playbook(dict.fromkeys(ROOMS, "Idle")) as play:
        play.wait(10)
        before = len(play.api.sent)
        play.poll_now(ROOMS[33])
        play.wait(0.2)
        assert play.api.sent[before][1] == ROOMS[33]
        assert play.reasons(ROOMS[33])[-1] is Reason.YOU


def test_poll_now_asks_a_task_that_is_over_once() -> None:
    with Playbook({ROOM: "Idle, gone"}) as play:
        play.wait(60)
        play.poll_now(ROOM)
        play.wait(60)
        assert play.reasons(ROOM)[-2:] == [Reason.CONFIRM, Reason.YOU]


def test_hammering_poll_now_stays_within_the_limit() -> None:
    with Playbook(dict.fromkeys(ROOMS, "Idle"), latency_ms=5) as play:
        for press in range(600):
            play.poll_now(ROOMS[press % 7])
            play.wait(0.03)
        assert busiest_second(play.sent_us()) <= 20


def test_poll_now_twice_before_it_is_sent_is_one_poll() -> None:
    with Playbook({ROOM: "Idle"}) as play:
        play.wait(0.5)
        play.poll_now(ROOM)
        play.poll_now(ROOM)
        play.wait(0.4)
        assert play.reasons(ROOM) == [Reason.BASE, Reason.YOU]


def test_ten_steps_at_once_are_ten_polls_one_after_the_other_and_no_more() -> None:
    with Playbook(dict.fromkeys(ROOMS, "Idle")) as play:
        play.wait(30)
        play.hold(ROOMS[7])
        play.wait(1)
        before = len(play.sent_us(ROOMS[7]))
        for _ in range(10):
            play.step(ROOMS[7])
        play.wait(60)
        assert len(play.sent_us(ROOMS[7])) == before + 10
        assert play.reasons(ROOMS[7])[-10:] == [Reason.YOU] * 10


def test_who_steps_one_task_leaves_the_others_on_schedule() -> None:
    with Playbook(dict.fromkeys(ROOMS, "Idle")) as play:
        play.wait(30)
        for _ in range(20):
            play.step(ROOMS[7])
            play.wait(1)
        others = [play.sent_us(task) for task in ROOMS if task != ROOMS[7]]
        assert max(later - sent for one in others for sent, later in pairwise(one)) <= 5_500_000


def test_a_step_holds_the_task_until_five_minutes_after_the_last_one() -> None:
    with Playbook({ROOM: "Idle"}) as play:
        play.wait(1)
        play.step(ROOM)
        play.wait(200)
        play.step(ROOM)
        play.wait(0.5)
        before = len(play.sent_us(ROOM))
        play.wait(290)
        assert len(play.sent_us(ROOM)) == before
        play.wait(30)
        assert len(play.sent_us(ROOM)) > before


def test_steps_not_taken_are_given_up_with_the_hold() -> None:
    with Playbook({ROOM: "Idle"}, latency_ms=500) as play:
        play.wait(2)
        for _ in range(10):
            play.step(ROOM)
        play.release(ROOM)
        play.wait(10)
        assert play.reasons(ROOM).count(Reason.YOU) <= 1


def test_poll_now_of_a_task_nobody_watches_is_nothing() -> None:
    with Playbook({ROOM: "Idle"}) as play:
        play.poll_now(OTHER)
        play.wait(10)
        assert not play.sent_us(OTHER)


def test_a_forgotten_task_is_asked_no_more() -> None:
    with Playbook({ROOM: "Idle", OTHER: "Idle"}) as play:
        play.wait(10)
        play.forget(ROOM)
        before = len(play.sent_us(ROOM))
        play.wait(60)
        assert len(play.sent_us(ROOM)) == before
        assert len(play.sent_us(OTHER)) > 60


def test_an_answer_to_a_task_just_forgotten_is_kept_and_revives_nothing() -> None:
    with Playbook({ROOM: "Idle, InProgress"}, latency_ms=400) as play:
        play.wait(1.2)
        assert play.api.under_way == [ROOM]
        play.forget(ROOM)
        play.wait(60)
        assert len(play.sent_us()) == 2
        assert play.snapshot().forgotten[ROOM].stage.word == "InProgress"


def test_an_answer_to_a_task_just_forgotten_counts_when_it_is_watched_again() -> None:
    with Playbook({ROOM: "Idle, gone"}, latency_ms=400) as play:
        play.wait(1.2)
        play.forget(ROOM)
        play.wait(5)
        play.watch_again(ROOM)
        play.wait(60)
        assert len(play.polls(ROOM)) == 3, "two misses are enough, and the first came late"
        assert play.word(ROOM) == "ENDED"


def test_a_task_forgotten_while_it_waited_for_a_free_line_is_not_asked() -> None:
    with Playbook(dict.fromkeys(ROOMS[: IN_FLIGHT + 1], "Idle"), latency_ms=2_000) as play:
        play.wait(1)
        assert play.api.under_way == ROOMS[:IN_FLIGHT]
        play.forget(ROOMS[IN_FLIGHT])
        play.wait(10)
        assert not play.sent_us(ROOMS[IN_FLIGHT])


def test_a_task_watched_again_goes_on_from_its_past() -> None:
    with Playbook({ROOM: "Idle*2, gone"}) as play:
        play.wait(1.5)
        play.forget(ROOM)
        play.wait(10)
        play.watch_again(ROOM)
        play.wait(60)
        assert play.word(ROOM) == "ENDED"
        assert play.reasons(ROOM)[-1] is Reason.CONFIRM


def test_so_it_does_when_it_was_forgotten_before_a_restart() -> None:
    with Playbook({ROOM: "Idle, gone", OTHER: "Idle"}) as before:
        before.wait(10)
        before.forget(ROOM)
        before.forget(OTHER)
        before.wait(1)
    with Playbook({ROOM: "Idle", OTHER: "gone"}, begin=before.snapshot()) as after:
        after.watch_again(ROOM)
        after.watch_again(OTHER)
        after.wait(60)
        assert not after.sent_us(ROOM), "it was over"
        assert after.reasons(OTHER) == [Reason.BASE, Reason.CONFIRM], "it was alive: once more is enough"
        assert after.word(OTHER) == "ENDED"


def test_requests_may_come_before_the_poller_runs() -> None:
    with Playbook({}) as play:
        play.watch(ROOM, "Idle")
        play.wait(3)
        assert play.topics() == [Topic.POLLING_STARTED]
        assert play.polls(ROOM)


def test_many_tasks_added_and_forgotten_leave_the_others_their_second() -> None:
    with Playbook({OTHER: "Idle"}) as play:
        play.wait(5)
        for room in ROOMS:
            play.watch(room, "Idle")
        for room in ROOMS:
            play.forget(room)
        before = len(play.sent_us(OTHER))
        play.wait(10)
        assert len(play.sent_us(OTHER)) - before >= 10 - 1
        assert not [about for _, about in play.api.sent if about != OTHER]
        assert play.sent_us(OTHER)[-1] - play.sent_us(OTHER)[-2] >= MIN_GAP_US
