"""Asking what a moment is marked for."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from tui.ui.dialogs.dialog import Dialog
from tui.ui.still_input import StillInput

MOST_CHARACTERS = 200


class MarkNote(Dialog[str | None]):
    """One line, which may stay empty."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Close", show=False)]

    def __init__(self, frame: int) -> None:
        super().__init__()
        self._frame = frame

    def compose(self) -> ComposeResult:
        """A box with an input."""
        with Vertical(classes="dialog"):
            yield Static(f"Mark frame {self._frame}", markup=False, classes="dialog-title")
            yield StillInput(placeholder="what for: nothing, or a few words", max_length=MOST_CHARACTERS)
            yield Static("Enter Mark   Esc Close", markup=False, classes="dialog-keys")

    @on(Input.Submitted)
    def mark(self, event: Input.Submitted) -> None:
        """Close with the note."""
        event.stop()
        self.dismiss(event.value.strip())
