"""Text from outside is data: in every pane, every way of looking, and every dialog."""

import unicodedata

import pytest

from tests.ui.operator import at_work
from tests.ui.scenes import MARKUP, SMALL, WIDE, hostile
from tui.render.view import DetailMode, View

pytestmark = pytest.mark.usefixtures("short_waits")

STEERS = {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}


@pytest.mark.parametrize("size", [SMALL, WIDE], ids=["small", "wide"])
@pytest.mark.parametrize("mode", list(DetailMode))
async def test_nothing_that_steers_or_hides_is_drawn(mode: DetailMode, size: tuple[int, int]) -> None:
    async with at_work(hostile, view=View(detail=mode), size=size) as operator:
        for keys in ((), ("j",), ("j",), ("j",), ("4", "z"), ("y",), ("escape", "delete"), ("escape", "slash", "[")):
            await operator.press(*keys)
            assert not {unicodedata.category(char) for line in operator.lines for char in line} & STEERS
            assert operator.app.is_running


async def test_markup_is_shown_as_it_was_sent() -> None:
    async with at_work(hostile, view=View(filter="click"), size=WIDE) as operator:
        assert operator.names == [MARKUP]
        assert sum(MARKUP in line for line in operator.lines) >= 3
        await operator.press("delete")
        assert MARKUP in operator.text


async def test_no_escape_sequence_of_theirs_reaches_the_terminal(wire: list[str]) -> None:
    async with at_work(hostile, size=WIDE) as operator:
        await operator.press("j", "j", "V", "V", "y", "escape")
        written = "".join(wire)
        assert r"\x1b[2J" in written
        assert "\x1b]52" not in written
        assert not {"\x9b", "\u202e", "\u2066", "\u200d"} & set(written)
