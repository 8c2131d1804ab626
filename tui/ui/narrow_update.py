"""Sending the changed cells of a line alone.

Textual 8.2.8 sends a changed line from the left edge of its widget on: `ChopsUpdate.render_segments` crops only the
right end. For a clock at the end of line 1 that is the whole line, every second, over SSH. This reaches into private
parts, so Textual is pinned exactly, and tests/ui/test_drawn.py counts the bytes and reads them as a terminal does.
"""

from rich.console import Console
from rich.control import Control
from textual._compositor import ChopsUpdate, Compositor


class NarrowUpdate(ChopsUpdate):
    """Sends each span from its first cell to its last."""

    def render_segments(self, console: Console) -> str:
        """The spans as text and escape sequences for the terminal."""
        sent: list[str] = []
        for y, first, last in self.spans:
            for end, (x, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=True):
                left, right = max(x, first), min(end, last)
                if strip is not None and left < right:
                    sent += Control.move_to(left, y).segment.text, strip.crop(left - x, right - x).render(console)
        return "".join(sent)


class NarrowCompositor(Compositor):
    """Textual's, with narrow updates."""

    def render_partial_update(self) -> ChopsUpdate | None:
        """What changed since the last one; None when nothing did."""
        update = super().render_partial_update()
        return None if update is None else NarrowUpdate(update.chops, update.spans, update.chop_ends)
