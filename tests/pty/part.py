"""Some of a screen, to say something of."""

from collections.abc import Callable

Wait = Callable[[Callable[[], bool], str], None]
"""`Screen.wait`."""


class Part:
    """A line, a row or a pane; `text` is what it says now, empty when it is not there."""

    def __init__(self, wait: Wait, name: str, text: Callable[[], str]) -> None:
        self._wait = wait
        self._name = name
        self._text = text

    def says(self, *texts: str) -> None:
        """All texts are in it."""
        self._wait(lambda: all(text in self._text() for text in texts), f"{self._name} says {texts}")

    def says_nothing_of(self, *texts: str) -> None:
        """None of the texts is in it."""
        self._wait(lambda: not any(text in self._text() for text in texts), f"{self._name} without {texts}")

    def is_there(self) -> None:
        self._wait(lambda: bool(self._text()), f"{self._name} is there")

    def is_gone(self) -> None:
        self._wait(lambda: not self._text(), f"{self._name} is gone")
