"""How the program ends, and what it remembers."""

import pytest

from tests.ui.live_show import SHOW
from tests.ui.operator import at_work
from tests.ui.scenes import first_start
from tui.render.view import DetailMode, LogScope, SortKey, View, from_json


@pytest.mark.parametrize("key", ["Q", "ctrl+q"])
async def test_quitting_saves_how_things_looked(key: str) -> None:
    async with at_work() as operator:
        await operator.press("j", "less_than_sign", key)
        assert operator.app.return_code == 0
    last = operator.session.saved[-1]
    assert (last.selected, last.sort) == (SHOW[1].task, SortKey.NAME)


async def test_a_view_comes_back_as_it_was() -> None:
    kept = View("arena", SortKey.NAME, descending=True, detail=DetailMode.FULL, selected=SHOW[4].task, focus=4)
    async with at_work(view=kept) as operator:
        assert operator.view == kept
        assert operator.selected == SHOW[4].name
        assert operator.names == sorted(operator.names, reverse=True)
        assert operator.main.pane.number == 4


async def test_a_zoomed_pane_comes_back_with_the_keys() -> None:
    async with at_work(view=View(focus=2, zoomed=True, detail=DetailMode.FULL)) as operator:
        assert operator.main.pane.number == 2
        await operator.press("z")
        assert [pane.number for pane in operator.main.panes if pane.display] == [1, 2, 3, 4]


async def test_a_view_of_another_version_does_no_harm() -> None:
    later = from_json('{"sort": "hooks", "focus": 9, "zoomed": true, "detail": 7, "selected": "m9", "panes": [1, 2]}')
    async with at_work(view=later) as operator:
        assert operator.main.pane.number == 1
        assert operator.main.pane.display
        assert len(operator.names) == 38


async def test_a_selected_task_that_is_gone_leaves_the_cursor_on_the_worst() -> None:
    async with at_work(first_start, view=View(selected=SHOW[0].task, log_scope=LogScope.TASK)) as operator:
        assert operator.selected == ""
    async with at_work(view=View(selected=SHOW[0].task.__class__("ap-x", 1, "gone"))) as operator:
        assert operator.selected == SHOW[0].name


async def test_an_engine_that_fails_ends_the_program_with_1() -> None:
    async with at_work() as operator:
        operator.session.fail(RuntimeError("a bug"))
        await operator.pilot.pause()
        assert operator.app.return_code == 1


async def test_the_engine_is_told_once_that_the_first_frame_is_there() -> None:
    async with at_work() as operator:
        await operator.press("z", "z")
        assert operator.session.times_shown == 1
