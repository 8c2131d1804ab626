from hypothesis import given
from hypothesis import strategies as st

from tui.simulator.traffic import LIMIT, Arrival, Traffic

SECOND_US = 1_000_000


@given(st.lists(st.integers(0, 5 * SECOND_US), max_size=200).map(sorted))
def test_never_more_than_the_limit_in_any_second(arrivals_us: list[int]) -> None:
    traffic = Traffic()

    admitted = [at_us for at_us in arrivals_us if traffic.admit(at_us)]

    for start_us in admitted:
        assert sum(start_us <= at_us < start_us + SECOND_US for at_us in admitted) <= LIMIT


def test_the_limit_can_be_used_up_exactly() -> None:
    traffic = Traffic()

    assert all(traffic.admit(at_us) for at_us in range(LIMIT))
    assert not traffic.admit(SECOND_US - 1)
    assert traffic.admit(SECOND_US)


def test_arrivals_are_kept_and_outcomes_counted() -> None:
    traffic = Traffic()
    arrivals = (Arrival(5, "AKIDEXAMPLE-1", "r-1"), Arrival(9, "AKIDEXAMPLE-2", "r-2"))
    for arrival in arrivals:
        traffic.arrive(arrival)
        traffic.settle("Idle")

    assert traffic.arrivals == arrivals
    assert traffic.outcomes == {"Idle": 2}
