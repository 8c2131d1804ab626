"""A yes or no, asked in words."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from tui.render.text import visible
from tui.ui.dialogs.dialog import Dialog


class Question(Dialog[bool | None]):
    """Enter does it, Esc does not; nothing else does anything."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "dismiss(True)", "Yes", show=False),
        Binding("escape,q", "dismiss(None)", "No", show=False),
    ]

    def __init__(self, question: str, consequence: str, verb: str) -> None:
        super().__init__()
        self._question = question
        self._consequence = consequence
        self._verb = verb

    def compose(self) -> ComposeResult:
        """A box with three lines."""
        with Vertical(classes="dialog"):
            yield Static(visible(self._question), markup=False, classes="dialog-title")
            yield Static(visible(self._consequence), markup=False)
            yield Static(f"Enter {self._verb}   Esc Keep", markup=False, classes="dialog-keys")
