"""An operator at a terminal: types, and reads what the screen shows."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from textual.pilot import Pilot

from tests.ui.scenes import SMALL, Scene, show
from tests.ui.scripted import OURS, ScriptedSession
from tui.core.entry import Entry
from tui.core.lease import LeaseView
from tui.render.view import View
from tui.ui.app import TrtcApp
from tui.ui.main_screen import MainScreen


@dataclass(frozen=True, slots=True)
class Operator:
    """The app, its keys, and the session behind it."""

    app: TrtcApp
    pilot: Pilot[None]
    session: ScriptedSession

    async def press(self, *keys: str) -> None:
        """Type, and wait until the screen has followed."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def hear(self, *entries: Entry) -> None:
        """Let these entries come in, and wait until they are shown."""
        self.session.tell(*entries)
        await self.pilot.pause()

    @property
    def main(self) -> MainScreen:
        """The screen below all dialogs."""
        screen = self.app.screen_stack[0]
        assert isinstance(screen, MainScreen)
        return screen

    @property
    def view(self) -> View:
        """How the facts are looked at."""
        return self.main.scene.view

    @property
    def selected(self) -> str:
        """What the task under the cursor is called."""
        task = self.main.scene.selected
        return self.main.scene.name(task.task) if task is not None else ""

    @property
    def in_dialog(self) -> bool:
        """Whether something lies over the main screen."""
        return len(self.app.screen_stack) > 1

    @property
    def lines(self) -> list[str]:
        """The screen on top, row by row."""
        return [strip.text.rstrip() for strip in self.app.screen._compositor.render_strips()]

    @property
    def text(self) -> str:
        """All rows."""
        return "\n".join(self.lines)

    def rows(self, pane: int) -> list[str]:
        """The lines of a pane below its title, as far as they are in sight."""
        shown = next(shown for shown in self.main.panes if shown.number == pane)
        region = shown.content_region
        top = region.bottom - shown.window
        return [line[region.x : region.right].rstrip() for line in self.lines[top : region.bottom]]

    @property
    def names(self) -> list[str]:
        """The tasks, in the order of the list."""
        scene = self.main.scene
        return [scene.name(scene.board.task(place)) for place in range(len(scene.board))]

    @property
    def top(self) -> dict[int, int]:
        """Pane → first line in sight."""
        return {pane.number: pane.scroll_offset.y for pane in self.main.panes}


@asynccontextmanager
async def at_work(
    entries: Callable[[], list[Entry]] = show,
    *,
    view: View | None = None,
    size: tuple[int, int] = SMALL,
    waiting: str = "",
    lease: LeaseView = OURS,
) -> AsyncIterator[Operator]:
    """An operator in front of the screen that these entries make."""
    app, session = Scene("", entries, view or View(), waiting=waiting, lease=lease).app()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Operator(app, pilot, session)
