from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.live_show import SHOW, at, poll
from tests.ui.operator import Operator, at_work
from tests.ui.scenes import WIDE, crowd, first_start
from tui.core.attention import Attention
from tui.core.task import TaskRef
from tui.ui import attending
from tui.ui.attending import LATEST_S, SETTLE_S, Attending

ONE, TWO, THREE = (TaskRef("ap-x", 1, str(number)) for number in range(3))
ROWS = Attention(ONE, (ONE, TWO))
OTHER = Attention(TWO, (ONE, TWO))


def test_what_stands_is_told_once_and_what_passes_is_not() -> None:
    told: list[Attention] = []
    gaze = Attending(told.append)
    assert gaze.look(ROWS, 100.0) == pytest.approx(SETTLE_S)
    assert gaze.look(OTHER, 100.1) == pytest.approx(SETTLE_S)
    assert gaze.look(OTHER, 100.25) == pytest.approx(0.05)
    assert not told
    assert gaze.look(OTHER, 100.31) == 0.0
    assert gaze.look(OTHER, 105.0) == 0.0
    assert told == [OTHER]


def test_rows_in_another_order_are_not_told_again() -> None:
    told: list[Attention] = []
    gaze = Attending(told.append)
    gaze.look(ROWS, 0.0)
    gaze.look(ROWS, 1.0)
    assert gaze.look(Attention(ONE, (TWO, ONE)), 2.0) == 0.0
    assert told == [ROWS]


def test_it_is_told_again_before_it_expires_but_not_that_nothing_is_shown() -> None:
    told: list[Attention] = []
    gaze = Attending(told.append)
    for second in range(26):
        gaze.look(ROWS, float(second))
    assert told == [ROWS] * 3
    for second in range(26, 100):
        gaze.look(Attention(), float(second))
    assert told == [ROWS] * 3 + [Attention()]


@given(st.lists(st.tuples(st.sampled_from([ROWS, OTHER, Attention()]), st.floats(0.05, 1.0)), max_size=60))
def test_it_tells_what_is_shown_and_not_more_often_than_that_can_settle(looks: list[tuple[Attention, float]]) -> None:
    told: list[tuple[float, Attention]] = []
    now_s = 0.0
    gaze = Attending(lambda attention: told.append((now_s, attention)))
    for shown, after_s in looks:
        now_s += after_s
        before = len(told)
        assert 0.0 <= gaze.look(shown, now_s) <= SETTLE_S + 1e-9
        assert told[before:] in ([], [(now_s, shown)])
    times = [at_s for at_s, _ in told]
    assert all(later - earlier >= SETTLE_S - 1e-9 for earlier, later in pairwise(times))


def test_rows_that_never_stand_still_are_told_in_the_end() -> None:
    told: list[Attention] = []
    gaze = Attending(told.append)
    for tenth in range(round(LATEST_S * 10) + 1):
        assert not told
        gaze.look(Attention(ONE, (TWO, THREE)[: tenth % 3]), tenth / 10)
    assert len(told) == 1


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attending, "SETTLE_S", 0.0)


async def attended(operator: Operator) -> Attention:
    """What the poller heard last, once the screen stands."""
    await operator.pilot.pause()
    operator.main._tick()
    await operator.pilot.pause()
    return operator.session.attended[-1]


@pytest.mark.usefixtures("at_once", "short_waits")
async def test_the_poller_hears_which_rows_are_in_sight_and_which_one_is_selected() -> None:
    async with at_work(crowd) as operator:
        first = await attended(operator)
        shown = [operator.main.scene.board.task(place) for place in range(8)]
        assert first == Attention(shown[0], tuple(shown))
        await operator.press("j")
        assert (await attended(operator)).selected == shown[1]
        await operator.press("G")
        assert (await attended(operator)).selected == operator.main.scene.board.task(9_999)
        assert shown[0] not in (await attended(operator)).visible


@pytest.mark.usefixtures("at_once", "short_waits")
async def test_what_is_over_needs_no_attention() -> None:
    async with at_work(size=WIDE) as operator:
        await operator.press("G")
        seen = await attended(operator)
        assert operator.selected == "studio-a-en"
        assert seen.selected is None
        assert seen.visible
        assert {part.task for part in SHOW[-2:]}.isdisjoint(seen.visible)


@pytest.mark.usefixtures("at_once")
async def test_without_tasks_nothing_is_told() -> None:
    async with at_work(first_start) as operator:
        operator.main._tick()
        await operator.pilot.pause()
        assert operator.session.attended == []


@pytest.mark.usefixtures("at_once", "short_waits")
async def test_a_list_that_is_not_to_be_seen_has_no_rows_in_sight() -> None:
    async with at_work() as operator:
        await operator.press("4", "z")
        assert await attended(operator) == Attention(SHOW[0].task, ())


@pytest.mark.usefixtures("at_once")
async def test_frames_and_ticks_alone_tell_nothing() -> None:
    async with at_work(crowd) as operator:
        await attended(operator)
        before = len(operator.session.attended)
        for _ in range(20):
            operator.session.now_us += 1_000_000
            operator.main._tick()
        await operator.hear(poll(operator.main.scene.board.task(3), 1, "InProgress", at(-650) // 1000))
        await operator.pilot.pause()
        assert len(operator.session.attended) == before


@pytest.mark.usefixtures("at_once")
async def test_rows_that_were_scrolled_into_sight_are_told() -> None:
    async with at_work(crowd) as operator:
        before = await attended(operator)
        operator.main.panes[0].scroll_to(y=20, animate=False, force=True, immediate=True)
        after = await attended(operator)
        assert len(after.visible) == len(before.visible)
        assert set(after.visible).isdisjoint(before.visible)
