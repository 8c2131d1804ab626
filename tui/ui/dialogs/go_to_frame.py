"""Asking for a frame to go to."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from tui.ui.dialogs.dialog import Dialog
from tui.ui.still_input import StillInput


class GoToFrame(Dialog[int | None]):
    """A number to type."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Close", show=False)]

    def __init__(self, here: int) -> None:
        super().__init__()
        self._here = here

    def compose(self) -> ComposeResult:
        """A box with an input."""
        with Vertical(classes="dialog"):
            yield Static(f"Go to a frame; this is {self._here}", markup=False, classes="dialog-title")
            yield StillInput(placeholder="318", restrict=r"[0-9]{0,15}", id="frame-text")
            yield Static("Enter Go   Esc Close", markup=False, classes="dialog-keys")

    @on(Input.Submitted)
    def go(self, event: Input.Submitted) -> None:
        """Close with the number; nothing typed is no wish."""
        event.stop()
        if event.value:
            self.dismiss(int(event.value))
