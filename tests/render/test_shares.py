from hypothesis import given
from hypothesis import strategies as st

from tests.render.scenes import NIGHT_US, SECOND_US
from tui.core.entry import Reason
from tui.core.views import Sent, ToolView
from tui.render.line import text
from tui.render.shares import RATE_LIMIT, REASONS, bar, share_words, shares


def sending(*reasons: Reason, until_us: int = NIGHT_US) -> ToolView:
    """One request every 50 ms, the last one at `until_us`."""
    count = len(reasons)
    return ToolView(recent=tuple(Sent(until_us - (count - n - 1) * 50_000, reason) for n, reason in enumerate(reasons)))


def test_only_the_last_second_counts() -> None:
    tool = sending(Reason.YOU, Reason.BASE, Reason.BASE)
    assert shares(tool, NIGHT_US) == {Reason.YOU: 1, Reason.BASE: 2}
    assert shares(tool, NIGHT_US + SECOND_US - 50_000) == {Reason.BASE: 1}
    assert shares(tool, NIGHT_US + SECOND_US) == {}
    assert shares(tool, NIGHT_US - 50_000) == {Reason.YOU: 1, Reason.BASE: 1}, "not those of a clock set back"


def test_what_somebody_wanted_is_told_first() -> None:
    used = shares(sending(Reason.BASE, Reason.STALE, Reason.FOCUS, Reason.FOCUS, Reason.YOU), NIGHT_US)
    assert text(share_words(used)) == "you 1 focus 2 stale 1 base 1 free 15"


def test_more_than_the_limit_leaves_nothing_free() -> None:
    assert text(share_words({Reason.BASE: RATE_LIMIT + 2})) == "base 22 free 0"


def test_every_reason_is_told() -> None:
    assert set(REASONS) == set(Reason)


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 30))
def test_a_bar_is_never_too_long_and_never_hides_anything(count: int, most: int, cells: int) -> None:
    drawn = bar(count, most, cells)
    assert set(drawn) <= {"#"}
    assert len(drawn) <= cells
    assert bool(drawn) == bool(count and most and cells)
    assert len(drawn) <= len(bar(count + 1, most, cells))
