"""The line in which a filter is typed; the list follows every letter."""

from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import Input

from tui.render.line import Role, fit, line
from tui.render.text import visible, wrap
from tui.ui.drawn import DrawnBlock
from tui.ui.filter_messages import FilterClosed, FilterEdited
from tui.ui.still_input import StillInput


class FilterBar(StillInput):
    """Hidden until `/`, then over the footer. Enter keeps the filter, Esc brings the one before back."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "give_up", "Give up", show=False)]

    def __init__(self) -> None:
        super().__init__(
            id="filter", placeholder="filter: words, !word, or status == Idle & age > 60s   Enter keeps   Esc"
        )
        self._before = ""
        self._mistake = ""

    def open(self, text: str) -> None:
        """Begin to edit `text`."""
        self._before = text
        with self.prevent(Input.Changed):
            self.value = text
        self.add_class("-open")
        self.screen.set_focus(self)  # at once: the next letter may have come with the key that opened this

    def tell(self, mistake: str) -> None:
        """What is wrong with the text, for as long as it is being typed; empty for nothing."""
        self._mistake = mistake if self.has_class("-open") else ""
        for block in self.screen.query(FilterMistake):
            block.tell(self._mistake)

    @on(Input.Changed)
    def _edited(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(FilterEdited(event.value))

    async def action_submit(self) -> None:
        """Keep the filter, unless a mistake is told. At once: the next key may have come in the same packet."""
        if not self._mistake:
            self._close()

    def action_give_up(self) -> None:
        """Bring the filter before back."""
        self.post_message(FilterEdited(self._before))
        self._close()

    def _close(self) -> None:
        self.remove_class("-open")
        self.tell("")
        self.screen.set_focus(None)
        self.post_message(FilterClosed())


class FilterMistake(DrawnBlock):
    """Over the line in which a filter is typed: what is wrong with it."""

    def __init__(self) -> None:
        super().__init__(id="filter-mistake")

    def tell(self, mistake: str) -> None:
        """Show one line or two; empty for none."""
        told = visible(mistake)
        self.set_class(bool(told), "-open")
        self.styles.height = len(wrap(told, self.screen.size.width)) or 1
        self.show(lambda cells: [fit(line((part, Role.NEEDS_YOU)), cells) for part in wrap(told, cells)])
