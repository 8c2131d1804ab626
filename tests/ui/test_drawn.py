"""Only what changed is sent."""

import re

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.geometry import Region
from textual.widgets import Input

from tests.ui.live_show import PANEL, SHOW, at, poll
from tests.ui.operator import Operator, at_work
from tests.ui.scenes import WIDE, crowd, show
from tui.core.entry import Poll, Seen
from tui.render.line import Line, Role, fit, line
from tui.ui.drawn import changed_spans
from tui.ui.panes.tasks import TasksPane

WIDTH = 12
PANEL_STARTED_MS = next(
    entry.answer.start_time_ms
    for entry in show()
    if isinstance(entry, Poll) and entry.task == PANEL.task and isinstance(entry.answer, Seen)
)
lines = st.lists(
    st.tuples(st.text("ab 会", min_size=1, max_size=4), st.sampled_from([Role.PLAIN, Role.STRONG])), max_size=5
).map(lambda parts: fit(line(*parts), WIDTH))


def cells(spans: Line) -> list[tuple[str, Role]]:
    """What each cell shows; the second half of a wide character is empty."""
    shown = []
    for text, role in spans:
        for char in text:
            shown += [(char, role), ("", role)][: cell_len(char)]
    return shown


@given(lines, lines)
def test_nothing_but_the_changed_spans_differs(old: Line, new: Line) -> None:
    repainted = set()
    for x, width in changed_spans(old, new):
        assert x >= 0
        assert 0 < width <= WIDTH - x
        repainted |= set(range(x, x + width))
    before, after = cells(old), cells(new)
    assert all(before[x] == after[x] for x in range(WIDTH) if x not in repainted)


@given(lines)
def test_equal_lines_have_no_changed_spans(same: Line) -> None:
    assert not list(changed_spans(same, same))


def test_one_changed_span_is_told_alone() -> None:
    old = line("name ", ("0.4s", Role.DIM), " why")
    new = line("name ", ("0.5s", Role.DIM), " why")
    assert list(changed_spans(old, new)) == [(5, 4)]


TITLE_AND_HEADINGS = 2


async def sent(operator: Operator, wire: list[str]) -> str:
    """What was sent since `wire` was cleared, once the screen has followed."""
    await operator.pilot.pause()
    return "".join(wire)


async def test_nothing_new_sends_nothing(wire: list[str]) -> None:
    async with at_work() as operator:
        wire.clear()
        for _ in range(3):
            operator.main._tick()
        assert await sent(operator, wire) == ""


@pytest.mark.parametrize("keys", ["slash", "A", "question_mark"])
async def test_a_cursor_that_waits_for_letters_does_not_blink(keys: str) -> None:
    async with at_work() as operator:
        await operator.press(keys)
        typing = operator.app.screen.focused
        assert isinstance(typing, Input)
        assert not typing.cursor_blink


async def test_a_poll_without_a_change_sends_the_cells_it_touches_and_no_other(wire: list[str]) -> None:
    async with at_work() as operator:
        await operator.hear(poll(PANEL.task, -0.1, "InProgress", PANEL_STARTED_MS))
        wire.clear()
        await operator.hear(poll(PANEL.task, 0.0, "InProgress", PANEL_STARTED_MS))
        written = await sent(operator, wire)
        assert "03:12:07Z" in written
        assert "ap-singapore" not in written
        assert len(written) <= 120


async def test_the_terminal_shows_what_the_screen_holds(wire: list[str]) -> None:
    terminal = pyte.Screen(80, 24)
    stream = pyte.Stream(terminal)
    async with at_work() as operator:
        for keys in ((), ("j",), ("l",), ("V", "J"), ("slash", "a"), ("enter",), ("pagedown",), ("4", "k"), ("z",)):
            await operator.press(*keys)
            operator.session.now_us += 1_300_000
            operator.main._tick()
            await operator.hear(poll(PANEL.task, 0.0, "Exited" if keys else "Idle", PANEL_STARTED_MS))
            stream.feed(await sent(operator, wire))
            wire.clear()
            assert [row.rstrip() for row in terminal.display] == operator.lines


async def test_a_changed_row_sends_no_other_row(wire: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    regions: list[Region] = []
    refresh = TasksPane.refresh

    def record(self: TasksPane, *changed: Region, **how: bool) -> TasksPane:
        regions.extend(changed)
        return refresh(self, *changed, **how)

    async with at_work(size=WIDE) as operator:
        monkeypatch.setattr(TasksPane, "refresh", record)
        place = operator.names.index("qa-3")
        await operator.hear(poll(SHOW[1].task, -0.05, "Exited", at(-221) // 1000, 41_000))
        after = operator.names.index("qa-3")
        assert regions
        rows = {region.y - TITLE_AND_HEADINGS for region in regions}
        assert rows <= set(range(min(place, after), max(place, after) + 1))
        assert all(region.height == 1 for region in regions)


async def test_a_step_of_the_cursor_sends_two_rows_the_detail_and_the_timeline(wire: list[str]) -> None:
    async with at_work(crowd) as operator:
        wire.clear()
        await operator.press("j")
        touched = {int(row) for row in re.findall(r"\x1b\[(\d+);\d+H", await sent(operator, wire))}
        cursor = {6, 7}
        detail_and_timeline = set(range(14, 21))
        assert cursor <= touched <= cursor | detail_and_timeline | {1}
