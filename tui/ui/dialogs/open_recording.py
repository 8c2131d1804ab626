"""Asking which file to replay."""

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from tui.render.text import visible
from tui.ui.dialogs.dialog import Dialog
from tui.ui.still_input import StillInput

_SHOWN = 5


class OpenRecording(Dialog[Path | None]):
    """A path to type; what there is of that name is told while typing, and Tab completes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Close", show=False),
        Binding("tab", "complete", "Complete", show=False, priority=True),
    ]

    def compose(self) -> ComposeResult:
        """A box with an input and a line of what fits."""
        with Vertical(classes="dialog"):
            yield Static("Open a recording", markup=False, classes="dialog-title")
            yield StillInput(placeholder="a journal (.sqlite3) or an exported bundle", id="recording-path")
            yield Static("", markup=False, id="recording-fits")
            yield Static("Enter Open   Tab Complete   Esc Close", markup=False, classes="dialog-keys")

    @on(Input.Changed)
    def tell_what_fits(self, event: Input.Changed) -> None:
        """Name the files that begin so."""
        fits = _fits(event.value)
        more = f"  and {len(fits) - _SHOWN} more" if len(fits) > _SHOWN else ""
        names = "  ".join(visible(path.name) for path in fits[:_SHOWN])
        self.query_one("#recording-fits", Static).update(names + more)

    def action_complete(self) -> None:
        """Type as much as is the same for all that fits."""
        line = self.query_one(StillInput)
        fits = _fits(line.value)
        if fits:
            line.value = _common([f"{path}/" if path.is_dir() else str(path) for path in fits])
            line.cursor_position = len(line.value)

    @on(Input.Submitted)
    def open(self, event: Input.Submitted) -> None:
        """Close with the path, or stay when nothing is there."""
        event.stop()
        path = Path(event.value.strip()).expanduser()
        if event.value.strip() and path.is_file():
            self.dismiss(path)
        elif event.value.strip():
            self.query_one("#recording-fits", Static).update("no such file")


def _fits(text: str) -> list[Path]:
    path = Path(text.strip()).expanduser()
    folder, start = (path, "") if text.endswith("/") else (path.parent, path.name)
    try:
        return sorted(one for one in folder.iterdir() if text.strip() and one.name.startswith(start))
    except OSError:
        return []


def _common(texts: list[str]) -> str:
    first, last = min(texts), max(texts)
    same = next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    return first[:same]
