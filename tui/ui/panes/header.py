"""Lines 1 to 3: who looks at what, is the tool well, who needs you. They never scroll and never hide."""

from functools import partial

from textual.reactive import var

from tui.render.header import header
from tui.ui.drawn import DrawnBlock
from tui.ui.scene import Scene


class HeaderPane(DrawnBlock):
    """The three lines of `render.header`."""

    scene: var[Scene | None] = var(None)

    def watch_scene(self, scene: Scene | None) -> None:
        """Show the new state."""
        if scene is not None:
            self.show(partial(header, scene.identity, scene.snapshot, scene.board, scene.now_us))
