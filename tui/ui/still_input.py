"""A line to type in that sends nothing while nobody types."""

from textual.reactive import reactive
from textual.widgets import Input


class StillInput(Input):
    """An input whose cursor does not blink: over SSH every blink is bytes, and a wake-up of the terminal."""

    cursor_blink = reactive(default=False, init=False)
