"""What all dialogs look like."""

from typing import TypeVar

from textual.screen import ModalScreen

Result = TypeVar("Result")


class Dialog(ModalScreen[Result]):
    """A box over the main screen. Closes with a result, or with None when it was given up."""

    CSS_PATH = "dialog.tcss"
