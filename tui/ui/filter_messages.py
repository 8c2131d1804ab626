"""What the filter line tells the screen; beside it, because the line itself is loaded after the first frame."""

from textual.message import Message


class FilterEdited(Message):
    """The text is another one."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class FilterClosed(Message):
    """The keys go back to the list."""


class PredicatesReady(Message):
    """Predicates can be compiled without making anybody wait. Posted from another thread."""
