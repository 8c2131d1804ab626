from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.core.lifecycle import Life
from tui.core.shares import Shares
from tui.core.sojourn import Phase, Sojourns
from tui.core.task import TaskRef

SECOND_US = 1_000_000
ALIVE = [Life.IDLE, Life.IN_PROGRESS, Life.EXITED, Life.ODD]
crowds = st.dictionaries(st.sampled_from(ALIVE), st.integers(1, 30), min_size=1)


class Crowd:
    """So many tasks of each life, all of which are ready again as soon as they were asked, one in each second."""

    def __init__(self, counts: dict[Life, int]) -> None:
        self.sojourns = Sojourns()
        self.shares = Shares(self.sojourns)
        self.lives = {
            TaskRef("ap-guangzhou", 1, f"{life}-{number}"): life
            for life, count in counts.items()
            for number in range(count)
        }
        for one in self.lives:
            self.shares.put(one, Phase(self.lives[one]), 0)

    def ask(self, second: int) -> TaskRef:
        one = self.shares.first(second * SECOND_US)
        assert one is not None
        self.shares.put(one, Phase(self.lives[one]), second * SECOND_US)
        return one


@given(st.dictionaries(st.sampled_from(ALIVE), st.integers(20, 50), min_size=1))
@settings(max_examples=30, deadline=None)
def test_the_shares_follow_the_square_root_law(counts: dict[Life, int]) -> None:
    crowd, looks = Crowd(counts), 4_000
    asked = Counter(crowd.lives[crowd.ask(second)] for second in range(1, looks))
    weights = {life: count / crowd.sojourns.mean_s(Phase(life)) ** 0.5 for life, count in counts.items()}
    for life, weight in weights.items():
        assert asked[life] == pytest.approx(looks * weight / sum(weights.values()), rel=0.1, abs=counts[life])


@given(crowds)
def test_tasks_of_one_phase_take_turns(counts: dict[Life, int]) -> None:
    crowd = Crowd(counts)
    asked = Counter(crowd.ask(second) for second in range(1, 1_000))
    for life in counts:
        of_life = [asked[one] for one in crowd.lives if crowd.lives[one] is life]
        assert max(of_life) - min(of_life) <= 1


@given(st.integers(2, 60), st.integers(0, 60))
def test_equal_tasks_are_equal_though_some_are_in_an_older_phase(count: int, older: int) -> None:
    """Nothing is known of the older phase, so the same is assumed."""
    crowd = Crowd({Life.IDLE: count})
    for second in range(1, 20 * count):
        one = crowd.shares.first(second * SECOND_US)
        assert one is not None
        age = int(second >= 5 * count and hash(one) % 60 < older)
        crowd.shares.put(one, Phase(Life.IDLE, age), second * SECOND_US)
        crowd.lives[one] = Life.IDLE
    last = [crowd.ask(second) for second in range(20 * count, 21 * count)]
    assert len(set(last)) == count


def test_who_was_dropped_is_not_asked() -> None:
    crowd = Crowd({Life.IDLE: 1})
    crowd.shares.drop(next(iter(crowd.lives)))
    assert crowd.shares.first(SECOND_US) is None
