import math
from bisect import bisect_left

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.budget import ENOUGH, LIMIT_PER_S, STEADY_PER_S, Budget, staleness_us
from tui.core.schedule import MIN_GAP_US

SECOND_US = 1_000_000
CALM_US = 30_000
"""A round trip."""


def answer(budget: Budget, from_us: int, seconds: float, jitter_us: int = 0) -> int:
    """Answers for so long, 18 a second, every 100th of which is late by so much; tells when it is then."""
    for number in range(int(seconds * 18)):
        late_us = jitter_us if number % 100 == 50 else 0
        budget.answered(from_us + number * SECOND_US // 18, CALM_US + late_us)
    return from_us + int(seconds * SECOND_US)


def busiest_second(times_us: list[int]) -> int:
    """The most times that any half-open second holds."""
    times_us = sorted(times_us)
    return max((bisect_left(times_us, t + SECOND_US) - i for i, t in enumerate(times_us)), default=0)


def test_it_begins_at_eighteen_and_goes_to_nineteen_where_the_way_is_steady() -> None:
    budget = Budget()
    assert budget.rate_per_s(0) == 18
    now_us = answer(budget, 0, 9)
    assert budget.rate_per_s(now_us) == 18
    now_us = answer(budget, now_us, 61)
    assert budget.rate_per_s(now_us) == pytest.approx(18.6, abs=0.11)
    now_us = answer(budget, now_us, 600)
    assert budget.rate_per_s(now_us) == 19


def test_jitter_bounds_it_at_once() -> None:
    budget = Budget()
    now_us = answer(budget, 0, 120, jitter_us=250_000)
    assert budget.jitter_us == 250_000
    assert budget.rate_per_s(now_us) == pytest.approx(16)


def test_jitter_is_not_believed_before_there_are_enough_answers() -> None:
    budget = Budget()
    for number in range(ENOUGH - 1):
        budget.answered(number * 50_000, 500_000 if number < 3 else CALM_US)
    assert budget.jitter_us is None
    assert budget.rate_per_s(SECOND_US) == 18
    budget.answered(ENOUGH * 50_000, CALM_US)
    assert budget.rate_per_s(SECOND_US) == pytest.approx(LIMIT_PER_S / 1.47)


def test_single_late_answers_take_only_what_is_above_eighteen() -> None:
    budget = Budget(start_per_s=19)
    for number in range(5_000):
        budget.answered(number * 55_000, 2_000_000 if number % 500 == 250 else CALM_US)
    assert budget.rate_per_s(5_000 * 55_000) == STEADY_PER_S


def test_being_late_at_the_send_is_jitter_too() -> None:
    budget = Budget(start_per_s=19, late_us=250_000)
    now_us = answer(budget, 0, 60)
    assert budget.rate_per_s(now_us) == pytest.approx(16)


def test_once_the_jitter_is_old_it_rises_slowly() -> None:
    budget = Budget()
    now_us = answer(budget, 0, 60, jitter_us=250_000)
    now_us = answer(budget, now_us, 300)
    low = budget.rate_per_s(now_us)
    now_us = answer(budget, now_us, 100)
    assert low < budget.rate_per_s(now_us) <= low + 1.1
    now_us = answer(budget, now_us, 600)
    assert budget.rate_per_s(now_us) == 19


def test_a_burst_of_throttled_answers_counts_once_and_is_forgiven_slowly() -> None:
    budget = Budget()
    now_us = answer(budget, 0, 5)
    for late_us in (0, 100_000, 999_999):
        budget.throttled(now_us + late_us)
    assert budget.rate_per_s(now_us) == pytest.approx(18 * 0.9)
    budget.throttled(now_us + SECOND_US)
    assert budget.rate_per_s(now_us) == pytest.approx(18 * 0.81)
    now_us = answer(budget, now_us + SECOND_US, 60.5)
    assert budget.rate_per_s(now_us) == pytest.approx(18 * 0.81 + 0.5, abs=0.11)


def test_throttling_goes_down_to_ten_and_no_further() -> None:
    budget = Budget()
    for number in range(50):
        budget.throttled(number * 2 * SECOND_US)
    assert budget.rate_per_s(100 * SECOND_US) == 10


@pytest.mark.parametrize("rate", [9.0, 19.0])
def test_a_ceiling_that_is_asked_for_is_where_it_begins_and_stays(rate: float) -> None:
    budget = Budget(rate, rate)
    assert budget.rate_per_s(0) == rate
    now_us = answer(budget, 0, 300)
    assert budget.rate_per_s(now_us) == rate


def test_idle_time_proves_nothing() -> None:
    budget = Budget()
    now_us = answer(budget, 0, 15)
    before = budget.rate_per_s(now_us)
    assert budget.rate_per_s(now_us + 3600 * SECOND_US) == before
    budget.answered(now_us + 3600 * SECOND_US, CALM_US)
    assert budget.rate_per_s(now_us + 3600 * SECOND_US) <= before + 0.1001


def test_after_an_outage_it_begins_slowly() -> None:
    budget = Budget()
    budget.reopen(0)
    rates = [budget.rate_per_s(second * SECOND_US) for second in (0, 4, 5, 10, 15, 20, 3600)]
    assert rates == [2, 2, 4, 8, 16, 18, 18]


@given(st.floats(0.5, 20), st.integers(0, 100 * SECOND_US))
def test_the_spacing_never_exceeds_the_rate(rate: float, now_us: int) -> None:
    budget = Budget(rate, rate)
    assert isinstance(budget.interval_us(now_us), int)
    assert budget.interval_us(now_us) * budget.rate_per_s(now_us) >= SECOND_US * (1 - 1e-12)


events = st.tuples(
    st.sampled_from(["answer", "late", "throttled", "reopen"]), st.sampled_from([0, 50_000, 1_000_000, 11_000_000])
)


@given(st.floats(1, 20), st.floats(1, 20), st.lists(events, max_size=60))
def test_it_stays_within_its_bounds_whatever_happens(
    start: float, ceiling: float, events: list[tuple[str, int]]
) -> None:
    budget, now_us = Budget(start, ceiling), 0
    for what, pause_us in events:
        now_us += pause_us
        match what:
            case "answer":
                answer(budget, now_us, 12)
            case "late":
                answer(budget, now_us, 12, jitter_us=3 * SECOND_US)
            case "throttled":
                budget.throttled(now_us)
            case _:
                budget.reopen(now_us)
        rate = budget.rate_per_s(now_us)
        assert min(2, start, ceiling) <= rate <= ceiling
        steady = budget.rate_per_s(now_us + 3600 * SECOND_US)
        assert min(10, start, ceiling) <= steady <= ceiling


@given(st.integers(0, 1_000_000), st.data())
def test_no_second_at_the_server_holds_more_than_twenty(jitter_us: int, data: st.DataObject) -> None:
    """What the rate is for: evenly spaced requests, each on its way for up to the jitter longer than the quickest."""
    budget = Budget(19, 19)
    answer(budget, 0, 60, jitter_us)
    interval_us = budget.interval_us(60 * SECOND_US)
    ways_us = data.draw(st.lists(st.sampled_from([0, jitter_us, jitter_us // 2]), min_size=60, max_size=60))
    assert busiest_second([number * interval_us + way_us for number, way_us in enumerate(ways_us)]) <= LIMIT_PER_S


@given(st.integers(0, 100_000), st.floats(0.1, 20))
def test_staleness_is_what_so_many_tasks_leave_to_each(alive: int, rate: float) -> None:
    if alive == 0:
        assert staleness_us(alive, rate) == 0
    else:
        assert staleness_us(alive, rate) == max(MIN_GAP_US, math.ceil(alive / rate * SECOND_US))
    assert staleness_us(alive, rate) <= staleness_us(alive + 20, rate)
    assert staleness_us(alive, 0) == 0
