"""Asking for a task to watch."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from tui.core.task import TaskRef, TaskSyntaxError, parse_task
from tui.ui.dialogs.dialog import Dialog
from tui.ui.still_input import StillInput


class AddTask(Dialog[TaskRef | None]):
    """One line to type or paste; a mistake is told while typing."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Close", show=False)]

    def __init__(self, region: str | None, sdk_app_id: int | None) -> None:
        super().__init__()
        self._region = region
        self._sdk_app_id = sdk_app_id

    def compose(self) -> ComposeResult:
        """A box with an input and a line for what is wrong with it."""
        with Vertical(classes="dialog"):
            yield Static("Watch a task", markup=False, classes="dialog-title")
            yield StillInput(placeholder="[REGION/][SDKAPPID/]TASKID", id="task-text")
            yield Static("", markup=False, id="task-mistake")
            yield Static("Enter Add   Esc Close", markup=False, classes="dialog-keys")

    @on(Input.Changed)
    def tell_mistake(self, event: Input.Changed) -> None:
        """Say at once what is missing."""
        self.query_one("#task-mistake", Static).update(self._mistake(event.value) if event.value.strip() else "")

    @on(Input.Submitted)
    def add(self, event: Input.Submitted) -> None:
        """Close with the task, or stay with the mistake."""
        event.stop()
        try:
            self.dismiss(self._parse(event.value))
        except TaskSyntaxError as mistake:
            self.query_one("#task-mistake", Static).update(str(mistake))

    def _mistake(self, text: str) -> str:
        try:
            return f"will watch {self._parse(text)}"
        except TaskSyntaxError as mistake:
            return str(mistake)

    def _parse(self, text: str) -> TaskRef:
        return parse_task(text, region=self._region, sdk_app_id=self._sdk_app_id)
