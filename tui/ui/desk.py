"""What a command may touch: the few things a screen gives it."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Protocol, TypeVar

from textual.screen import ModalScreen

from tui.core.task import TaskRef
from tui.render.view import View
from tui.ui.panes.pane import Pane
from tui.ui.scene import Scene

Answer = TypeVar("Answer")

OpenInspector = Callable[[TaskRef, str, int], ModalScreen[None]]
"""The inspector of a task, what it is called, and the frame from where its newest poll is looked for, backwards."""


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

    def release(self, task: TaskRef) -> "Future[int]":
        """Poll this task as all others again."""

    def pin(self, task: TaskRef) -> "Future[int]":
        """Poll this task as often as one that is in sight, whatever is shown."""

    def unpin(self, task: TaskRef) -> "Future[int]":
        """Poll this task as all others again."""


class Desk(Protocol):
    """The main screen, as its commands see it."""

    @property
    def scene(self) -> Scene:
        """What is shown now."""

    @property
    def asks(self) -> Asks:
        """Where requests go."""

    @property
    def inspector(self) -> OpenInspector | None:
        """Opens the inspector; None where nothing is recorded."""

    @property
    def pane(self) -> Pane:
        """The pane with the focus."""

    @property
    def panes(self) -> tuple[Pane, ...]:
        """All panes, in the order of their numbers."""

    @property
    def defaults(self) -> tuple[str | None, int | None]:
        """Region and SdkAppId for a TaskId that comes without."""

    @property
    def paused(self) -> bool:
        """Whether the view stands still."""

    def look(self, view: View) -> None:
        """Look at the same facts in another way."""

    def pause(self, *, on: bool) -> None:
        """Let the view stand still, or follow again."""

    def say(self, text: str) -> None:
        """Tell the operator something in one line."""

    def ask(self, dialog: ModalScreen[Answer | None], then: Callable[[Answer], None]) -> None:
        """Put a question over the screen; `then` gets its answer, and nothing when it was dismissed."""

    def has_room(self, pane: Pane) -> bool:
        """Whether a pane is to be seen beside the others, without a zoom."""

    def edit_filter(self) -> None:
        """Let the operator type a filter."""

    def copy(self, text: str, what: str) -> None:
        """Send a text to the terminal's clipboard, and say so."""

    def show_palette(self) -> None:
        """List all commands to search in."""

    def leave(self) -> None:
        """End the program."""
