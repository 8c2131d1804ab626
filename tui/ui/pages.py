"""What is opened over the main screen by whoever wires it."""

from collections.abc import Callable

from textual.screen import ModalScreen

from tui.core.task import TaskRef

Page = ModalScreen[None]
"""Lies over the screen until it is closed."""

OpenInspector = Callable[[TaskRef, str, int], Page]
"""The inspector of a task, what it is called, and the frame from where its newest poll is looked for, backwards."""
