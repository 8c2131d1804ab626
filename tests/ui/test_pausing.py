import pytest

from tests.ui.live_show import SHOW, poll
from tests.ui.operator import at_work
from tests.ui.scenes import newcomers

pytestmark = pytest.mark.usefixtures("short_waits")

LEAVING = poll(SHOW[3].task, 0.5, "Exited", 0)


async def test_a_paused_view_stands_still_and_counts_what_comes() -> None:
    async with at_work() as operator:
        await operator.press("space")
        still = operator.lines[1:-1]
        await operator.hear(*newcomers())
        assert operator.lines[1:-1] == still
        assert "PAUSE +37 new" in operator.lines[0]
        operator.session.now_us += 60_000_000
        operator.main._tick()
        await operator.pilot.pause()
        assert operator.lines[1:-1] == still


@pytest.mark.parametrize("key", ["space", "p", "L", "escape"])
async def test_following_again_shows_the_newest(key: str) -> None:
    async with at_work() as operator:
        await operator.press("p")
        await operator.hear(LEAVING)
        await operator.press(key)
        assert "LIVE" in operator.lines[0]
        assert "arena-main-en InProgress -> Exited" in operator.rows(4)[-1]
        assert "new" not in operator.lines[0]


async def test_one_can_look_around_while_it_stands() -> None:
    async with at_work() as operator:
        await operator.press("space")
        await operator.hear(LEAVING)
        await operator.press("j", "V", "less_than_sign")
        assert operator.selected == "qa-3"
        assert operator.names == sorted(operator.names)
        assert not any("Exited  " in row for row in operator.rows(1) if SHOW[3].name in row)


async def test_a_task_forgotten_meanwhile_stays_until_one_follows_again() -> None:
    async with at_work() as operator:
        await operator.press("space")
        operator.session.forget(SHOW[0].task)
        await operator.pilot.pause()
        assert operator.selected == SHOW[0].name
        await operator.press("space")
        assert SHOW[0].name not in operator.names


async def test_live_does_not_pause() -> None:
    async with at_work() as operator:
        await operator.press("L")
        assert not operator.main.paused


async def test_an_engine_that_ends_ends_a_paused_screen_too() -> None:
    async with at_work() as operator:
        await operator.press("space")
        operator.session.fail(RuntimeError("the journal cannot be read"))
        await operator.pilot.pause()
        assert operator.app.return_code == 1
