"""The ledger: whenever nobody looked for longer than planned, the journal says so, and why."""

import pytest

from tests.core.entries import OTHER, ROOM
from tests.engine.fakes import key
from tests.engine.playbook import SECOND_US, Playbook
from tui.core.entry import HOLD_US, GapCause, Reason, Verb
from tui.core.task import TaskRef

ROOMS = [TaskRef("ap-guangzhou", 1400000001, f"hall-{number}") for number in range(50)]


def test_who_looks_as_planned_writes_no_gap() -> None:
    with Playbook(dict.fromkeys(ROOMS, "Idle")) as play:
        play.wait(300)
        assert not play.gaps()


@pytest.mark.parametrize(
    ("answers", "cause"),
    [
        ("Idle*3, network*9, Idle", GapCause.NETWORK),
        ("Idle*3, service*9, Idle", GapCause.SERVICE),
        ("Idle*3, throttled*9, Idle", GapCause.LIMITER),
        ("Idle*3, auth", GapCause.AUTH),
    ],
)
def test_a_gap_bears_its_cause_and_begins_at_the_last_sight(answers: str, cause: GapCause) -> None:
    with Playbook({ROOM: answers}) as play:
        play.wait(10)
        (gap,) = play.gaps()
        assert (gap.cause, gap.task) == (cause, None)
        last_sight = play.polls(ROOM)[2]
        assert gap.since_us == last_sight.at_us
        assert gap.at_us - gap.since_us <= 4 * SECOND_US, "it is told while it lasts"


def test_the_fold_ends_a_gap_at_the_next_sight() -> None:
    with Playbook({ROOM: "Idle*3, network*4, Idle"}) as play:
        play.wait(60)
        tool = play.snapshot().tool
        assert tool.gap is None
        (gap,) = tool.gaps
        sights = [poll for poll in play.polls(ROOM) if poll.request_id and poll.latency_us]
        assert gap.until_us is not None
        assert gap.since_us < gap.until_us
        assert sights
        assert [run.gap for run in play.view(ROOM).runs][-1] is GapCause.NETWORK


def test_a_new_cause_is_a_new_gap() -> None:
    with Playbook(dict.fromkeys(ROOMS[:5], "Idle")) as play:
        play.wait(10)
        play.api.down = True
        play.wait(30)
        play.api.down = False
        play.api.scripts = {task: iter(()) for task in play.api.scripts}
        assert [gap.cause for gap in play.gaps()] == [GapCause.NETWORK]
        play.api.down = True


def test_a_suspended_host_is_noticed_when_it_wakes() -> None:
    with Playbook({ROOM: "Idle"}) as play:
        play.wait(10)
        play.clock.slept_us += 3_600 * SECOND_US
        play.wait(5)
        (gap,) = play.gaps()
        assert gap.cause is GapCause.ASLEEP
        assert 3_600 * SECOND_US <= gap.at_us - gap.since_us < 3_603 * SECOND_US


def test_an_answer_that_waited_while_the_host_slept_does_not_end_the_gap() -> None:
    with Playbook({ROOM: "Idle"}) as play:
        play.api.latency_us = SECOND_US * 7 // 10
        play.wait(10.5)
        while not play.api.under_way:
            play.wait(0.1)
        play.clock.slept_us += 3_600 * SECOND_US
        play.wait(5)
        (gap,) = play.snapshot().tool.gaps
        assert gap.cause is GapCause.ASLEEP
        assert gap.until_us is not None
        assert gap.until_us - gap.since_us >= 3_600 * SECOND_US


def test_a_clock_that_was_set_is_no_gap() -> None:
    with Playbook({ROOM: "Idle"}) as play:
        play.wait(10)
        play.clock.set_us += 3_600 * SECOND_US
        play.wait(10)
        play.clock.set_us -= 7_200 * SECOND_US
        play.wait(10)
        assert not play.gaps()


def test_the_time_without_any_process_is_a_gap() -> None:
    with Playbook({ROOM: "Idle"}) as before:
        before.wait(10)
        last = before.polls(ROOM)[-1]
    with Playbook({ROOM: "Idle"}, begin=before.snapshot()) as after:
        after.clock.set_us += 600 * SECOND_US
        after.wait(5)
        (gap,) = after.gaps()
        assert (gap.cause, gap.since_us) == (GapCause.NO_POLLER, last.at_us)
        assert after.snapshot().tool.gap is None


def test_nobody_missed_anything_where_nothing_was_alive() -> None:
    with Playbook({ROOM: "Idle, gone"}) as before:
        before.wait(10)
    with Playbook({ROOM: "Idle", OTHER: "Idle"}, begin=before.snapshot()) as after:
        after.clock.set_us += 600 * SECOND_US
        after.wait(1)
        after.watch_again(OTHER)
        after.wait(10)
        assert after.polls(OTHER)
        assert not after.gaps()


def test_one_task_that_is_not_answered_has_a_gap_of_its_own() -> None:
    with Playbook({ROOM: "Idle, service", OTHER: "Idle"}) as play:
        play.wait(120)
        (gap,) = play.gaps()
        assert (gap.task, gap.cause) == (ROOM, GapCause.SERVICE)
        assert play.view(ROOM).gap is not None
        assert play.snapshot().tool.gap is None


def test_a_long_outage_is_one_gap_and_not_one_for_each_task() -> None:
    with Playbook(dict.fromkeys(ROOMS, "Idle")) as play:
        play.wait(60)
        play.api.down = True
        play.wait(600)
        play.api.down = False
        play.wait(120)
        assert [(gap.task, gap.cause) for gap in play.gaps()] == [(None, GapCause.NETWORK)]


def test_an_auth_stop_is_a_gap_until_the_key_is_there() -> None:
    with Playbook({ROOM: "Idle*3, auth, Idle"}) as play:
        play.wait(60)
        assert [gap.cause for gap in play.gaps()] == [GapCause.AUTH]
        assert play.snapshot().tool.gap is not None
        play.keys.held = key("2")
        play.wait(10)
        assert play.snapshot().tool.gap is None


def test_a_journal_that_could_not_be_written_leaves_a_gap() -> None:
    with Playbook({ROOM: "Idle"}) as play:
        play.wait(10)
        play.journal.broken = play.row.broken = "the disk is full"
        play.wait(60)
        play.journal.broken = play.row.broken = ""
        play.wait(10)
        assert [gap.cause for gap in play.gaps()] == [GapCause.JOURNAL]


def test_a_held_task_is_not_asked_and_its_ledger_says_so() -> None:
    with Playbook({ROOM: "Idle", OTHER: "Idle"}) as play:
        play.wait(10)
        play.hold(ROOM)
        play.wait(0.5)
        asked = len(play.sent_us(ROOM))
        play.wait(60)
        assert len(play.sent_us(ROOM)) == asked
        assert [(gap.task, gap.cause) for gap in play.gaps()] == [(ROOM, GapCause.HELD)]
        assert play.view(ROOM).held_us is not None
        play.release(ROOM)
        play.wait(5)
        assert len(play.sent_us(ROOM)) > asked
        assert play.view(ROOM).gap is None


def test_a_held_task_is_asked_when_somebody_wants_it_and_then_not_again() -> None:
    with Playbook({ROOM: "Idle"}) as play:
        play.wait(5)
        play.hold(ROOM)
        play.wait(5)
        asked = len(play.sent_us(ROOM))
        play.poll_now(ROOM)
        play.wait(10)
        assert len(play.sent_us(ROOM)) == asked + 1
        assert play.reasons(ROOM)[-1] is Reason.YOU
        gap = play.view(ROOM).gap
        assert gap is not None
        assert gap.cause is GapCause.HELD


def test_a_hold_ends_by_itself() -> None:
    with Playbook({ROOM: "Idle"}) as play:
        play.wait(5)
        play.hold(ROOM)
        play.wait(HOLD_US / SECOND_US + 2)
        release = [entry for entry in play.journal.entries if getattr(entry, "verb", None) is Verb.RELEASE]
        assert len(release) == 1
