import random

import pytest
from textual.events import Resize
from textual.geometry import Size

from tests.ui.operator import Operator, at_work
from tests.ui.scenes import SMALL, WIDE
from tui.ui.layout import arrange, too_small


def heights(operator: Operator) -> list[int]:
    return [pane.size.height if pane.display else 0 for pane in operator.main.panes]


@pytest.mark.parametrize("size", [SMALL, WIDE, (60, 16), (119, 29), (120, 30), (300, 90)])
async def test_panes_have_the_rows_that_were_shared_out(size: tuple[int, int]) -> None:
    async with at_work(size=size) as operator:
        room = arrange(*size)
        assert heights(operator) == [room.tasks, room.detail, room.timeline, room.log, room.requests]
        assert operator.lines[-1].startswith("a Ack")
        assert sum(pane.region.area for pane in operator.main.panes) == size[0] * (size[1] - 4)


async def test_a_storm_of_sizes_ends_in_the_last_one() -> None:
    chance = random.Random(7)
    storm = [Size(chance.randint(1, 200), chance.randint(1, 60)) for _ in range(199)]
    async with at_work() as operator:
        before = operator.lines
        for size in [*storm, Size(1, 1)]:
            operator.app.post_message(Resize(size, size))
        await operator.pilot.resize_terminal(1, 1)
        assert operator.main.has_class("-tiny")
        await operator.pilot.resize_terminal(*SMALL)
        await operator.pilot.pause()
        assert operator.lines == before


@pytest.mark.parametrize("size", [(1, 1), (59, 16), (60, 15), (60, 16), WIDE, (400, 120)])
async def test_any_size_can_be_left_again(size: tuple[int, int]) -> None:
    async with at_work() as operator:
        before = operator.lines
        await operator.pilot.resize_terminal(*size)
        assert operator.main.has_class("-tiny") == too_small(*size)
        await operator.pilot.resize_terminal(*SMALL)
        await operator.pilot.pause()
        assert operator.lines == before


async def test_a_terminal_that_is_too_small_says_what_it_needs() -> None:
    async with at_work(size=(50, 12)) as operator:
        assert "trtc-tui needs 60x16" in operator.text
        assert "this terminal is 50x12" in operator.text
        await operator.press("Q")
        assert operator.app.return_code == 0


async def test_the_cursor_stays_in_sight_when_rows_go() -> None:
    async with at_work(size=WIDE) as operator:
        await operator.press(*["j"] * 20)
        await operator.pilot.resize_terminal(*SMALL)
        await operator.pilot.pause()
        assert sum(row.startswith(">") for row in operator.rows(1)) == 1


async def test_a_dialog_survives_any_size() -> None:
    async with at_work() as operator:
        await operator.press("A")
        for size in ((1, 1), (20, 3), WIDE, SMALL):
            await operator.pilot.resize_terminal(*size)
        await operator.press("x")
        assert "will watch ap-singapore/1400000000/x" in operator.text
