"""The Textual application: theme, first screen, palette, and how it ends."""

import asyncio
import signal
from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual.app import App
from textual.command import Provider
from textual.screen import Screen
from textual.theme import Theme

from tui.ui.main_screen import MainScreen
from tui.ui.source import Source

NIGHT = Theme(
    name="trtc-night",
    primary="#5f87af",
    secondary="#8fa8bf",
    accent="#5fd7ff",
    warning="#ffaf5f",
    error="#ff8787",
    success="#87d787",
    foreground="#d0d0d0",
    background="#121212",
    surface="#1c1c1c",
    panel="#3a3a3a",
    dark=True,
)
"""Made of colours of the 256-colour palette: SSH normally does not forward COLORTERM."""


def _command_search() -> type[Provider]:
    from tui.ui.palette import CommandSearch  # noqa: PLC0415 - loaded when the palette is first opened

    return CommandSearch


class TrtcApp(App[None]):
    """Shows one `Source` until the operator leaves."""

    TITLE = "trtc-tui"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = True
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_command_search}

    def __init__(self, source: Source, frame: int | None = None) -> None:
        super().__init__()
        self._source = source
        self._frame = frame
        """Where in the past to begin; None: at the newest facts."""
        self.register_theme(NIGHT)
        # Set before anything is parsed, and without telling: another theme later means parsing all styles again.
        self.set_reactive(App.theme, NIGHT.name)
        self.stylesheet.set_variables(self.get_css_variables())

    def get_default_screen(self) -> Screen[None]:
        """The main screen is the first one: no frame is drawn for nothing."""
        return MainScreen(self._source, self.size.width, self.size.height, self._frame)

    def on_mount(self) -> None:
        """A signal ends the program as a key does: the terminal is given back, and what is recorded is closed."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, partial(self.exit, return_code=128 + number))
