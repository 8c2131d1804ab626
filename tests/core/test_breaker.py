import random
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.breaker import LONGEST_PAUSE_US, Breaker
from tui.core.task import TaskRef

SECOND_US = 1_000_000
TASKS = [TaskRef("ap-guangzhou", 1400000001, f"room-{number}") for number in range(20)]
chances = st.floats(0, 1, exclude_max=True)


def tripped(now_us: int = 0, chance: float = 0.0) -> Breaker:
    breaker = Breaker()
    for task in TASKS[:3]:
        breaker.failed(task, now_us, len(TASKS), chance)
    assert breaker.open
    return breaker


def outage(seconds: float, chance: random.Random) -> tuple[int, float]:
    """An outage of so long: how many requests it costs, and how long after its end the first one gets through, s."""
    breaker, now_us, requests = Breaker(), 0, 0
    while not breaker.open:
        breaker.failed(TASKS[requests], now_us, len(TASKS), chance.random())
        requests += 1
        now_us += 55_556
    while breaker.probe_us is not None and breaker.probe_us <= seconds * SECOND_US:
        now_us = breaker.probe_us
        breaker.probing(TASKS[0])
        breaker.failed(TASKS[0], now_us, len(TASKS), chance.random())
        requests += 1
    assert breaker.probe_us is not None
    return requests, breaker.probe_us / SECOND_US - seconds


def test_three_failures_in_a_row_on_three_tasks_trip_it() -> None:
    breaker = Breaker()
    for task in TASKS[:2]:
        breaker.failed(task, 0, len(TASKS), 0)
    assert not breaker.open
    assert breaker.probe_us is None
    breaker.failed(TASKS[2], 0, len(TASKS), 0)
    assert breaker.open


def test_one_sick_task_among_many_does_not_trip_it() -> None:
    breaker = Breaker()
    for _ in range(100):
        breaker.failed(TASKS[0], 0, len(TASKS), 0)
    assert not breaker.open


@pytest.mark.parametrize("alive", [0, 1, 2])
def test_where_there_are_few_tasks_their_failures_are_enough(alive: int) -> None:
    breaker = Breaker()
    for number in range(3):
        assert not breaker.open
        breaker.failed(TASKS[number % max(1, alive)], 0, alive, 0)
    assert breaker.open


@given(st.lists(st.sampled_from(TASKS), max_size=40))
def test_an_answer_in_between_starts_the_count_anew(failing: list[TaskRef]) -> None:
    breaker = Breaker()
    for number, task in enumerate(failing):
        breaker.failed(task, 0, len(TASKS), 0)
        if number % 2:
            assert not breaker.worked()
    assert not breaker.open


@given(st.lists(chances, min_size=1, max_size=12))
def test_pauses_double_and_are_half_to_all_of_it(draws: list[float]) -> None:
    breaker, now_us, pause_us = tripped(0, draws[0]), 0, SECOND_US
    for chance in [*draws[1:], 0.0]:
        probe_us = breaker.probe_us
        assert probe_us is not None
        assert pause_us // 2 <= probe_us - now_us <= pause_us
        now_us, pause_us = probe_us, min(2 * pause_us, LONGEST_PAUSE_US)
        breaker.probing()
        assert breaker.probe_us is None, "one probe at a time"
        breaker.failed(TASKS[0], now_us, len(TASKS), chance)


@given(st.lists(st.sampled_from(TASKS), max_size=30))
def test_what_was_under_way_when_it_tripped_lengthens_nothing(late: list[TaskRef]) -> None:
    breaker = tripped()
    probe_us = breaker.probe_us
    for task in late:
        breaker.failed(task, 100_000, len(TASKS), 0.9)
    assert breaker.probe_us == probe_us


def test_nor_does_it_while_the_probe_is_under_way() -> None:
    breaker = tripped()
    breaker.probing(TASKS[7])
    breaker.failed(TASKS[3], SECOND_US, len(TASKS), 0)
    assert breaker.probe_us is None
    breaker.failed(TASKS[7], SECOND_US, len(TASKS), 0)
    assert breaker.probe_us == 2 * SECOND_US


def test_an_answer_closes_it_and_says_so_once() -> None:
    breaker = tripped()
    breaker.probing()
    assert breaker.worked()
    assert not breaker.open
    assert breaker.probe_us is None
    assert not breaker.worked()
    again = tripped()
    assert again.probe_us == SECOND_US // 2, "the next outage begins with the first pause"


def test_ten_minutes_of_outage_cost_thirty_one_requests_and_half_a_minute_of_blindness_at_most() -> None:
    """The figures of polling.md §2."""
    chance = random.Random(11)
    outages = [outage(chance.uniform(570, 630), chance) for _ in range(2_000)]
    blind_s = [blind for _, blind in outages]
    assert fmean(count for count, _ in outages) == pytest.approx(31, rel=0.2)
    assert fmean(blind_s) == pytest.approx(10.7, rel=0.2)
    assert max(blind_s) <= LONGEST_PAUSE_US / SECOND_US
