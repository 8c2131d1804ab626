"""What to copy."""

from typing import ClassVar

from msgspec import Struct
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from tui.core.views import TaskView
from tui.render.text import cut, visible
from tui.ui.dialogs.dialog import Dialog


class Choice(Struct, frozen=True):
    """A letter, what it copies, and the text itself."""

    key: str
    what: str
    text: str


def choices(task: TaskView) -> tuple[Choice, ...]:
    """What can be copied of a task."""
    last = task.last
    found = [Choice("t", "TaskId", task.task.task_id)]
    if last is not None and last.request_id:
        found.insert(0, Choice("r", "RequestId", last.request_id))
    if last is not None and last.body:
        found.append(Choice("j", "JSON of the last answer", last.body.decode(errors="backslashreplace")))
    return tuple(found)


class CopyMenu(Dialog[Choice | None]):
    """One letter a text. The texts are shown, so that a terminal without a clipboard can select them."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "dismiss(None)", "Close", show=False)]

    def __init__(self, choices: tuple[Choice, ...]) -> None:
        super().__init__()
        self._choices = {choice.key: choice for choice in choices}

    def compose(self) -> ComposeResult:
        """A box with a line a choice."""
        with Vertical(classes="dialog"):
            yield Static("Copy to the terminal's clipboard", markup=False, classes="dialog-title")
            for choice in self._choices.values():
                text = cut(visible(choice.text), 200)
                yield Static(f"{choice.key}  {choice.what}: {text}", markup=False)
            yield Static("Esc Close", markup=False, classes="dialog-keys")

    def on_key(self, event: events.Key) -> None:
        """A letter of the menu chooses."""
        choice = self._choices.get(event.character or "")
        if choice is not None:
            event.stop()
            self.dismiss(choice)
