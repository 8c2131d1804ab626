"""What a screen wants of the past beside a position: pictures of it, and single entries."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from tui.core.scrub import Facts
from tui.core.span import Span
from tui.core.task import TaskRef
from tui.engine.ports import Past

Found = TypeVar("Found")

Failed = Callable[[BaseException], None]
"""Told, from another thread, what ended it though nobody asked for it."""


class Scrubs(Protocol):
    """What `engine.scrubbing.Scrubbing` is to a screen."""

    def request(self, span: Span, task: TaskRef | None, then: Callable[[Facts], None]) -> None:
        """Call `then`, in another thread, with the facts of a span, unless another request comes first."""

    def stop(self) -> None:
        """Give the journal back."""


class LooksUp(Protocol):
    """What `engine.lookups.Lookups` is to a screen."""

    def fetch(self, read: Callable[[Past], Found], then: Callable[[Found], None]) -> None:
        """Call `then` with what `read` finds, both in another thread."""

    def stop(self) -> None:
        """Give the journal back."""
