"""What a command may touch: the few things a screen gives it."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

from textual.screen import ModalScreen

from tui.core.tuning import Tuning
from tui.engine.ports import Past
from tui.render.view import View
from tui.ui.asks import Asks
from tui.ui.journey import Journey
from tui.ui.pages import OpenInspector
from tui.ui.panes.pane import Pane
from tui.ui.scene import Scene
from tui.ui.stops import Stops

Answer = TypeVar("Answer")
Found = TypeVar("Found")


class Desk(Protocol):
    """The main screen, as its commands see it."""

    @property
    def scene(self) -> Scene:
        """What is shown now."""

    @property
    def asks(self) -> Asks:
        """Where requests go."""

    @property
    def inspector(self) -> OpenInspector | None:
        """Opens the inspector; None where nothing is recorded."""

    @property
    def pane(self) -> Pane:
        """The pane with the focus."""

    @property
    def panes(self) -> tuple[Pane, ...]:
        """All panes, in the order of their numbers."""

    @property
    def paused(self) -> bool:
        """Whether the view stands still."""

    def look(self, view: View) -> None:
        """Look at the same facts in another way."""

    @property
    def journey(self) -> Journey:
        """Where the screen is in time, and the way elsewhere."""

    @property
    def stops(self) -> Stops:
        """Breakpoints and watch expressions."""

    @property
    def tuning(self) -> Tuning:
        """The alert rules as they are in force."""

    def tune(self, tuning: Tuning) -> None:
        """Have these from now on, and keep them; what cannot be kept is said."""

    def fetch(self, read: Callable[[Past], Found], then: Callable[[Found], None]) -> None:
        """Read something of the journal in another thread, and then go on here with what was found."""

    def come_back(self) -> None:
        """Show the newest facts again."""

    def play(self, *, on: bool) -> None:
        """Let the past run on from where it stands, or stop it there."""

    def pause(self, *, on: bool) -> None:
        """Let the view stand still, or follow again."""

    def say(self, text: str) -> None:
        """Tell the operator something in one line."""

    def ask(self, dialog: ModalScreen[Answer | None], then: Callable[[Answer], None]) -> None:
        """Put a question over the screen; `then` gets its answer, and nothing when it was dismissed."""

    def has_room(self, pane: Pane) -> bool:
        """Whether a pane is to be seen beside the others, without a zoom."""

    def edit_filter(self) -> None:
        """Let the operator type a filter."""

    def copy(self, text: str, what: str) -> None:
        """Send a text to the terminal's clipboard, and say so."""

    def show_palette(self) -> None:
        """List all commands to search in."""

    def open_recording(self, file: Path) -> None:
        """Replay a file on a page of its own; polls and recording go on below."""

    def close_page(self) -> bool:
        """Close the page of a recording that was opened from another page; False when this is the main page."""

    def leave(self) -> None:
        """End the program."""
