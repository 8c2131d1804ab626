"""Two polls of a task, side by side."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from tui.core.folding import Folded
from tui.render.diff_lines import Sides, diff_lines, diff_title
from tui.render.frame_lines import frame_heading, frame_lines
from tui.render.line import Line
from tui.render.task_times import TaskTimes
from tui.ui.dialogs.dialog import Dialog
from tui.ui.drawn import DrawnBlock

_FRAMES = 200


class DiffDialog(Dialog[None]):
    """A line a field, those that changed on top; below, the entries around, the newest first and equal polls folded."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,d,D", "dismiss(None)", "Close", show=False),
        Binding("j,down", "move(1)", "Down", show=False),
        Binding("k,up", "move(-1)", "Up", show=False),
        Binding("pagedown,ctrl+d", "move(10)", "Page down", show=False),
        Binding("pageup,ctrl+u", "move(-10)", "Page up", show=False),
        Binding("h,left", "shift(-8)", "Left", show=False),
        Binding("l,right", "shift(8)", "Right", show=False),
    ]

    def __init__(self, sides: Sides, around: Sequence[Folded], times: TaskTimes) -> None:
        super().__init__()
        self._sides = sides
        self._around = around
        self._times = times
        self._lines = DrawnBlock(id="diff-lines")

    def compose(self) -> ComposeResult:
        """A box with the title over the fields."""
        with Vertical(classes="dialog dialog-tall"):
            yield Static(diff_title(self._sides), markup=False, classes="dialog-title")
            yield self._lines
            yield Static("j k Move   h l Sideways   Esc Close", markup=False, classes="dialog-keys")

    def on_mount(self) -> None:
        """Show the fields."""
        self._lines.show(self._made)

    def _made(self, cells: int) -> tuple[Line, ...]:
        frames = frame_lines(self._around, self._sides.after_frame, self._times, cells)
        return (*diff_lines(self._sides, self._times, cells), (), frame_heading(cells), *frames[-_FRAMES:][::-1])

    def action_move(self, lines: int) -> None:
        """Scroll."""
        self._lines.scroll_relative(y=lines, animate=False, force=True, immediate=True)

    def action_shift(self, cells: int) -> None:
        """Scroll sideways: the lines are made for more cells, and longer values are seen."""
        self._lines.shift_by(cells)
