import pytest

from tests.ui.live_show import SHOW
from tests.ui.operator import at_work
from tests.ui.scenes import WIDE, first_start
from tui.render.times import TimeStyle
from tui.render.view import DetailMode, LogScope, SortKey, View

pytestmark = pytest.mark.usefixtures("short_waits")


async def test_the_list_follows_each_letter_of_a_filter() -> None:
    async with at_work() as operator:
        await operator.press("slash", *"aren")
        assert len(operator.names) == 8
        await operator.press("a", "space", "exclamation_mark", *"ja")
        assert len(operator.names) == 6
        assert operator.lines[-1].startswith("arena !ja")
        assert "6 of 38" in operator.lines[3]


async def test_enter_keeps_a_filter_and_escape_at_the_list_takes_it_away() -> None:
    async with at_work() as operator:
        await operator.press("slash", *"qa", "enter", "j")
        assert operator.view.filter == "qa"
        assert operator.selected == operator.names[1]
        await operator.press("escape")
        assert operator.view.filter == ""
        assert len(operator.names) == 38


async def test_escape_while_typing_brings_the_filter_before_back() -> None:
    async with at_work(view=View(filter="arena")) as operator:
        await operator.press("slash", "x", "y", "escape")
        assert operator.view.filter == "arena"
        assert operator.main.pane.number == 1
        assert len(operator.names) == 8


async def test_the_keys_of_a_filter_are_letters() -> None:
    async with at_work() as operator:
        await operator.press("slash", *"Qr", "space", "delete")
        assert operator.view.filter == "Qr "
        assert not operator.session.asked


async def test_a_filter_typed_over_a_zoomed_pane_gives_the_keys_back_to_it() -> None:
    async with at_work() as operator:
        await operator.press("4", "z", "slash", *"qa", "enter")
        assert operator.main.pane.number == 4
        assert operator.main.panes[3].display


async def test_what_a_filter_hides_is_still_told_above() -> None:
    async with at_work(view=View(filter="arena")) as operator:
        assert "4 of 38 need you: live-final-7" in operator.lines[2]


async def test_sorting_goes_through_all_columns_and_comes_back() -> None:
    async with at_work(size=WIDE) as operator:
        orders = {}
        for _ in SortKey:
            await operator.press("less_than_sign")
            orders[operator.view.sort] = tuple(operator.names)
        assert set(orders) == set(SortKey)
        assert operator.view.sort is SortKey.ATTENTION
        assert orders[SortKey.NAME] == tuple(sorted(orders[SortKey.NAME]))
        assert len(set(orders.values())) == len(SortKey)


async def test_the_order_can_be_turned() -> None:
    async with at_work(view=View(sort=SortKey.NAME)) as operator:
        upwards = operator.names
        await operator.press("greater_than_sign")
        assert operator.names == upwards[::-1]


async def test_times_are_told_in_every_style() -> None:
    async with at_work() as operator:
        seen = []
        for _ in TimeStyle:
            await operator.press("t")
            seen.append(operator.view.times)
        assert set(seen) == set(TimeStyle)
        assert "times: UTC".casefold() in operator.lines[-1].casefold()


async def test_relative_times_change_what_the_log_shows() -> None:
    async with at_work(view=View(times=TimeStyle.RELATIVE)) as operator:
        assert not any("03:12:01Z" in row for row in operator.rows(4))


async def test_the_detail_tells_more_and_then_the_answer_itself() -> None:
    async with at_work(size=WIDE) as operator:
        assert operator.view.detail is DetailMode.COMPACT
        await operator.press("V")
        assert any(row.startswith("task       m9-") for row in operator.rows(2))
        await operator.press("V")
        assert any('"Status": "Exited"' in row for row in operator.rows(2))
        await operator.press("V")
        assert operator.view.detail is DetailMode.COMPACT


async def test_the_log_of_one_task() -> None:
    async with at_work(view=View(log_scope=LogScope.TASK), size=WIDE) as operator:
        of_tasks = [row for row in operator.rows(4) if " poll " in row]
        assert of_tasks
        assert all("live-final-7" in row for row in of_tasks)
        await operator.press("W")
        assert any("studio-b-zh" in row for row in operator.rows(4))


@pytest.mark.parametrize("key", ["escape", "q", "ctrl+c"])
async def test_no_way_back_from_the_main_page_says_how_to_quit(key: str) -> None:
    async with at_work() as operator:
        await operator.press(key)
        assert operator.app.is_running
        assert "Q quits" in operator.lines[-1]


async def test_escape_goes_back_step_by_step_and_never_out() -> None:
    async with at_work(view=View(filter="arena")) as operator:
        await operator.press("z", "space")
        states = []
        for _ in range(4):
            await operator.press("escape")
            states.append((operator.main.paused, operator.view.zoomed, operator.view.filter))
        assert states == [(False, True, "arena"), (False, False, "arena"), (False, False, ""), (False, False, "")]
        assert operator.app.is_running


async def test_a_reason_why_nobody_polls_stands_in_line_3() -> None:
    async with at_work() as operator:
        operator.session.wait_for("no space left on the disk")
        await operator.pilot.pause()
        assert "tool WAITING" in operator.lines[1]
        assert "no space left on the disk" in operator.lines[2]
        operator.session.wait_for("")
        await operator.pilot.pause()
        assert "tool OK" in operator.lines[1]


async def test_ages_grow_with_the_clock() -> None:
    async with at_work() as operator:
        operator.session.now_us += 5_000_000
        operator.main._tick()
        await operator.pilot.pause()
        assert "data 5.0s" in operator.lines[1]
        assert SHOW[0].name in operator.lines[5]
        assert "01:40" in operator.lines[5]


async def test_a_filter_that_hides_all_says_how_to_see_them_again() -> None:
    async with at_work() as operator:
        await operator.press("slash", *"zzz", "enter")
        assert operator.rows(1)[0] == "nothing matches /zzz: 38 hidden, Esc shows them"
        await operator.press("j", "G", "enter", "escape")
        assert len(operator.names) == 38


async def test_a_list_without_tasks_says_how_to_name_some() -> None:
    async with at_work(first_start, waiting="the OS keyring is locked: type trtc-tui unlock") as operator:
        rows = operator.rows(1)
        assert rows[1].split()[:2] == ["A", "adds"]
        assert rows[4] == "the OS keyring is locked: type trtc-tui unlock"
        await operator.press("l", "l", "h", "j", "G")
        assert operator.app.is_running


async def test_the_log_counts_from_the_start_of_each_task() -> None:
    async with at_work(view=View(times=TimeStyle.SINCE_START, log_scope=LogScope.TASK)) as operator:
        assert any(row.startswith("+10:29    poll  live-final-7 InProgress -> Exited") for row in operator.rows(4))
