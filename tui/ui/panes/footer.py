"""The last line: the keys that matter now, or for a moment an answer to what was just done."""

from textual.timer import Timer

from tui.render.line import Role, fill, line
from tui.render.text import visible
from tui.ui.drawn import DrawnBlock

SAID_FOR_S = 6.0
"""How long an answer stands (k9s' flash line)."""


class FooterPane(DrawnBlock):
    """Keys, and what the app has to say."""

    def __init__(self) -> None:
        super().__init__(id="footer")
        self._keys: tuple[tuple[str, str], ...] = ()
        self._said = ""
        self._timer: Timer | None = None

    def offer(self, keys: tuple[tuple[str, str], ...]) -> None:
        """Show these (key, label) pairs; the last ones are given up where there is no room."""
        self._keys = keys
        self._draw()

    def say(self, text: str) -> None:
        """Answer the operator; the keys come back by themselves."""
        self._said = visible(text)
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(SAID_FOR_S, self.hush)
        self._draw()

    def hush(self) -> None:
        """Show the keys again."""
        self._said = ""
        self._draw()

    def _draw(self) -> None:
        said = [line((self._said, Role.STRONG))]
        keys = [line((key, Role.KEY), f" {label}") for key, label in self._keys]
        self.show(lambda cells: said if self._said else [fill(keys, cells)])
