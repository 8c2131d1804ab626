"""What one poll after another makes of a task: the past is told as it was, and a failure to see is no news of it."""

import pytest
from msgspec.structs import replace

from tests.core.entries import ROOM, SECOND_US, START_MS, at, fault, forget, note, numbered, poll, watch, wish
from tui.core.entry import Entry, Level, Poll, Reason, Seen, Skew, Topic, Verb
from tui.core.fault import BLINDING, FaultClass
from tui.core.lifecycle import Life, Stage, Verdict
from tui.core.reading import BLIND_AFTER, TOOL_CLASSES
from tui.core.timeline import Snapshot, fold
from tui.core.views import RUNS_KEPT, Finding, Run, TaskView

END, NETWORK, SERVICE, AUTH = FaultClass.END, FaultClass.NETWORK, FaultClass.SERVICE, FaultClass.AUTH


def told(*entries: Entry) -> Snapshot:
    """The fold of one watched task's entries."""
    return fold(numbered([watch(), *entries]))


def view(*entries: Entry) -> TaskView:
    return told(*entries).tasks[ROOM]


def log(snapshot: Snapshot) -> list[tuple[str, int]]:
    """Lines of the log and how many entries each stands for, without what the operator did."""
    return [(event.text, event.count) for event in snapshot.events if event.kind != "you"]


def finding(*entries: Entry) -> Finding:
    found = view(*entries).finding
    assert found is not None
    return found


def test_an_answer_tells_status_start_time_and_since_when() -> None:
    seen = view(poll("Idle", 1), poll("Idle", 2), poll("InProgress", 3))
    assert seen.stage == Stage(Life.IN_PROGRESS, "InProgress")
    assert seen.start_time_ms == START_MS
    assert seen.since_us == at(3)
    assert seen.since_bound_us == at(2) + 20_000
    assert (seen.polls, seen.errors, seen.seen_us) == (3, 0, at(3) + 20_000)


def test_the_end_lies_between_the_last_status_and_the_first_missing_one() -> None:
    snapshot = told(poll("Idle", 1), poll("Idle", 100), poll(END, 200), poll(END, 201))
    ended = snapshot.tasks[ROOM]
    assert ended.stage.life is Life.ENDED
    assert ended.since_bound_us == at(100) + 20_000, "the first miss was no sight of the living task"
    assert snapshot.events[-1].bound_us == 101 * SECOND_US - 20_000
    assert ended.seen_us == at(201) + 20_000
    assert ended.trouble is None


def test_one_miss_alone_ends_nothing() -> None:
    missed = view(poll("Idle", 1), poll(END, 2))
    assert missed.stage == Stage(Life.IDLE, "Idle", 1)
    assert missed.seen_us == at(1) + 20_000
    assert missed.trouble is not None


def test_a_task_never_seen_is_not_found_after_three_misses() -> None:
    snapshot = told(poll(END, 1), poll(END, 3), poll(END, 11))
    assert snapshot.tasks[ROOM].stage.life is Life.NOT_FOUND
    assert snapshot.tasks[ROOM].errors == 0, "it is an answer, no error"
    assert log(snapshot)[-1] == ("new -> NOT FOUND", 1)


@pytest.mark.parametrize("fault_class", sorted(set(FaultClass) - {END}))
def test_a_failure_to_see_changes_nothing_about_the_task(fault_class: FaultClass) -> None:
    before = view(poll("InProgress", 1))
    after = view(poll("InProgress", 1), *[poll(fault_class, 2 + n) for n in range(50)])
    assert after.stage == before.stage
    assert (after.since_us, after.seen_us, after.finding) == (before.since_us, before.seen_us, before.finding)
    assert after.errors == 50
    assert after.trouble is not None
    assert after.trouble.count == 50


def test_a_failure_between_two_misses_does_not_count_and_does_not_start_over() -> None:
    assert view(poll("Idle", 1), poll(END, 2), poll(NETWORK, 3), poll(END, 4)).stage.life is Life.ENDED


def test_trouble_goes_on_while_it_is_the_same_and_ends_with_an_answer() -> None:
    first = poll(fault(SERVICE, "InternalError"), 2)
    same = view(poll("Idle", 1), first, poll(fault(SERVICE, "InternalError"), 3)).trouble
    assert same is not None
    assert (same.count, same.since_us, same.frame) == (2, at(2), 3)
    other = view(poll("Idle", 1), first, poll(fault(SERVICE, "InternalError.Db"), 3)).trouble
    assert other is not None
    assert (other.count, other.since_us) == (1, at(3))
    assert view(poll("Idle", 1), first, poll("Idle", 3)).trouble is None


def test_equal_answers_in_a_row_are_one_run() -> None:
    runs = view(*[poll("Idle", n) for n in range(411)], poll(NETWORK, 500), poll("Idle", 501)).runs
    assert runs[0] == Run("Idle", None, at(0), at(410), 411, "request-0")
    assert [(run.word, run.count) for run in runs] == [("Idle", 411), ("Network.Timeout", 1), ("Idle", 1)]


def test_a_view_keeps_the_newest_runs() -> None:
    words = [f"Odd{n}" for n in range(40)]
    assert [run.word for run in view(*map(poll, words)).runs] == words[-RUNS_KEPT:]


@pytest.mark.parametrize(
    ("entries", "verdict", "text"),
    [
        ([poll("InProgress"), poll("Idle")], Verdict.UNDOCUMENTED, "InProgress -> Idle"),
        ([poll("Idle"), poll("Paused")], Verdict.UNDOCUMENTED, "Idle -> Paused"),
        ([poll("InProgress"), poll(END), poll(END)], Verdict.UNDOCUMENTED, "InProgress -> ENDED"),
        ([poll("Exited"), poll("Idle")], Verdict.IMPOSSIBLE, "Exited -> Idle"),
        ([poll("Exited"), poll(END), poll(END), poll("Idle")], Verdict.IMPOSSIBLE, "ENDED -> Idle"),
        ([poll("Idle"), poll("Idle", start_ms=START_MS + 1)], Verdict.IMPOSSIBLE, "StartTime changed"),
        ([poll("Idle", start_ms=START_MS + 5_100)], Verdict.IMPOSSIBLE, "StartTime lies in the future"),
    ],
    ids=str,
)
def test_what_the_documentation_does_not_allow_is_found(entries: list[Entry], verdict: Verdict, text: str) -> None:
    found = finding(*entries)
    assert (found.verdict, found.text.partition(":")[0]) == (verdict, text)
    assert found.request_id is not None, "evidence for a ticket"


def test_an_exit_that_was_seen_makes_a_documented_end() -> None:
    ended = view(poll("Idle"), poll("Exited"), poll(END), poll(END))
    assert ended.finding is None
    assert ended.exited_seen


@pytest.mark.parametrize(("offset_s", "future"), [(0, True), (60, False), (-60, True)])
def test_the_future_is_told_by_the_servers_clock(offset_s: int, future: bool) -> None:  # noqa: FBT001
    seen = Seen("Idle", START_MS + 30_000)
    answer = Poll(ROOM, at(0), 20_000, Reason.BASE, seen, "request", Skew(offset_s * SECOND_US, 500_000))
    assert (view(answer).finding is not None) == future


@pytest.mark.parametrize("fault_class", sorted(BLINDING))
def test_the_tool_is_blind_after_some_failures_in_a_row_over_all_tasks(fault_class: FaultClass) -> None:
    enough = BLIND_AFTER[fault_class]
    fewer = told(poll("Idle", 0), *[poll(fault_class, 1 + n) for n in range(enough - 1)])
    assert fewer.tool.blindness is None
    blind = told(poll("Idle", 0), *[poll(fault_class, 1 + n) for n in range(enough)]).tool.blindness
    assert blind is not None
    assert (blind.fault_class, blind.since_us, blind.stopped) == (fault_class, at(1), False)


@pytest.mark.parametrize("fault_class", sorted(TOOL_CLASSES))
def test_an_outage_is_one_line_of_the_log(fault_class: FaultClass) -> None:
    snapshot = told(poll("Idle", 0), *[poll(fault_class, 1 + n) for n in range(38)])
    assert len(log(snapshot)) == 2
    assert log(snapshot)[-1][1] == 38
    assert snapshot.events[-1].last_us == at(38) + 20_000
    assert snapshot.events[-1].task is None


def test_trouble_of_one_task_is_one_line_with_its_name() -> None:
    snapshot = told(poll("Idle", 0), *[poll(SERVICE, 1 + n) for n in range(38)])
    assert log(snapshot)[-1] == ("InternalError as told by a test", 38)
    assert snapshot.events[-1].task == ROOM


def test_the_first_answer_after_blindness_says_how_long_it_was() -> None:
    snapshot = told(poll("Idle", 0), *[poll(NETWORK, 10 + n) for n in range(3)], poll("Idle", 70), poll("Idle", 71))
    assert snapshot.tool.blindness is None
    assert log(snapshot)[-1] == ("sees again after 60 s blind (Network.Timeout)", 1)


def limited_once_a_second(first: int, times: int) -> list[Entry]:
    """Over the limit, and through again a second later, so many times."""
    pairs = [(poll(FaultClass.THROTTLED, first + n), poll("Idle", first + n + 1)) for n in range(times)]
    return [entry for pair in pairs for entry in pair]


def test_a_limit_that_is_hit_every_second_is_two_lines_that_count() -> None:
    snapshot = told(poll("Idle", 0), *limited_once_a_second(1, 57))
    assert log(snapshot)[1:] == [
        ("RequestLimitExceeded as told by a test", 57),
        ("sees again after 1 s blind (RequestLimitExceeded)", 57),
    ]
    assert [event.last_us for event in snapshot.events[-2:]] == [at(57) + 20_000, at(58) + 20_000]


def test_what_is_limited_again_much_later_is_another_line() -> None:
    snapshot = told(*limited_once_a_second(1, 3), *limited_once_a_second(40, 2))
    assert [count for _, count in log(snapshot)] == [3, 1, 3, 2, 2]


def test_a_long_blindness_has_its_own_end_and_what_comes_after_it_its_own_beginning() -> None:
    down = [poll(NETWORK, 2 + n) for n in range(30)]
    snapshot = told(*limited_once_a_second(0, 1), *down, poll("Idle", 33), poll(NETWORK, 34))
    assert log(snapshot)[-3:] == [
        ("Network.Timeout as told by a test", 30),
        ("sees again after 31 s blind (Network.Timeout)", 1),
        ("Network.Timeout as told by a test", 1),
    ]


def test_a_moment_of_blindness_is_not_worth_a_recovery() -> None:
    snapshot = told(poll("Idle", 0), poll(FaultClass.THROTTLED, 1), poll("Idle", 1.9))
    assert log(snapshot)[-1] == ("RequestLimitExceeded as told by a test", 1)
    assert snapshot.tool.blindness is None


def test_a_new_key_that_is_refused_too_is_told_anew() -> None:
    again = told(poll(AUTH, 1), note(Topic.AUTH_STOPPED, 1), note(Topic.POLLING_STARTED, 2), poll(AUTH, 3))
    assert [event.level for event in again.events[1:]] == [Level.ALERT, Level.INFO, Level.INFO, Level.ALERT]
    assert all(event.count == 1 for event in again.events)


def test_refused_keys_stop_until_polling_starts_again() -> None:
    refused: list[Entry] = [poll("Idle", 0), poll(AUTH, 1), note(Topic.AUTH_STOPPED, 2)]
    stopped = told(*refused, poll("Idle", 3)).tool.blindness
    assert stopped is not None, "an answer that was under way is no new key"
    assert (stopped.stopped, stopped.since_us, stopped.code) == (True, at(1), "AuthFailure.SecretIdNotFound")
    assert told(*refused, note(Topic.POLLING_STARTED, 9)).tool.blindness is None


def test_an_end_or_our_own_mistake_does_not_blind_and_ends_a_streak() -> None:
    for answer in (END, FaultClass.OURS):
        tool = told(poll(NETWORK, 0), poll(NETWORK, 1), poll(answer, 2), poll(NETWORK, 3), poll(NETWORK, 4)).tool
        assert tool.blindness is None
        assert tool.streak == 2


def test_the_tool_counts_what_it_sends() -> None:
    tool = told(poll("Idle", 0), poll(END, 1), poll(FaultClass.THROTTLED, 2), poll(NETWORK, 3)).tool
    assert (tool.polls, tool.failures, tool.throttled) == (4, 2, 1)
    assert [sent.at_us for sent in tool.recent] == [at(n) for n in range(4)]
    assert tool.latencies_us == (20_000,) * 3, "what never came back has no round trip"


def test_a_hold_lasts_until_it_is_released() -> None:
    assert view().held_us is None
    assert view(wish(Verb.HOLD, 1), poll("Idle", 2)).held_us == at(1)
    assert view(wish(Verb.HOLD, 1), wish(Verb.RELEASE, 2)).held_us is None


def test_a_pin_stays_until_it_is_taken_out() -> None:
    assert view(wish(Verb.PIN, 1), wish(Verb.HOLD, 2), poll("Idle", 3)).pinned
    assert not view(wish(Verb.PIN, 1), wish(Verb.UNPIN, 2)).pinned


def test_a_wish_for_a_poll_waits_until_it_was_sent() -> None:
    asked = wish(Verb.POLL_NOW, 5)
    assert view(asked).asked_us == at(5)
    assert view(asked, poll("Idle", 4.9)).asked_us == at(5), "it was under way already"
    assert view(asked, poll(NETWORK, 5)).asked_us == 0, "it was granted, whatever came of it"
    set_back = replace(poll("Idle", 1), reason=Reason.YOU)
    assert view(asked, set_back).asked_us == 0, "nobody is asked for ever because a clock was set"


def test_wishes_for_a_task_that_is_not_watched_are_only_told() -> None:
    for verb in sorted(set(Verb) - {Verb.WATCH, Verb.FORGET}):
        gone = told(forget(second=1), wish(verb, 2))
        assert gone.forgotten == told(forget(second=1)).forgotten
        assert gone.events[-1].text == f"{verb.value} by alice"


def test_who_forgets_a_task_gives_up_his_wishes() -> None:
    wishes = [wish(verb, 1) for verb in (Verb.HOLD, Verb.PIN, Verb.POLL_NOW)]
    back = view(*wishes, forget(second=2), watch(second=3))
    assert (back.held_us, back.pinned, back.asked_us) == (None, False, 0)


def test_loudness_follows_the_documentation() -> None:
    snapshot = told(poll("Idle"), poll("Exited"), poll("Idle"), poll("Paused"), poll(AUTH))
    assert [event.level for event in snapshot.events] == [
        Level.INFO,
        Level.INFO,
        Level.INFO,
        Level.ALERT,
        Level.WARN,
        Level.ALERT,
    ]


def test_a_forgotten_task_keeps_its_past_and_gets_it_back() -> None:
    gone = told(poll("InProgress", 1), forget(second=2))
    assert not gone.tasks
    late = told(poll("InProgress", 1), forget(second=2), poll("Exited", 3))
    assert late.forgotten[ROOM].stage.life is Life.EXITED, "an answer that was under way is not lost"
    back = told(poll("InProgress", 1), forget(second=2), watch(second=9, name="main stage"))
    assert back.tasks[ROOM].runs == gone.forgotten[ROOM].runs
    assert back.tasks[ROOM].name == "main stage"
    assert not back.forgotten


def test_watching_twice_keeps_the_past_and_the_name() -> None:
    twice = fold(numbered([watch(name="main stage"), poll("Idle", 1), watch(second=2)])).tasks[ROOM]
    assert (twice.name, twice.polls, twice.watched_us) == ("main stage", 1, at(0))


def test_the_newest_change_of_word_is_kept() -> None:
    assert view().edge == ""
    assert view(poll("Idle", 0)).edge == "new->Idle"
    assert view(poll("Idle", 0), poll("InProgress", 1), poll("InProgress", 2)).edge == "Idle->InProgress"
    assert view(poll("Idle", 0), poll(END, 1)).edge == "new->Idle"
    assert view(poll("Idle", 0), poll(END, 1), poll(END, 2), poll(NETWORK, 3)).edge == "Idle->ENDED"
