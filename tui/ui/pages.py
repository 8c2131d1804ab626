"""What is opened over the main screen by whoever wires it."""

from collections.abc import Callable

from textual.screen import ModalScreen

from tui.core.task import TaskRef

OpenInspector = Callable[[TaskRef, str, int], ModalScreen[None]]
"""The inspector of a task, what it is called, and the frame from where its newest poll is looked for, backwards."""
