from bisect import bisect_left

from hypothesis import given
from hypothesis import strategies as st

from tui.core.spacing import RATE_PER_S, SLACK_US, Spacing

SECOND_US = 1_000_000
JITTER_US = 106_000
"""What the head of `core.spacing` promises to bear on the way to the server."""


def busiest_second(times_us: list[int]) -> int:
    """The most times that any half-open second holds."""
    times_us = sorted(times_us)
    return max((bisect_left(times_us, t + SECOND_US) - i for i, t in enumerate(times_us)), default=0)


def send(late_us: list[int], pauses_us: dict[int, int] | None = None) -> list[int]:
    """When requests leave whose senders wake up so late each; before some, all are told to pause."""
    spacing, now_us, times_us = Spacing(), 0, []
    for index, late in enumerate(late_us):
        if pauses_us and index in pauses_us:
            spacing.pause(now_us + pauses_us[index])
        now_us = max(now_us, spacing.free_us) + late
        spacing.use(now_us)
        times_us.append(now_us)
    return times_us


lateness = st.integers(0, SLACK_US) | st.integers(0, 3 * SECOND_US)


@given(st.lists(lateness, max_size=80))
def test_no_second_holds_more_than_a_burst_of_one_allows(late_us: list[int]) -> None:
    assert busiest_second(send(late_us)) <= RATE_PER_S + 1


@given(st.lists(st.tuples(st.sampled_from([0, 100, SLACK_US, 70_000]), st.integers(0, JITTER_US)), max_size=80))
def test_no_second_at_the_server_holds_more_than_twenty(trips: list[tuple[int, int]]) -> None:
    sent_us = send([late_us for late_us, _ in trips])
    assert busiest_second([t + jitter_us for t, (_, jitter_us) in zip(sent_us, trips, strict=True)]) <= 20


def test_the_worst_jitter_is_borne_and_no_more() -> None:
    sent_us = send([SLACK_US] + [0] * 40)

    def arrivals(jitter_us: int) -> list[int]:
        return [max(t, sent_us[0] + jitter_us) for t in sent_us]

    assert busiest_second(arrivals(JITTER_US)) == 20
    assert busiest_second(arrivals(JITTER_US + 1_000)) == 21


@given(st.lists(st.integers(0, SLACK_US), min_size=200, max_size=200))
def test_waking_a_little_late_costs_no_rate(late_us: list[int]) -> None:
    times_us = send(late_us)
    assert (len(times_us) - 1) * SECOND_US / (times_us[-1] - times_us[0]) >= 17.5


@given(st.integers(0, 10**9))
def test_idle_time_earns_no_credit(idle_us: int) -> None:
    times_us = send([0, idle_us, 0, 0])
    assert times_us[3] - times_us[2] >= Spacing().interval_us - SLACK_US


@given(st.dictionaries(st.integers(0, 29), st.integers(0, 60 * SECOND_US), max_size=5))
def test_nothing_is_sent_in_a_pause(pauses_us: dict[int, int]) -> None:
    times_us = send([0] * 30, pauses_us)
    for index, pause_us in pauses_us.items():
        begun_us = times_us[index - 1] if index else 0
        assert times_us[index] >= begun_us + pause_us
    assert busiest_second(times_us) <= RATE_PER_S + 1


def test_a_shorter_pause_does_not_end_a_longer_one() -> None:
    spacing = Spacing()
    spacing.pause(10 * SECOND_US)
    spacing.pause(SECOND_US)
    assert spacing.free_us == 10 * SECOND_US
