"""What the budget view counts: requests by second and stretch, the limit hit, and who else may have hit it."""

from dataclasses import dataclass

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.core.entries import SECOND_US, START_US, at, histories, note, numbered, poll, watch
from tui.core.entry import Entry, Poll, Reason, Topic
from tui.core.fault import FaultClass
from tui.core.spending import STRANGERS_BELOW
from tui.core.timeline import fold
from tui.core.views import RECENT_KEPT, TALLIES_KEPT, TALLY_US, Peak, Sent, Tally, ToolView

LIMITED, NETWORK = FaultClass.THROTTLED, FaultClass.NETWORK


def tool(*entries: Entry) -> ToolView:
    return fold(numbered([watch(), *entries])).tool


def evenly(count: int, rate: float, begin: float = 0) -> list[Entry]:
    """So many polls at this rate."""
    return [poll("Idle", begin + n / rate) for n in range(count)]


def test_the_last_requests_are_kept_with_their_reasons() -> None:
    sent = [replace(poll("Idle", n), reason=reason) for n, reason in enumerate(Reason)]
    assert tool(*sent).recent == tuple(Sent(one.sent_us, one.reason) for one in sent)
    assert len(tool(*evenly(200, 18)).recent) == RECENT_KEPT


def test_the_peak_is_the_busiest_second_wherever_it_begins() -> None:
    assert tool(*evenly(60, 18)).peak == Peak(18, at(17 / 18))
    across = [*evenly(3, 10, 0.7), *evenly(4, 10, 1.0), *evenly(2, 10, 5)]
    assert tool(*across).peak == Peak(7, at(1.3))


def test_a_second_holds_no_request_that_is_a_whole_second_old() -> None:
    assert tool(poll("Idle", 0), poll("Idle", 1)).peak.count == 1
    assert tool(poll("Idle", 0), poll("Idle", 0.999999)).peak.count == 2


def test_the_peak_does_not_depend_on_the_order_of_the_answers() -> None:
    slow = replace(poll("Idle", 0.5), latency_us=3 * SECOND_US)
    assert tool(poll("Idle", 0), poll("Idle", 0.9), poll("Idle", 1.2), slow).peak == Peak(3, at(0.9))


def test_the_peak_is_that_of_the_present_polling() -> None:
    again = tool(*evenly(20, 18), note(Topic.POLLING_STOPPED, 2), note(Topic.POLLING_STARTED, 60), poll("Idle", 61))
    assert again.peak == Peak(1, at(61))


@pytest.mark.parametrize("back_s", [0.3, 0.5, 1, 3600])
def test_a_clock_set_back_makes_no_second_busier(back_s: float) -> None:
    before, after = evenly(90, 18), evenly(90, 18, 5 - back_s)
    counted = tool(*before, *after)
    assert counted.peak.count <= 19, "at most the one that was under way"
    assert all(sent.at_us <= at(5 - back_s + 5) for sent in counted.recent)
    assert [tally.start_us for tally in counted.tallies] == sorted(tally.start_us for tally in counted.tallies)


def test_stretches_count_what_was_sent_and_what_became_of_it() -> None:
    answers: list[str | FaultClass] = ["Idle", FaultClass.END, LIMITED, NETWORK, FaultClass.OURS]
    counted = tool(*[poll(answer, n) for n, answer in enumerate(answers)], poll("Idle", 12))
    assert counted.tallies == (
        Tally(START_US, sent=5, failed=3, limited=1),
        Tally(START_US + TALLY_US, sent=1),
    )


def test_a_late_answer_counts_where_its_request_was_sent() -> None:
    late = replace(poll(NETWORK, 9), latency_us=10 * SECOND_US)
    assert tool(poll("Idle", 8), poll("Idle", 11), late).tallies[0] == Tally(START_US, sent=2, failed=1)


def test_the_tallies_of_a_minute_are_kept() -> None:
    assert [tally.sent for tally in tool(*evenly(2_000, 18)).tallies] == [180] * (TALLIES_KEPT - 1) + [20]


def test_when_the_limit_was_last_hit() -> None:
    assert tool(poll("Idle", 1)).throttled_us == 0
    assert tool(poll(LIMITED, 1), poll(LIMITED, 5), poll("Idle", 6)).throttled_us == at(5) + 20_000


@pytest.mark.parametrize(("own", "strangers"), [(1, 1), (STRANGERS_BELOW, 1), (STRANGERS_BELOW + 1, 0), (18, 0)])
def test_who_is_limited_far_below_the_limit_is_not_alone(own: int, strangers: int) -> None:
    assert tool(*evenly(own - 1, 18, 5), poll(LIMITED, 5 + (own - 1) / 18)).strangers == strangers


@dataclass
class Counted:
    """The same facts, counted anew from all polls."""

    polls: list[Poll]

    @property
    def busiest(self) -> int:
        ends = [one.sent_us for one in self.polls]
        return max((sum(end - SECOND_US < sent <= end for sent in ends) for end in ends), default=0)


running = st.lists(st.integers(0, 400_000), max_size=60)
"""Pauses between requests, µs."""


@given(running, st.lists(st.integers(1_000, 900_000), min_size=60, max_size=60))
@example([50_000] * 40, [20_000] * 60)
def test_the_peak_is_right_however_late_the_answers_are(pauses: list[int], latencies: list[int]) -> None:
    sent_us, polls = START_US, []
    for pause_us, latency_us in zip(pauses, latencies, strict=False):
        sent_us += pause_us
        polls.append(replace(poll("Idle"), sent_us=sent_us, latency_us=latency_us))
    in_order_of_answers = sorted(polls, key=lambda one: one.at_us)
    assert tool(*in_order_of_answers).peak.count == Counted(polls).busiest


@given(histories)
def test_the_facts_agree_with_each_other_whatever_happens(entries: list[Entry]) -> None:
    facts = tool(*entries)
    starts = [tally.start_us for tally in facts.tallies]
    assert starts == sorted(set(starts))
    assert len(facts.tallies) <= TALLIES_KEPT
    assert all(tally.limited <= tally.failed <= tally.sent for tally in facts.tallies)
    assert facts.strangers <= facts.throttled <= facts.failures <= facts.polls
    assert facts.peak.count <= facts.polls
    assert len(facts.recent) <= min(RECENT_KEPT, facts.polls)
    assert bool(facts.recent) == bool(facts.polls)
