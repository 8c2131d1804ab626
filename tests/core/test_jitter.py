from collections import deque
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tui.core.jitter import Jitter

SLICE_US = 10_000_000
steps = st.tuples(st.sampled_from([0, 50_000, 3_000_000, 40_000_000]), st.integers(1, 500_000))


@given(st.lists(steps, min_size=1, max_size=300))
def test_it_is_the_percentile_of_the_last_five_minutes(steps: list[tuple[int, int]]) -> None:
    jitter, kept, now_us = Jitter(one_in=1_000), deque[tuple[int, int]](), 0
    for pause_us, rtt_us in steps:
        now_us += pause_us
        jitter.add(now_us, rtt_us)
        kept.append((now_us // SLICE_US, rtt_us))
        while kept[0][0] <= now_us // SLICE_US - 30:
            kept.popleft()
        rtts = [one for _, one in kept]
        assert jitter.count == len(rtts)
        assert jitter.span_us == max(rtts) - min(rtts), "of fewer than a thousand it is the longest"


@given(st.integers(0, 1 << 32), st.integers(1_000, 7_500))
@settings(max_examples=15, deadline=None)
def test_one_in_a_thousand_may_be_longer(seed: int, count: int) -> None:
    chance = Random(seed)
    jitter, rtts = Jitter(one_in=1_000), [chance.randrange(1_000_000) for _ in range(count)]
    for number, rtt_us in enumerate(rtts):
        jitter.add(number * 40_000, rtt_us)
    assert jitter.span_us == sorted(rtts)[-(count // 1_000) - 1] - min(rtts)


def test_one_slow_answer_is_forgiven_after_a_thousand_others() -> None:
    jitter = Jitter(one_in=1_000)
    jitter.add(0, 900_000)
    for number in range(998):
        jitter.add(number, 50_000 + number % 10)
    assert jitter.span_us == 850_000
    jitter.add(1_000, 50_000)
    assert jitter.span_us == 9


def test_an_old_slow_answer_is_forgotten() -> None:
    jitter = Jitter(one_in=1_000)
    jitter.add(0, 900_000)
    jitter.add(1, 50_000)
    jitter.add(299_000_000, 50_000)
    assert jitter.span_us == 850_000
    jitter.add(300_000_000, 50_000)
    assert jitter.span_us == 0
