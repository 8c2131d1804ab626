"""The clock that plays the past."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.core.entries import at, poll
from tui.core.position import Way
from tui.core.timeline import Snapshot, fold
from tui.ui.player import FASTEST, SLOWEST, Player


def shown(second: float, log_frame: int = 1) -> Snapshot:
    snapshot = fold([(log_frame, poll("Idle"))])
    return replace(snapshot, at_us=at(second))


def test_it_runs_as_fast_as_wanted() -> None:
    player = Player()
    player.faster(4)
    player.start(shown(0))
    assert [player.next(shown(0), 0.25).at_us for _ in range(3)] == [at(1), at(2), at(3)]


def test_what_is_further_on_already_is_not_played_again() -> None:
    player = Player()
    player.start(shown(0))
    assert player.next(shown(60), 0.25).at_us == at(60)


def test_idle_stretches_are_skipped_on_demand_only() -> None:
    player = Player()
    player.start(shown(0))
    assert {player.next(shown(0), 0.25).way for _ in range(20)} == {Way.TIME}
    player.skips_idle = True
    assert [player.next(shown(0), 0.5).way for _ in range(4)].count(Way.CHANGE) == 2


def test_news_in_the_log_is_no_idle_stretch() -> None:
    player = Player()
    player.skips_idle = True
    player.start(shown(0))
    assert {player.next(shown(n, n + 1), 0.9).way for n in range(20)} == {Way.TIME}


@given(st.lists(st.sampled_from([2.0, 0.5])))
def test_the_speed_stays_within_bounds(factors: list[float]) -> None:
    player = Player()
    for factor in factors:
        player.faster(factor)
        assert SLOWEST <= player.speed <= FASTEST
    assert player.speed_text.startswith("x")


@pytest.mark.parametrize(("factor", "text"), [(0.01, "x0.25"), (1, "x1"), (1000, "x64")])
def test_the_speed_in_words(factor: float, text: str) -> None:
    player = Player()
    player.faster(factor)
    assert player.speed_text == text
