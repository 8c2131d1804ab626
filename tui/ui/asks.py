"""What a screen may ask of whoever polls."""

from concurrent.futures import Future
from typing import Protocol

from tui.core.task import TaskRef


class Asks(Protocol):
    """What can be asked of whoever polls; `engine.session.Session` does."""

    def watch(self, task: TaskRef, name: str = "") -> "Future[int]":
        """Poll this task from now on."""

    def forget(self, task: TaskRef) -> "Future[int]":
        """Do not poll this task any more."""

    def poll_now(self, task: TaskRef) -> "Future[int]":
        """Poll this task once, out of turn."""

    def hold(self, task: TaskRef) -> "Future[int]":
        """Poll this task only when it is asked for, until it is released or `HOLD_US` are over."""

    def step(self, task: TaskRef) -> "Future[int]":
        """Hold this task, if it is not, and poll it once more."""

    def release(self, task: TaskRef) -> "Future[int]":
        """Poll this task as all others again."""

    def pin(self, task: TaskRef) -> "Future[int]":
        """Poll this task as often as one that is in sight, whatever is shown."""

    def unpin(self, task: TaskRef) -> "Future[int]":
        """Poll this task as all others again."""

    def mark(self, frame: int, moment_us: int, note: str = "", task: TaskRef | None = None) -> "Future[int]":
        """Mark the moment of `frame`, to find it again."""

    def ack(self, rule: str, task: TaskRef | None = None) -> "Future[int]":
        """Take care of the alert of this task, or of the tool's for None."""
