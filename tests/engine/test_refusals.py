"""Keys and clocks the service does not accept, and limits."""

from tests.core.entries import OTHER, ROOM, THIRD
from tests.engine.fakes import SKEW, KeyRing, key
from tests.engine.playbook import SECOND_US, Playbook
from tui.core.entry import Note, Reason, Topic
from tui.core.fault import FaultClass
from tui.core.task import TaskRef

FOUR = [TaskRef("ap-guangzhou", 1400000001, f"hall-{number}") for number in range(4)]


def test_a_refused_key_stops_polling() -> None:
    with Playbook({ROOM: "Idle*3, auth", OTHER: "Idle"}) as play:
        play.wait(10)
        stopped = len(play.api.sent)
        play.wait(600)
        assert len(play.api.sent) == stopped
        assert play.topics() == [Topic.POLLING_STARTED, Topic.AUTH_STOPPED]
        blindness = play.snapshot().tool.blindness
        assert blindness is not None
        assert (blindness.fault_class, blindness.stopped) == (FaultClass.AUTH, True)
        assert play.word(ROOM) == "Idle"


def test_a_key_refused_four_times_at_once_stops_once() -> None:
    with Playbook(dict.fromkeys(FOUR, "auth"), latency_ms=300) as play:
        play.wait(10)
        assert len(play.api.sent) == 4
        assert play.topics() == [Topic.POLLING_STARTED, Topic.AUTH_STOPPED]


def test_polling_goes_on_with_another_key() -> None:
    with Playbook({ROOM: "Idle*3, auth, Idle"}) as play:
        play.wait(60)
        stopped = len(play.api.sent)
        play.keys.held = key("2")
        play.wait(10)
        assert len(play.api.sent) > stopped
        assert play.api.keys == [key("1"), key("2")]
        assert play.topics() == [Topic.POLLING_STARTED, Topic.AUTH_STOPPED, Topic.POLLING_STARTED]
        assert play.snapshot().tool.blindness is None


def test_a_key_that_works_is_read_once() -> None:
    with Playbook({ROOM: "Idle"}) as play:
        play.wait(600)
        assert play.keys.reads == 1


def test_one_poll_may_be_wished_with_a_refused_key() -> None:
    with Playbook({ROOM: "Idle, auth", OTHER: "Idle*2, auth"}) as play:
        play.wait(60)
        stopped = len(play.api.sent)
        play.poll_now(ROOM)
        play.wait(60)
        assert len(play.api.sent) == stopped + 1
        assert play.reasons(ROOM)[-1] is Reason.YOU
        assert play.topics().count(Topic.AUTH_STOPPED) == 1


def test_a_wished_poll_that_is_accepted_lets_polling_go_on() -> None:
    with Playbook({ROOM: "Idle*2, auth, Idle"}) as play:
        play.wait(60)
        play.poll_now(ROOM)
        play.wait(10)
        assert play.topics()[-1] is Topic.POLLING_STARTED
        assert play.reasons(ROOM)[-1] is Reason.BASE


def test_without_a_key_it_says_so_and_begins_when_there_is_one() -> None:
    with Playbook({ROOM: "Idle"}, keys=KeyRing("the keyring is locked: unlock it")) as play:
        play.wait(60)
        assert not play.api.sent
        assert not play.journal.entries
        assert play.told == ["the keyring is locked: unlock it"]
        play.keys.held = key()
        play.wait(10)
        assert play.polls(ROOM)
        assert play.told[-1] == ""


def test_a_key_that_vanished_while_stopped_is_waited_for() -> None:
    with Playbook({ROOM: "Idle, auth, Idle"}) as play:
        play.wait(3)
        play.keys.held = "there is no key"
        play.wait(60)
        assert play.told[-1] == "there is no key"
        play.keys.held = key("2")
        play.wait(10)
        assert play.told[-1] == ""
        assert play.topics()[-1] is Topic.POLLING_STARTED


def test_a_clock_that_is_off_is_corrected_once_and_the_question_repeated_once() -> None:
    with Playbook({ROOM: "Idle"}) as play:
        play.api.skewed = True
        play.wait(10)
        assert play.api.corrections_us == [SKEW.offset_us]
        assert play.reasons(ROOM)[:2] == [Reason.BASE, Reason.CLOCK]
        assert set(play.reasons(ROOM)[2:]) == {Reason.BASE}
        assert play.topics() == [Topic.POLLING_STARTED, Topic.CLOCK_CORRECTED]
        note = play.journal.entries[2]
        assert isinstance(note, Note)
        assert "400 s behind Tencent's" in note.text
        assert play.word(ROOM) == "Idle"


def test_four_refusals_at_once_correct_the_clock_once() -> None:
    with Playbook(dict.fromkeys(FOUR, "Idle"), latency_ms=300) as play:
        play.api.skewed = True
        play.wait(10)
        assert play.api.corrections_us == [SKEW.offset_us]
        assert [play.reasons(task).count(Reason.CLOCK) for task in FOUR] == [1, 0, 0, 0]
        assert {play.word(task) for task in FOUR} == {"Idle"}
        assert play.sent_us()[4] < 1 * SECOND_US, "no pause for what was under way"


def test_a_refusal_that_comes_late_does_not_correct_again() -> None:
    """The slow one was signed with the old clock; meanwhile the new one was accepted."""
    with Playbook(dict.fromkeys((ROOM, OTHER), "Idle"), latency_ms=100) as play:
        play.api.skewed, play.api.latencies_us[OTHER] = True, 2 * SECOND_US
        play.wait(10)
        assert play.api.corrections_us == [SKEW.offset_us]
        assert play.topics().count(Topic.CLOCK_CORRECTED) == 1


def test_a_refusal_of_what_was_sent_while_the_first_was_written_is_no_second_one() -> None:
    """Until an answer is in the journal nothing is learnt from it, and more is sent with the old clock."""
    with Playbook({ROOM: "Idle", OTHER: "Idle"}, append_ms=100) as play:
        play.api.skewed = True
        play.wait(5)
        assert play.api.corrections_us == [SKEW.offset_us]
        assert {play.word(ROOM), play.word(OTHER)} == {"Idle"}


def test_a_second_refusal_in_a_row_pauses() -> None:
    with Playbook({ROOM: "clock*2, Idle"}) as play:
        play.wait(60)
        assert play.api.corrections_us == [SKEW.offset_us]
        repeated, after = play.polls(ROOM)[1:3]
        assert repeated.reason is Reason.CLOCK
        assert after.sent_us - repeated.at_us == 10 * SECOND_US
        assert play.word(ROOM) == "Idle"


def test_a_clock_that_goes_wrong_again_is_corrected_again() -> None:
    with Playbook({ROOM: "clock, Idle*30, clock, Idle"}) as play:
        play.wait(60)
        assert len(play.api.corrections_us) == 2


def test_a_throttled_request_pauses_all_for_a_second() -> None:
    with Playbook({ROOM: "Idle, throttled, Idle", OTHER: "Idle", THIRD: "Idle"}) as play:
        play.wait(10)
        throttled = play.polls(ROOM)[1]
        after = [poll.sent_us for task in (ROOM, OTHER, THIRD) for poll in play.polls(task)]
        assert not [t for t in after if throttled.at_us <= t < throttled.at_us + 1 * SECOND_US]
        assert play.word(ROOM) == "Idle"
        assert play.snapshot().tool.throttled == 1
