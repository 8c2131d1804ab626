"""`d` and `D`: two polls of the selected task over the screen."""

from tests.ui.live_show import INTERNAL, SHOW, at, poll
from tests.ui.operator import at_work
from tests.ui.scenes import WIDE
from tui.core.entry import Mark
from tui.render.view import View

FINAL = next(part for part in SHOW if part.name == "live-final-7")
ON_FINAL = View(selected=FINAL.task)


async def test_this_poll_against_the_one_before() -> None:
    async with at_work(view=ON_FINAL) as operator:
        await operator.press("d")
        assert "0 changed, 5 same; 31 told the same in a row" in operator.text
        assert "(always differs)" in operator.text
        assert "Exited x 30" in operator.text
        await operator.press("escape")
        assert not operator.in_dialog


async def test_what_changed_stands_on_top() -> None:
    async with at_work(view=ON_FINAL) as operator:
        await operator.hear(poll(FINAL.task, 0.5, INTERNAL, 0))
        await operator.press("d")
        rows = [line for line in operator.lines if line.startswith(("│ + ", "│ - "))]
        assert any("error code" in row and "InternalError" in row for row in rows)
        assert any("Status" in row and "(gone)" in row for row in rows)


async def test_against_a_mark() -> None:
    async with at_work(view=ON_FINAL, size=WIDE) as operator:
        await operator.press("D")
        assert "there is no mark" in operator.lines[-1]
        frame = next(
            number
            for number, entry in enumerate(operator.session.entries, 1)
            if getattr(entry, "task", None) == FINAL.task and entry.at_us > at(-700)
        )
        await operator.hear(Mark(at(0.1), at(-650), frame, "before it went", "alice"))
        await operator.press("D")
        assert any("~ Status" in line and "-> Exited" in line for line in operator.lines)
        await operator.press("j", "k", "l", "h", "q")
        assert not operator.in_dialog


async def test_in_the_past_it_is_the_poll_that_is_shown() -> None:
    async with at_work(view=ON_FINAL) as operator:
        await operator.press("N", "d")
        assert any("~ Status" in line and "InProgress" in line and "Exited" in line for line in operator.lines)


async def test_there_is_nothing_to_compare() -> None:
    async with at_work(list) as operator:
        await operator.press("d")
        assert not operator.in_dialog
        assert operator.lines[-1]
