"""The inspector over the main screen."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from threading import Event, current_thread

import pytest
from msgspec.structs import replace

from tests.protocol.sent import evidence, inspected, poll
from tests.ui.live_show import SHOW, at
from tests.ui.operator import Operator
from tests.ui.scenes import SMALL, WIDE, first_start, show
from tests.ui.scripted import ScriptedSession, folded
from tui.core.task import TaskRef
from tui.protocol.evidence import Timing
from tui.protocol.inspection import Inspection
from tui.ui.app import TrtcApp
from tui.ui.dialogs.inspector import Inspector
from tui.ui.inspecting import Step

pytestmark = pytest.mark.usefixtures("short_waits")

LEFT = evidence(timing=Timing(1_200, None, None, 900, 38_000, 2_100))
GOOD = inspected(LEFT)
CLOCK = inspected(LEFT, poll("AuthFailure.SignatureExpire", 412))
NEWEST = 50


@dataclass
class Files:
    """Every fifth frame is a poll, up to `NEWEST`; the last one failed for the clock."""

    asked: list[tuple[TaskRef, int, Step]] = field(default_factory=list)
    threads: set[str] = field(default_factory=set)
    gate: Event | None = None

    def __call__(self, task: TaskRef, frame: int, step: Step) -> Inspection | str:
        self.asked.append((task, frame, step))
        self.threads.add(current_thread().name)
        if self.gate is not None:
            assert self.gate.wait(20)
        here = min(frame, NEWEST) // 5 * 5 + 5 * step
        if here > NEWEST:
            return "this is the newest poll of this task"
        return replace(CLOCK if here == NEWEST else GOOD, frame=here)


@asynccontextmanager
async def pressing_i(files: Files, size: tuple[int, int] = SMALL, *, empty: bool = False) -> AsyncIterator[Operator]:
    """An operator before the show who has just pressed `i`."""
    session = ScriptedSession(folded(first_start() if empty else show()), at(0))
    source = replace(session.source, inspector=lambda task, name, frame: Inspector(files, task, name, frame))
    app = TrtcApp(source)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        operator = Operator(app, pilot, session)
        await operator.press("i")
        yield operator


@asynccontextmanager
async def looking(files: Files, size: tuple[int, int] = SMALL, *, empty: bool = False) -> AsyncIterator[Operator]:
    """The same, when what was asked for is shown."""
    async with pressing_i(files, size, empty=empty) as operator:
        await _settled(operator)
        yield operator


async def _settled(operator: Operator) -> None:
    await operator.app.workers.wait_for_complete()
    await operator.pilot.pause()


async def press(operator: Operator, *keys: str) -> None:
    """Type, and wait until what was asked for is read and shown."""
    for key in keys:
        await operator.press(key)
        await _settled(operator)


async def test_i_inspects_the_newest_poll_of_the_task_under_the_cursor() -> None:
    files = Files()
    async with looking(files) as operator:
        assert files.asked == [(SHOW[0].task, operator.main.scene.snapshot.frame, Step.HERE)]
        assert operator.lines[0].split()[:5] == ["i", "Inspect", "frame", str(NEWEST), "live-final-7"]
        assert "this host is 412 s ahead of Tencent" in operator.text
        assert "Esc Back" in operator.lines[-1]


async def test_it_reads_in_a_thread_of_its_own() -> None:
    files = Files()
    async with looking(files):
        assert current_thread().name not in files.threads


async def test_the_screen_does_not_wait_for_a_slow_keyring() -> None:
    files = Files(gate=Event())
    assert files.gate is not None
    async with pressing_i(files) as operator:
        assert "reading .." in operator.lines[-1]
        await operator.press("l")
        assert "[Request]" in operator.lines[0]
        files.gate.set()
        await _settled(operator)
        assert "X-TC-Action" in operator.text


async def test_tabs_go_round_both_ways() -> None:
    async with looking(Files()) as operator:
        shown = []
        for key in ("tab", "l", "right", "tab", "tab", "shift+tab", "h", "left"):
            await press(operator, key)
            shown.append(operator.lines[0].partition("[")[2].partition("]")[0])
        assert shown == ["Request", "Sign", "Answer", "Timing", "Summary", "Timing", "Answer", "Sign"]


async def test_the_sign_tab_fits_a_small_screen() -> None:
    async with looking(Files()) as operator:
        await press(operator, "l", "l")
        assert len(operator.lines) == 24
        assert "verified locally" in operator.text
        assert "[BAD]" in operator.text


async def test_it_scrolls_and_another_tab_begins_at_its_top() -> None:
    async with looking(Files(), (60, 14)) as operator:
        await press(operator, "l", "l")
        top = operator.lines[1]
        await press(operator, "j", "j", "k")
        assert operator.lines[1] != top
        await press(operator, "G")
        assert "verified locally" in operator.text
        await press(operator, "g")
        assert operator.lines[1] == top
        await press(operator, "G", "l", "h")
        assert operator.lines[1] == top


async def test_brackets_go_from_poll_to_poll() -> None:
    async with looking(Files()) as operator:
        await press(operator, "[")
        assert f"frame {NEWEST - 5} " in operator.lines[0]
        assert "nothing wrong" in operator.text
        await press(operator, "]")
        assert f"frame {NEWEST} " in operator.lines[0]
        await press(operator, "]")
        assert f"frame {NEWEST} " in operator.lines[0]
        assert "this is the newest poll of this task" in operator.lines[-1]


async def test_what_is_copied_is_all_tabs_without_secrets() -> None:
    async with looking(Files()) as operator:
        await press(operator, "y")
        assert "== Timing, frame 50" in operator.app.clipboard
        assert "CanaryKey" not in operator.app.clipboard
        assert "clipboard" in operator.lines[-1]


@pytest.mark.parametrize("key", ["escape", "q", "i"])
async def test_it_closes_and_nothing_else_does(key: str) -> None:
    async with looking(Files()) as operator:
        await press(operator, "r", "H", "x", "delete")
        assert operator.in_dialog
        assert not operator.session.asked
        await press(operator, key)
        assert not operator.in_dialog


async def test_without_a_task_there_is_nothing_to_inspect() -> None:
    files = Files()
    async with looking(files, empty=True) as operator:
        assert not operator.in_dialog
        assert not files.asked
        assert "no task is selected" in operator.lines[-1]


@pytest.mark.parametrize("size", [SMALL, WIDE, (50, 12), (20, 5)])
async def test_it_is_drawn_at_any_size(size: tuple[int, int]) -> None:
    async with looking(Files(), size) as operator:
        for _ in range(5):
            await press(operator, "tab")
            assert operator.app.is_running
        await operator.pilot.resize_terminal(100, 30)
        await operator.pilot.pause()
        assert "[Summary]" in operator.lines[0]
