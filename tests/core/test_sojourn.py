import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.lifecycle import Life
from tui.core.sojourn import PRIOR_S, REMEMBERED, Phase, Sojourns, phase_of


def learned(life: Life, mean_s: float, every_s: float, lives: int) -> float:
    """What is learned from so many stays of that mean, looked at in that interval. The first look finds them some time
    after they began, which tells nothing of what is left."""
    chance, sojourns = random.Random(7), Sojourns()
    for _ in range(lives):
        for _ in range(int(chance.expovariate(1 / mean_s) / every_s)):
            sojourns.stayed(Phase(life), every_s)
        sojourns.left(Phase(life), every_s)
    return sojourns.mean_s(Phase(life))


@pytest.mark.parametrize("life", [Life.IDLE, Life.IN_PROGRESS, Life.EXITED, Life.ODD])
def test_before_anything_is_seen_the_prior_holds(life: Life) -> None:
    assert Sojourns().mean_s(Phase(life)) == PRIOR_S[life]


def test_a_task_never_seen_counts_as_one_that_is_idle() -> None:
    assert Sojourns().stride(Phase(Life.NEW)) == Sojourns().stride(Phase(Life.IDLE))


@pytest.mark.parametrize("mean_s", [3.0, 30.0, 300.0])
@pytest.mark.parametrize("looks", [0.1, 0.5, 1.0])
def test_the_mean_is_learned_whatever_the_interval_of_looks(mean_s: float, looks: float) -> None:
    assert learned(Life.IDLE, mean_s, looks * mean_s, 2_000) == pytest.approx(mean_s, rel=0.15)


def test_a_night_without_a_look_hardly_changes_what_is_known() -> None:
    sojourns = Sojourns()
    sojourns.left(Phase(Life.IDLE), 8 * 3600)
    assert sojourns.mean_s(Phase(Life.IDLE)) == pytest.approx(30)


def test_the_past_is_forgotten() -> None:
    sojourns = Sojourns()
    for mean_s in (100.0, 10.0):
        for _ in range(int(4 * REMEMBERED)):
            sojourns.stayed(Phase(Life.IDLE), mean_s)
            sojourns.left(Phase(Life.IDLE), 0)
    assert sojourns.mean_s(Phase(Life.IDLE)) < 20


@pytest.mark.parametrize(
    ("life", "age_s", "age"),
    [
        (Life.IDLE, 29, 0),
        (Life.IDLE, 31, 1),
        (Life.IDLE, 91, 2),
        (Life.IN_PROGRESS, 3_599, 0),
        (Life.IN_PROGRESS, 3_601, 1),
        (Life.IN_PROGRESS, 10_801, 2),
        (Life.IN_PROGRESS, 10**9, 2),
        (Life.IN_PROGRESS, -5, 0),
    ],
)
def test_a_life_that_lasts_becomes_another_phase(life: Life, age_s: int, age: int) -> None:
    assert phase_of(life, age_s * 1_000_000) == Phase(life, age)


def test_those_who_stay_longer_are_learned_apart() -> None:
    sojourns = Sojourns()
    for _ in range(1_000):
        sojourns.stayed(Phase(Life.IDLE, 2), 300)
        sojourns.left(Phase(Life.IDLE, 2), 10)
    assert sojourns.mean_s(Phase(Life.IDLE)) == PRIOR_S[Life.IDLE]
    assert sojourns.mean_s(Phase(Life.IDLE, 2)) == pytest.approx(305, rel=0.05)


def test_of_those_who_stay_longer_it_is_first_assumed_what_is_known_of_the_others() -> None:
    sojourns = Sojourns()
    for _ in range(1_000):
        sojourns.stayed(Phase(Life.IDLE), 300)
        sojourns.left(Phase(Life.IDLE), 0)
    assert sojourns.mean_s(Phase(Life.IDLE, 2)) == sojourns.mean_s(Phase(Life.IDLE)) > 250


@given(
    st.lists(st.tuples(st.sampled_from(Life), st.integers(0, 10**12), st.booleans(), st.floats(0, 1e6)), max_size=50)
)
def test_a_stride_is_always_positive(seen: list[tuple[Life, int, bool, float]]) -> None:
    sojourns = Sojourns()
    for life, age_us, left, span_s in seen:
        (sojourns.left if left else sojourns.stayed)(phase_of(life, age_us), span_s)
    assert all(sojourns.stride(phase_of(life, age_us)) > 0 for life, age_us, _, _ in seen)
