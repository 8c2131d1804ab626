"""What the inspector needs from outside: a way to a request, from where one is."""

from enum import IntEnum
from typing import Protocol

from tui.core.task import TaskRef
from tui.protocol.inspection import Inspection


class Step(IntEnum):
    """Which poll of a task, seen from a frame."""

    BACK = -1
    """The one before the frame."""
    HERE = 0
    """The newest one at the frame, or before it."""
    ON = 1
    """The one behind the frame."""


class Inspect(Protocol):
    """Finds out all about one request. Slow, so never called in the thread of the screen."""

    def __call__(self, task: TaskRef, frame: int, step: Step) -> Inspection | str:
        """The inspection of a poll of `task`, or why there is none, in one line."""
