from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from statistics import fmean
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.core.entry import Reason
from tui.core.lifecycle import Life, Stage
from tui.core.schedule import CAP_US, LEAVING_GAP_US, MIN_GAP_US, Schedule, Turn
from tui.core.sojourn import Phase
from tui.core.task import TaskRef

SECOND_US = 1_000_000
SLOT_US = 55_556
"""18 slots a second."""

NEW = Stage()
IDLE, RUNNING, EXITED, ODD = (Stage(life, life.value) for life in (Life.IDLE, Life.IN_PROGRESS, Life.EXITED, Life.ODD))


def task(number: int) -> TaskRef:
    return TaskRef("ap-guangzhou", 1400000001, f"room-{number}")


TASKS = [task(number) for number in range(6)]


def waiting(*tasks: TaskRef) -> Schedule:
    """A schedule in which these wait for their first turns."""
    schedule = Schedule()
    for one in tasks:
        schedule.watch(one, NEW, 0, None)
    return schedule


def lapping(stages: list[Stage], rate_per_s: float = 18.0) -> Schedule:
    """A schedule that has been going round: the tasks were last asked one slot after the other."""
    schedule = Schedule(rate_per_s)
    for number, stage in enumerate(stages):
        schedule.watch(task(number), stage, 0, (number - len(stages)) * SLOT_US)
    return schedule


def take(schedule: Schedule, now_us: int) -> Turn:
    """The next turn, taken when it is due."""
    turn = schedule.next(now_us)
    assert turn is not None
    schedule.taken(turn, max(now_us, turn.at_us))
    return turn


def slots(schedule: Schedule, stages: dict[TaskRef, Stage], until_us: int) -> Iterator[tuple[int, Turn]]:
    """Ask in every slot in which somebody may be asked; each answer is there before the next slot."""
    for now_us in range(0, until_us, SLOT_US):
        turn = schedule.next(now_us)
        if turn is not None and turn.at_us <= now_us:
            schedule.taken(turn, now_us)
            yield now_us, turn
            schedule.answered(turn.task, stages[turn.task], now_us + SLOT_US // 2)


# Who comes first.


def test_nobody_is_next_where_nobody_waits() -> None:
    schedule = Schedule()
    assert schedule.next(0) is None
    schedule.rest(TASKS[0])
    assert schedule.next(0) is None
    assert (len(schedule), schedule.alive) == (1, 0)


def test_tasks_never_asked_are_asked_in_the_order_they_came() -> None:
    schedule = waiting(*TASKS)
    assert [take(schedule, 0) for _ in TASKS] == [Turn(one, Reason.BASE, 0) for one in TASKS]


def test_who_was_asked_longest_ago_goes_first_even_before_the_clock_began() -> None:
    schedule = Schedule()
    for number, seen_us in enumerate((-1_500_000, -3_500_000, -2_500_000)):
        schedule.watch(task(number), RUNNING, 0, seen_us)
    assert [take(schedule, 0).task for _ in range(3)] == [task(1), task(2), task(0)]


def test_a_new_task_goes_before_those_known() -> None:
    schedule = lapping([RUNNING] * 100)
    schedule.watch(task(100), NEW, 0, None)
    assert take(schedule, 0).task == task(100)


def test_a_wish_goes_before_what_is_to_be_asked_again_and_that_before_the_others() -> None:
    schedule = waiting(*TASKS[:3])
    schedule.again(TASKS[1], 0, Reason.CONFIRM)
    schedule.ask(TASKS[2])
    assert schedule.next(5) == Turn(TASKS[2], Reason.YOU, 5)
    take(schedule, 5)
    turns = [take(schedule, 5) for _ in range(2)]
    assert set(turns) == {Turn(TASKS[1], Reason.CONFIRM, 5), Turn(TASKS[0], Reason.BASE, 5)}


def test_what_is_asked_again_later_leaves_the_way_to_the_others() -> None:
    schedule = waiting(TASKS[0])
    schedule.again(TASKS[1], 100, Reason.CONFIRM)
    assert schedule.next(0) == Turn(TASKS[0], Reason.BASE, 0)
    assert schedule.next(100) == Turn(TASKS[1], Reason.CONFIRM, 100)


def test_when_nobody_is_ready_it_tells_who_will_be_first() -> None:
    schedule = waiting(*TASKS[:2])
    take(schedule, 0)
    take(schedule, 0)
    schedule.answered(TASKS[0], RUNNING, 90_000)
    assert schedule.next(100_000) == Turn(TASKS[0], Reason.BASE, MIN_GAP_US)
    schedule.again(TASKS[1], 500_000, Reason.CLOCK)
    assert schedule.next(100_000) == Turn(TASKS[1], Reason.CLOCK, 500_000)


# Ends of turns.


def test_a_task_under_way_is_not_asked_and_is_counted_once() -> None:
    schedule = waiting(*TASKS[:2])
    schedule.ask(TASKS[0])
    take(schedule, 0)
    schedule.ask(TASKS[0])
    assert schedule.alive == 2
    assert take(schedule, 0).task == TASKS[1]
    assert schedule.next(10 * SECOND_US) is None
    schedule.answered(TASKS[0], IDLE, SECOND_US)
    assert schedule.next(SECOND_US) == Turn(TASKS[0], Reason.YOU, SECOND_US)


def test_wishing_twice_is_wishing_once() -> None:
    schedule = waiting(TASKS[0])
    schedule.ask(TASKS[0])
    schedule.ask(TASKS[0])
    take(schedule, 0)
    schedule.answered(TASKS[0], IDLE, 0)
    assert schedule.next(0) == Turn(TASKS[0], Reason.BASE, MIN_GAP_US)


def test_nobody_asks_for_a_task_that_is_not_watched() -> None:
    schedule = Schedule()
    schedule.ask(TASKS[0])
    assert schedule.next(0) is None


@pytest.mark.parametrize(
    ("stage", "gap_us"), [(IDLE, MIN_GAP_US), (RUNNING, MIN_GAP_US), (ODD, MIN_GAP_US), (EXITED, LEAVING_GAP_US)]
)
def test_the_usual_gap_is_from_sending_to_sending(stage: Stage, gap_us: int) -> None:
    schedule = waiting(TASKS[0])
    take(schedule, 0)
    schedule.answered(TASKS[0], stage, 400_000)
    assert schedule.next(400_000) == Turn(TASKS[0], Reason.BASE, gap_us)


def test_a_rest_begins_with_the_answer() -> None:
    schedule = waiting(*TASKS[:2])
    take(schedule, 0)
    schedule.answered(TASKS[0], IDLE, 400_000, rest_us=30 * SECOND_US)
    take(schedule, 0)
    schedule.unseen(TASKS[1], 400_000, rest_us=20 * SECOND_US)
    schedule.focus(dict.fromkeys(TASKS, SECOND_US), 400_000)
    assert schedule.next(400_000) == Turn(TASKS[1], Reason.FOCUS, 20_400_000)
    schedule.forget(TASKS[1])
    assert schedule.next(400_000) == Turn(TASKS[0], Reason.FOCUS, 30_400_000)


def test_a_task_that_is_over_is_asked_only_when_wished() -> None:
    schedule = waiting(TASKS[0])
    schedule.focus({TASKS[0]: SECOND_US}, 0)
    schedule.rest(TASKS[0])
    assert schedule.next(3600 * SECOND_US) is None
    schedule.ask(TASKS[0])
    assert take(schedule, 7) == Turn(TASKS[0], Reason.YOU, 7)
    schedule.rest(TASKS[0])
    assert schedule.next(7) is None


def test_a_task_that_lives_again_has_its_turns_again() -> None:
    schedule = waiting(TASKS[0])
    schedule.rest(TASKS[0])
    schedule.ask(TASKS[0])
    take(schedule, 0)
    schedule.answered(TASKS[0], RUNNING, 0)
    assert schedule.alive == 1
    assert schedule.next(0) == Turn(TASKS[0], Reason.BASE, MIN_GAP_US)


@pytest.mark.parametrize(
    "end",
    [
        partial(Schedule.answered, task=TASKS[0], stage=IDLE, now_us=0),
        partial(Schedule.unseen, task=TASKS[0], now_us=0, rest_us=0),
        partial(Schedule.again, task=TASKS[0], at_us=0, reason=Reason.CONFIRM),
        partial(Schedule.rest, task=TASKS[0]),
    ],
    ids=["answered", "unseen", "again", "rest"],
)
def test_a_task_forgotten_under_way_is_gone_and_stays_so(end: Callable[[Schedule], None]) -> None:
    schedule = waiting(TASKS[0])
    take(schedule, 0)
    schedule.forget(TASKS[0])
    end(schedule)
    assert TASKS[0] not in schedule
    assert schedule.next(3600 * SECOND_US) is None
    schedule.watch(TASKS[0], NEW, 0, None)
    assert schedule.next(0) == Turn(TASKS[0], Reason.BASE, 0)


@pytest.mark.parametrize("answered", [True, False])
def test_a_task_forgotten_under_way_and_watched_again_waits_for_the_old_answer_but_not_for_ever(
    *, answered: bool
) -> None:
    schedule = waiting(TASKS[0])
    take(schedule, 0)
    schedule.forget(TASKS[0])
    schedule.watch(TASKS[0], NEW, SECOND_US, None)
    schedule.ask(TASKS[0])
    turn = schedule.next(SECOND_US)
    assert turn is not None
    assert 10 * SECOND_US < turn.at_us <= 30 * SECOND_US
    if answered:
        schedule.answered(TASKS[0], IDLE, 2 * SECOND_US)
        assert take(schedule, 2 * SECOND_US).at_us == 2 * SECOND_US
    else:
        assert take(schedule, turn.at_us).task == TASKS[0]
    assert schedule.next(60 * SECOND_US) is None


# Learning.


def learned_s(schedule: Schedule, life: Life) -> float:
    return schedule._sojourns.mean_s(Phase(life))


def test_it_learns_from_looks_and_counts_half_of_the_time_in_which_a_change_happened() -> None:
    schedule = Schedule()
    schedule.watch(TASKS[0], IDLE, 0, -10 * SECOND_US)
    take(schedule, 0)
    schedule.unseen(TASKS[0], SECOND_US, rest_us=0)
    take(schedule, 10 * SECOND_US)
    schedule.answered(TASKS[0], IDLE, 11 * SECOND_US)
    assert learned_s(schedule, Life.IDLE) == pytest.approx((90 + 20) / 3)
    take(schedule, 20 * SECOND_US)
    schedule.answered(TASKS[0], RUNNING, 21 * SECOND_US)
    assert learned_s(schedule, Life.IDLE) == pytest.approx((90 + 20 + 5) / 4)


def test_an_end_counts_up_to_the_first_sign_of_it() -> None:
    schedule = Schedule()
    schedule.watch(TASKS[0], EXITED, 0, -10 * SECOND_US)
    take(schedule, 0)
    schedule.again(TASKS[0], SECOND_US, Reason.CONFIRM)
    take(schedule, 60 * SECOND_US)
    schedule.rest(TASKS[0])
    assert learned_s(schedule, Life.EXITED) == pytest.approx((18 + 5) / 4)


def test_a_false_alarm_is_no_change() -> None:
    schedule = Schedule()
    schedule.watch(TASKS[0], EXITED, 0, -10 * SECOND_US)
    take(schedule, 0)
    schedule.again(TASKS[0], SECOND_US, Reason.CONFIRM)
    take(schedule, SECOND_US)
    schedule.answered(TASKS[0], EXITED, SECOND_US)
    assert learned_s(schedule, Life.EXITED) == pytest.approx((18 + 11) / 3)


def test_what_was_over_and_is_put_to_rest_again_teaches_nothing() -> None:
    schedule = Schedule()
    schedule.watch(TASKS[0], RUNNING, 0, -10 * SECOND_US)
    schedule.rest(TASKS[0])
    schedule.ask(TASKS[0])
    take(schedule, 0)
    schedule.rest(TASKS[0])
    assert learned_s(schedule, Life.IN_PROGRESS) == 3600


# Held.


def test_a_held_task_is_asked_only_when_wished() -> None:
    schedule = lapping([RUNNING] * 2)
    schedule.focus({task(0): SECOND_US}, 0)
    schedule.hold(task(0))
    assert schedule.alive == 1
    assert {turn.task for _, turn in slots(schedule, {task(1): RUNNING}, 20 * SECOND_US)} == {task(1)}
    schedule.ask(task(0))
    assert take(schedule, 21 * SECOND_US) == Turn(task(0), Reason.YOU, 21 * SECOND_US)
    schedule.answered(task(0), IDLE, 21 * SECOND_US)
    assert {turn.task for _, turn in slots(schedule, {task(1): RUNNING}, 20 * SECOND_US)} <= {task(1)}


def test_a_released_task_is_asked_soon() -> None:
    schedule = lapping([RUNNING] * 100)
    schedule.hold(task(50))
    stages = dict.fromkeys(map(task, range(100)), RUNNING)
    assert all(turn.task != task(50) for _, turn in slots(schedule, stages, 60 * SECOND_US))
    schedule.release(task(50), 60 * SECOND_US)
    assert take(schedule, 60 * SECOND_US + SLOT_US).task == task(50)


def test_what_a_held_task_was_to_be_asked_again_waits_for_its_release() -> None:
    schedule = waiting(TASKS[0])
    schedule.again(TASKS[0], 100, Reason.CONFIRM)
    schedule.hold(TASKS[0])
    assert schedule.next(200) is None
    schedule.release(TASKS[0], 300)
    assert schedule.next(300) == Turn(TASKS[0], Reason.CONFIRM, 300)


def test_releasing_who_is_not_held_changes_nothing() -> None:
    schedule = waiting(TASKS[0])
    take(schedule, 0)
    schedule.answered(TASKS[0], IDLE, 0)
    schedule.release(TASKS[0], 10)
    assert schedule.next(10) == Turn(TASKS[0], Reason.BASE, MIN_GAP_US)


# Lanes.


@pytest.mark.parametrize("count", [10, 1_000, 10_000])
@pytest.mark.parametrize("latency_us", [1, 300_000])
def test_who_is_looked_at_is_asked_at_its_interval_however_many_others_there_are(count: int, latency_us: int) -> None:
    schedule = lapping([RUNNING] * count)
    every_us = {task(0): SECOND_US} | dict.fromkeys(map(task, range(1, 6)), 3 * SECOND_US)
    schedule.focus(every_us, 0)
    sent_us: dict[TaskRef, list[int]] = {one: [] for one in every_us}
    under_way: list[tuple[int, TaskRef]] = []
    for now_us in range(0, 120 * SECOND_US, SLOT_US):
        while under_way and under_way[0][0] <= now_us:
            schedule.answered(under_way.pop(0)[1], RUNNING, now_us)
        turn = schedule.next(now_us)
        if turn is not None and turn.at_us <= now_us:
            schedule.taken(turn, now_us)
            under_way.append((now_us + latency_us, turn.task))
            sent_us.get(turn.task, []).append(now_us)
    for one, interval_us in every_us.items():
        gaps_us = [later - earlier for earlier, later in pairwise(sent_us[one])]
        assert fmean(gaps_us) <= 1.055 * interval_us
        assert max(gaps_us) <= interval_us + 6 * SLOT_US


def test_focus_replaces_what_was_looked_at_before_and_knows_those_that_come_later() -> None:
    schedule = lapping([RUNNING] * 1_000)
    late = task(1_000)
    schedule.focus({task(999): SECOND_US}, 0)
    schedule.focus({late: SECOND_US}, 0)
    schedule.watch(late, RUNNING, 0, 0)
    stages = dict.fromkeys(map(task, range(1_001)), RUNNING)
    turns = [turn for _, turn in slots(schedule, stages, 10 * SECOND_US)]
    assert {turn.task for turn in turns if turn.reason is Reason.FOCUS} == {late}
    assert [turn.task for turn in turns].count(late) >= 9
    assert [turn.task for turn in turns].count(task(999)) <= 1


@given(st.integers(0, 40), st.integers(1, 3), st.integers(2, 40))
@settings(max_examples=40, deadline=None)
def test_lanes_get_three_slots_of_four_at_most_and_a_wish_waits_for_one(
    stale: int, wished_every: int, count: int
) -> None:
    """With everything there is at once: old data, tasks never asked, focus, and somebody who hammers `r`."""
    schedule, lanes, waited = lapping([RUNNING] * count), 0, 0
    for number in range(count, count + stale):
        schedule.watch(task(number), RUNNING, 0, -3600 * SECOND_US)
    for number in range(count + stale, count + 400):
        schedule.watch(task(number), NEW, 0, None)
    schedule.focus(dict.fromkeys(map(task, range(count)), SECOND_US), 0)
    for slot in range(400):
        now_us = slot * SLOT_US
        turn = schedule.next(now_us)
        assert turn is not None
        shares, wishes = schedule._waiting._shares.first(now_us), len(schedule._asked)
        lanes = 0 if turn.reason is Reason.BASE and turn.task == shares else lanes + 1
        waited = waited + 1 if wishes and turn.reason is not Reason.YOU else 0
        assert lanes <= 3 or shares is None
        assert waited <= 1
        schedule.taken(turn, now_us)
        schedule.answered(turn.task, RUNNING, now_us)
        if slot % wished_every == 0:
            schedule.ask(task(slot % count))


mixes = st.lists(st.sampled_from([IDLE, RUNNING, RUNNING, EXITED, ODD]), min_size=1, max_size=120)
looks = st.lists(st.sampled_from([SECOND_US, 3 * SECOND_US]), max_size=20).filter(
    lambda intervals: sum(SECOND_US / one for one in intervals) <= 9
)


def oldest_us(schedule: Schedule, mix: list[Stage], wishes: list[TaskRef], until_us: int) -> int:
    """The longest time between two questions about any task, or from the last one to the end."""
    stages = {task(number): stage for number, stage in enumerate(mix)}
    last_us = {one: (number - len(mix)) * SLOT_US for number, one in enumerate(stages)}
    oldest = 0
    for one in wishes:
        schedule.ask(one)
    for now_us, turn in slots(schedule, stages, until_us):
        oldest = max(oldest, now_us - last_us[turn.task])
        last_us[turn.task] = now_us
        for one in wishes:
            schedule.ask(one)
    return max(oldest, until_us - min(last_us.values()))


@given(mixes, looks)
@settings(max_examples=40, deadline=None)
def test_nobody_starves_whoever_is_looked_at(mix: list[Stage], intervals_us: list[int]) -> None:
    """The cap is max(cap, 2N/rate) of the rate that focus leaves."""
    schedule = lapping(mix)
    schedule.focus({task(number): every_us for number, every_us in enumerate(intervals_us)}, 0)
    focus_per_s = sum(SECOND_US / every_us for every_us in intervals_us)
    cap_us = max(CAP_US, 2 * len(mix) / (18 - focus_per_s) * SECOND_US)
    assert schedule.cap_us_now == pytest.approx(cap_us, abs=1)
    assert oldest_us(schedule, mix, [], 6 * round(cap_us)) <= cap_us


@given(mixes, looks, st.integers(1, 8))
@settings(max_examples=40, deadline=None)
def test_nobody_starves_though_every_lane_is_full(mix: list[Stage], intervals_us: list[int], wishes: int) -> None:
    """Who hammers `r` takes every other slot, for as long as it lasts: 2N over the half that is left, and a fifth."""
    schedule = lapping(mix)
    schedule.focus({task(number): every_us for number, every_us in enumerate(intervals_us)}, 0)
    cap_us = max(CAP_US, 2 * len(mix) / 9 * SECOND_US)
    wished = [task(number % len(mix)) for number in range(wishes)]
    assert oldest_us(schedule, mix, wished, 6 * round(cap_us)) <= 1.2 * cap_us


def test_old_data_go_first_with_their_own_reason() -> None:
    schedule = lapping([RUNNING] * 100)
    schedule.watch(task(100), RUNNING, 0, -60 * SECOND_US)
    assert take(schedule, 0) == Turn(task(100), Reason.STALE, 0)


def test_few_tasks_are_asked_every_second_whatever_their_state() -> None:
    mix = [RUNNING] * 8 + [IDLE] * 8
    schedule = lapping(mix)
    assert oldest_us(schedule, mix, [], 60 * SECOND_US) <= MIN_GAP_US + 2 * SLOT_US


def test_no_slot_stays_unused_while_somebody_may_be_asked() -> None:
    schedule = lapping([RUNNING] * 30)
    stages = dict.fromkeys(map(task, range(30)), RUNNING)
    used = sum(1 for _ in slots(schedule, stages, 100 * SLOT_US))
    assert used == 100


def test_thousands_at_once_are_asked_one_after_the_other_and_nobody_in_a_hurry_waits_behind_the_crowd() -> None:
    schedule, count = Schedule(), 2_000
    stages = {task(number): IDLE if number % 50 == 0 else RUNNING for number in range(count)}
    for one in stages:
        schedule.watch(one, NEW, 0, None)
    asked_us: dict[TaskRef, list[int]] = {}
    for now_us, turn in slots(schedule, stages, 400 * SECOND_US):
        asked_us.setdefault(turn.task, []).append(now_us)
    assert list(asked_us) == list(stages), "in the order they came"
    gaps_us = [
        later - earlier
        for one, stage in stages.items()
        if stage is IDLE
        for earlier, later in pairwise(asked_us[one])
        if earlier >= 150 * SECOND_US
    ]
    assert max(gaps_us) <= 1.5 * fmean(gaps_us)


# Cost.


def come_and_go(count: int) -> float:
    """Seconds of CPU it takes so many tasks to be added, asked twice each, and forgotten."""
    tasks = [task(number) for number in range(count)]
    began = process_time()
    schedule = waiting(*tasks)
    for now_us in range(0, 2 * count * SLOT_US, SLOT_US):
        schedule.answered(take(schedule, now_us).task, RUNNING, now_us)
    for one in tasks:
        schedule.forget(one)
    took = process_time() - began
    assert schedule.next(0) is None
    return took


def test_ten_times_the_tasks_cost_ten_times_the_work_or_little_more() -> None:
    few, many = (min(come_and_go(count) for _ in range(3)) for count in (1_000, 10_000))
    assert many < 40 * few, "quadratic would be a hundredfold"
