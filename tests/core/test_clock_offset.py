from hypothesis import given
from hypothesis import strategies as st

from tui.core.clock_offset import DRIFT_PPM, narrow
from tui.core.entry import Skew

SECOND_US = 1_000_000

errors_us = st.integers(1, 2 * SECOND_US)
offsets_us = st.integers(-500 * SECOND_US, 500 * SECOND_US)


def holds(skew: Skew, offset_us: int) -> bool:
    return abs(skew.offset_us - offset_us) <= skew.error_us


@given(
    offsets_us,
    st.lists(st.tuples(errors_us, st.integers(-100, 100), st.integers(0, 60 * SECOND_US)), min_size=1, max_size=20),
    st.integers(-DRIFT_PPM, DRIFT_PPM),
)
def test_true_looks_lead_to_the_truth(offset_us: int, looks: list[tuple[int, int, int]], drift_ppm: int) -> None:
    known: Skew | None = None
    for error_us, percent, pause_us in looks:
        offset_us += pause_us * drift_ppm // SECOND_US
        look = Skew(offset_us + error_us * percent // 100, error_us)
        known = narrow(known, pause_us, look)
        assert abs(known.offset_us - offset_us) <= known.error_us + len(looks), "whole µs may add up"
        assert known.error_us <= look.error_us


@given(offsets_us, errors_us, offsets_us, errors_us, st.integers(-SECOND_US, 3_600 * SECOND_US))
def test_a_look_is_never_contradicted(
    before_us: int, error_us: int, look_us: int, look_error: int, age_us: int
) -> None:
    look = Skew(look_us, look_error)
    known = narrow(Skew(before_us, error_us), age_us, look)
    assert holds(look, known.offset_us)
    assert known.error_us <= look.error_us


def test_looks_at_two_phases_of_the_second_are_better_than_one() -> None:
    assert narrow(Skew(0, 500_000), 0, Skew(600_000, 500_000)) == Skew(300_000, 200_000)


def test_a_clock_that_was_set_is_believed_at_once() -> None:
    assert narrow(Skew(0, 100_000), SECOND_US, Skew(400 * SECOND_US, 500_000)) == Skew(400 * SECOND_US, 500_000)


def test_an_old_look_loses_its_word() -> None:
    day_us = 24 * 3_600 * SECOND_US
    assert narrow(Skew(0, 1_000), day_us, Skew(400_000, 500_000)) == Skew(400_000, 500_000)
