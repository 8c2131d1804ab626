import json

import pytest

from tests.ui.live_show import SDK_APP_ID, SHOW, SINGAPORE
from tests.ui.operator import at_work
from tests.ui.scenes import first_start
from tests.ui.scripted import THEIRS
from tui.core.entry import Verb
from tui.core.task import TaskRef

pytestmark = pytest.mark.usefixtures("short_waits")

WORST = SHOW[0]


async def test_r_asks_for_one_poll() -> None:
    async with at_work() as operator:
        await operator.press("r")
        assert [(asked.verb, asked.task) for asked in operator.session.asked] == [(Verb.POLL_NOW, WORST.task)]
        assert "one poll of live-final-7" in operator.lines[-1]


async def test_h_holds_a_task_and_releases_it() -> None:
    async with at_work() as operator:
        await operator.press("H")
        assert "held: live-final-7 is polled only by r, for 5 minutes" in operator.lines[-1]
        assert operator.selected == WORST.name
        assert next(row for row in operator.rows(1) if row.startswith(">")).endswith("held 00:00")
        assert "held since 03:12:07Z" in operator.text
        await operator.press("H")
        assert [(asked.verb, asked.task) for asked in operator.session.asked] == [
            (Verb.HOLD, WORST.task),
            (Verb.RELEASE, WORST.task),
        ]
        assert operator.rows(1)[0].startswith(">! Exited")


async def test_what_is_over_cannot_be_held() -> None:
    async with at_work() as operator:
        await operator.press("G", "H")
        assert not operator.session.asked
        assert "is over" in operator.lines[-1]


async def test_plus_pins_a_task_and_minus_unpins_it() -> None:
    async with at_work() as operator:
        await operator.press("plus")
        assert operator.rows(1)[0].startswith(">!+Exited")
        assert "pinned: polled every 3 s" in operator.text
        await operator.press("minus")
        assert operator.rows(1)[0].startswith(">! Exited")
        assert [asked.verb for asked in operator.session.asked] == [Verb.PIN, Verb.UNPIN]


async def test_a_follower_asks_as_the_poller_does() -> None:
    async with at_work(lease=THEIRS) as operator:
        assert "FOLLOWER" in operator.lines[0]
        await operator.press("r", "H", "plus")
        assert [asked.verb for asked in operator.session.asked] == [Verb.POLL_NOW, Verb.HOLD, Verb.PIN]


async def test_a_task_is_added_with_what_the_profile_knows() -> None:
    async with at_work(first_start) as operator:
        await operator.press("A", *"-abc", "enter")
        assert [(asked.verb, asked.task) for asked in operator.session.asked] == [
            (Verb.WATCH, TaskRef(SINGAPORE, SDK_APP_ID, "-abc"))
        ]
        assert not operator.in_dialog
        assert operator.names == ["-abc"]


async def test_an_added_task_gets_the_cursor_whatever_the_filter_was() -> None:
    async with at_work() as operator:
        await operator.press("slash", *"arena", "enter", "A", *"zzz", "enter")
        assert operator.selected == "zzz"
        assert len(operator.names) == 39


async def test_a_mistake_is_told_while_typing_and_enter_keeps_the_text() -> None:
    async with at_work() as operator:
        await operator.press("A", *"eu-frankfurt", "slash")
        assert "holds no TaskId" in operator.text
        await operator.press("enter")
        assert operator.in_dialog
        assert "eu-frankfurt/" in operator.text
        await operator.press(*"x")
        assert "will watch eu-frankfurt/1400000000/x" in operator.text
        await operator.press("escape")
        assert not operator.in_dialog
        assert not operator.session.asked


async def test_forgetting_asks_first() -> None:
    async with at_work() as operator:
        for no in ("escape", "q"):
            await operator.press("delete", no)
        await operator.press("delete", "j", "x", "space")
        assert operator.in_dialog
        assert not operator.session.asked


async def test_a_forgotten_task_leaves_and_can_be_brought_back() -> None:
    async with at_work() as operator:
        await operator.press("delete", "enter")
        assert WORST.name not in operator.names
        await operator.press("U")
        assert [asked.verb for asked in operator.session.asked] == [Verb.FORGET, Verb.WATCH]
        assert {asked.task for asked in operator.session.asked} == {WORST.task}
        assert operator.selected == WORST.name


async def test_undo_brings_the_last_one_back_first() -> None:
    async with at_work() as operator:
        await operator.press("delete", "enter", "g", "delete", "enter", "U")
        assert "qa-3" in operator.names
        assert WORST.name not in operator.names


async def test_without_a_task_nothing_is_asked() -> None:
    async with at_work(first_start) as operator:
        for key in ("r", "H", "plus", "minus", "delete", "y", "U"):
            await operator.press(key)
            assert not operator.in_dialog
        assert not operator.session.asked
        assert "nothing was forgotten" in operator.lines[-1]


async def test_what_is_copied_goes_to_the_terminal() -> None:
    async with at_work() as operator:
        copied = []
        for key in ("r", "t", "j"):
            await operator.press("y", key)
            copied.append(operator.app.clipboard)
        last = operator.main.scene.snapshot.tasks[WORST.task].last
        assert last is not None
        assert copied[:2] == [last.request_id, WORST.task.task_id]
        assert json.loads(copied[2])["Response"]["Status"] == "Exited"
        assert "sent to the terminal's clipboard" in operator.lines[-1]


async def test_any_other_key_leaves_the_copy_menu_open_and_escape_closes_it() -> None:
    async with at_work() as operator:
        await operator.press("y", "x", "Q")
        assert operator.in_dialog
        await operator.press("escape")
        assert not operator.in_dialog
        assert operator.app.clipboard == ""
