import pytest

from tests.ui.live_show import SHOW, at, poll
from tests.ui.operator import at_work
from tests.ui.scenes import WIDE, crowd
from tui.render.view import DetailMode, View

QUIET = next(part for part in SHOW if part.name == "press-room")
CHOSEN = next(part for part in SHOW if part.name == "arena-b-en")


async def test_the_cursor_goes_down_and_up_and_stops_at_the_ends() -> None:
    async with at_work() as operator:
        await operator.press("k")
        assert operator.selected == operator.names[0]
        await operator.press("j", "down", "j")
        assert operator.selected == operator.names[3]
        await operator.press("up")
        assert operator.selected == operator.names[2]
        await operator.press("G", "j")
        assert operator.selected == operator.names[-1]


async def test_until_it_is_moved_the_cursor_stays_with_the_worst() -> None:
    async with at_work() as operator:
        assert operator.selected == "live-final-7"
        await operator.hear(poll(SHOW[0].task, 0.5, "InProgress", 0))
        assert operator.selected == operator.names[0]


async def test_the_cursor_stays_on_its_task_when_rows_move() -> None:
    async with at_work(view=View(selected=CHOSEN.task)) as operator:
        before = operator.names.index(CHOSEN.name)
        await operator.hear(poll(QUIET.task, 0.5, "Exited", at(-900) // 1000))
        assert operator.names.index(CHOSEN.name) == before + 1
        assert operator.selected == CHOSEN.name
        assert [row for row in operator.rows(1) if row.startswith(">")] == [
            row for row in operator.rows(1) if CHOSEN.name in row
        ]


async def test_first_and_last_are_in_sight() -> None:
    async with at_work(crowd) as operator:
        await operator.press("G")
        assert operator.selected == "crowd-09999"
        assert operator.rows(1)[-1].startswith(">")
        await operator.press("g")
        assert operator.selected == "crowd-00000"
        assert operator.rows(1)[0].startswith(">")


@pytest.mark.parametrize(
    ("there", "back", "lines"), [("pagedown", "pageup", 7), ("ctrl+d", "ctrl+u", 3), ("j", "k", 1)]
)
async def test_pages_and_halves(there: str, back: str, lines: int) -> None:
    async with at_work() as operator:
        assert operator.main.panes[0].window == 8
        await operator.press(there, there)
        assert operator.selected == operator.names[2 * lines]
        assert sum(row.startswith(">") for row in operator.rows(1)) == 1
        await operator.press(back)
        assert operator.selected == operator.names[lines]


async def test_lines_that_are_too_long_are_read_sideways() -> None:
    async with at_work() as operator:
        before = operator.rows(4)
        await operator.press("4", "l")
        assert operator.rows(4) != before
        assert operator.rows(4)[0][:40] == before[0][8:48]
        await operator.press("h", "left")
        assert operator.rows(4) == before


async def test_a_click_selects() -> None:
    async with at_work() as operator:
        await operator.pilot.click("#pane-1", offset=(20, 6))
        await operator.pilot.pause()
        assert operator.selected == operator.names[4]


async def test_the_detail_scrolls_without_leaving_the_list() -> None:
    async with at_work(view=View(detail=DetailMode.FULL)) as operator:
        await operator.press("J", "J")
        assert operator.top[2] == 2
        assert operator.view.focus == 1
        await operator.press("K")
        assert operator.top[2] == 1
        await operator.press("j")
        assert operator.selected == operator.names[1]


async def test_another_task_is_read_from_the_top() -> None:
    async with at_work(view=View(detail=DetailMode.FULL)) as operator:
        await operator.press("J", "J", "j")
        assert operator.rows(2)[0].startswith("InProgress for")


async def test_the_log_follows_until_it_is_told_to_stand() -> None:
    async with at_work() as operator:
        await operator.hear(poll(QUIET.task, 0.5, "Exited", 0))
        assert "press-room" in operator.rows(4)[-1]
        await operator.press("F")
        stands = operator.rows(4)
        await operator.hear(poll(QUIET.task, 0.9, "Idle", 0))
        assert operator.rows(4) == stands
        await operator.press("F")
        assert "Exited -> Idle (impossible)" in operator.rows(4)[-1]


async def test_who_reads_up_in_the_log_is_not_pulled_down() -> None:
    async with at_work() as operator:
        await operator.press("4", "k", "k")
        reading = operator.rows(4)
        await operator.hear(poll(QUIET.task, 0.5, "Exited", 0))
        assert operator.rows(4) == reading


async def test_keys_go_from_pane_to_pane() -> None:
    async with at_work() as operator:
        focused = []
        for key in ("tab", "tab", "tab", "tab", "shift+tab", "3", "2", "1", "enter"):
            await operator.press(key)
            focused.append(operator.main.pane.number)
        assert focused == [2, 3, 4, 1, 4, 3, 2, 1, 2]
        assert sum(line.startswith("══") for line in operator.lines) == 1


async def test_a_pane_without_room_is_shown_when_it_is_asked_for() -> None:
    async with at_work(size=(60, 16)) as operator:
        assert not operator.main.panes[3].display
        await operator.press("4")
        assert operator.main.panes[3].display
        assert operator.view.zoomed
        await operator.press("escape")
        assert operator.main.panes[0].display


@pytest.mark.parametrize("back", ["escape", "1", "2", "3", "4", "z"])
async def test_the_requests_fill_a_small_screen_until_another_pane_is_wanted(back: str) -> None:
    async with at_work() as operator:
        assert [pane.number for pane in operator.main.panes if pane.display] == [1, 2, 3, 4]
        await operator.press("5")
        assert [pane.number for pane in operator.main.panes if pane.display] == [5]
        assert operator.main.pane.number == 5
        assert operator.rows(5)[0].startswith("rate 19/20  pace 18.4/s")
        await operator.press(back)
        assert [pane.number for pane in operator.main.panes if pane.display] == [1, 2, 3, 4]
        assert operator.main.pane.number == (int(back) if back.isdigit() else 1)


async def test_the_requests_stand_beside_the_log_where_there_is_room() -> None:
    async with at_work(size=WIDE) as operator:
        tasks, detail, _, log, requests = (pane.region for pane in operator.main.panes)
        assert (log.y, log.bottom, log.x) == (requests.y, requests.bottom, tasks.x)
        assert (requests.x, requests.right) == (detail.x, detail.right)
        await operator.press("5")
        assert operator.main.pane.number == 5
        assert not operator.view.zoomed
        await operator.press("tab")
        assert operator.main.pane.number == 1


async def test_a_pane_that_was_zoomed_on_purpose_hands_the_screen_on() -> None:
    async with at_work() as operator:
        await operator.press("2", "z", "4")
        assert [pane.number for pane in operator.main.panes if pane.display] == [4]
        await operator.press("5", "1")
        assert [pane.number for pane in operator.main.panes if pane.display] == [1, 2, 3, 4]


async def test_a_zoomed_pane_fills_the_screen_and_gives_it_back() -> None:
    async with at_work(size=WIDE) as operator:
        before = operator.lines
        await operator.press("4", "z")
        assert [pane.display for pane in operator.main.panes] == [False, False, False, True, False]
        assert operator.main.panes[3].size == (160, 41)
        await operator.press("z", "1")
        assert operator.lines == before
