"""One line to type for a predicate or any expression; what is wrong with it is told while typing."""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from tui.core.predicate import PredicateError
from tui.ui.dialogs.dialog import Dialog
from tui.ui.still_input import StillInput


class PredicateLine(Dialog[str | None]):
    """Closes with the text.

    Args:
        meaning: what a text means, in one line; raises PredicateError.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Close", show=False)]

    def __init__(self, title: str, placeholder: str, verb: str, meaning: Callable[[str], str]) -> None:
        super().__init__()
        self._title = title
        self._placeholder = placeholder
        self._verb = verb
        self._meaning = meaning

    def compose(self) -> ComposeResult:
        """A box with an input and a line for what it means."""
        with Vertical(classes="dialog"):
            yield Static(self._title, markup=False, classes="dialog-title")
            yield StillInput(placeholder=self._placeholder, id="predicate-text")
            yield Static("", markup=False, id="predicate-meaning")
            yield Static(f"Enter {self._verb}   Esc Close", markup=False, classes="dialog-keys")

    @on(Input.Changed)
    def tell_meaning(self, event: Input.Changed) -> None:
        """Say at once what is meant, or what is wrong."""
        self._read(event.value)

    @on(Input.Submitted)
    def finish(self, event: Input.Submitted) -> None:
        """Close with the text, or stay with the mistake."""
        event.stop()
        if self._read(event.value):
            self.dismiss(event.value.strip())

    def _read(self, text: str) -> bool:
        told, right = "", False
        if text.strip():
            try:
                told, right = self._meaning(text.strip()), True
            except PredicateError as mistake:
                told = f"column {mistake.start + 1}: {mistake.line}"
        self.query_one("#predicate-meaning", Static).update(told)
        return right
