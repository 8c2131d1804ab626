"""Lines 1 to 3: who looks at what, is the tool well, who needs you. They never scroll and never hide."""

from textual import events, on
from textual.reactive import var

from tui.render.header import header
from tui.ui.drawn import DrawnBlock
from tui.ui.scene import Scene


class HeaderPane(DrawnBlock):
    """The three lines of `render.header`."""

    scene: var[Scene | None] = var(None)

    def watch_scene(self, scene: Scene | None) -> None:
        """Show the new state."""
        if scene is not None and self.size.width:
            self.show(*header(scene.identity, scene.snapshot, scene.board, scene.now_us, self.size.width))

    @on(events.Resize)
    def _measure(self) -> None:
        """The lines are made to measure."""
        self.watch_scene(self.scene)
