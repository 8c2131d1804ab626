"""The line in which a filter is typed; the list follows every letter."""

from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import Input

from tui.ui.filter_messages import FilterClosed, FilterEdited
from tui.ui.still_input import StillInput


class FilterBar(StillInput):
    """Hidden until `/`, then over the footer. Enter keeps the filter, Esc brings the one before back."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "give_up", "Give up", show=False)]

    def __init__(self) -> None:
        super().__init__(
            id="filter", placeholder="filter: words that must all be there, !word must not   Enter keeps   Esc"
        )
        self._before = ""

    def open(self, text: str) -> None:
        """Begin to edit `text`."""
        self._before = text
        with self.prevent(Input.Changed):
            self.value = text
        self.add_class("-open")
        self.screen.set_focus(self)  # at once: the next letter may have come with the key that opened this

    @on(Input.Changed)
    def _edited(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(FilterEdited(event.value))

    @on(Input.Submitted)
    def _keep(self, event: Input.Submitted) -> None:
        event.stop()
        self._close()

    def action_give_up(self) -> None:
        """Bring the filter before back."""
        self.post_message(FilterEdited(self._before))
        self._close()

    def _close(self) -> None:
        self.remove_class("-open")
        self.post_message(FilterClosed())
