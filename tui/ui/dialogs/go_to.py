"""Asking for a moment to go to."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from tui.render.moment_text import EXAMPLES, MomentError, read_moment
from tui.render.times import TimeStyle, moment
from tui.ui.dialogs.dialog import Dialog
from tui.ui.still_input import StillInput


class GoTo(Dialog[int | None]):
    """One line to type; which moment it means is told while typing. Closes with µs UTC."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Close", show=False)]

    def __init__(self, position_us: int, now_us: int, times: TimeStyle) -> None:
        super().__init__()
        self._position_us = position_us
        self._now_us = now_us
        self._local = times is TimeStyle.LOCAL

    def compose(self) -> ComposeResult:
        """A box with an input and a line for what it means."""
        with Vertical(classes="dialog"):
            yield Static("Go to a time", markup=False, classes="dialog-title")
            yield StillInput(placeholder=EXAMPLES, id="moment-text")
            yield Static("", markup=False, id="moment-meaning")
            yield Static("Enter Go   Esc Close", markup=False, classes="dialog-keys")

    @on(Input.Changed)
    def tell_meaning(self, event: Input.Changed) -> None:
        """Say at once what is meant, or what is missing."""
        self.query_one("#moment-meaning", Static).update(self._meaning(event.value) if event.value.strip() else "")

    @on(Input.Submitted)
    def go(self, event: Input.Submitted) -> None:
        """Close with the moment, or stay with the mistake."""
        event.stop()
        try:
            self.dismiss(self._read(event.value))
        except MomentError as mistake:
            self.query_one("#moment-meaning", Static).update(str(mistake))

    def _meaning(self, text: str) -> str:
        try:
            at_us = self._read(text)
        except MomentError as mistake:
            return str(mistake)
        both = (moment(at_us, style, self._now_us, millis=True) for style in (TimeStyle.UTC, TimeStyle.LOCAL))
        return "  ".join(both)

    def _read(self, text: str) -> int:
        return read_moment(text, position_us=self._position_us, now_us=self._now_us, local=self._local)
