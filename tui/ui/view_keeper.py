"""Remembering how the operator looks at things: soon after a change, and at the end."""

from collections.abc import Callable

from tui.render.view import View
from tui.ui.attending import Later

SOON_S = 0.5
"""Who tries five orders saves one."""


class ViewKeeper:
    """Saves a view, seldom enough."""

    def __init__(self, save: Callable[[View], None], view: Callable[[], View], later: Later) -> None:
        self._save = save
        self._view = view
        self._later = later
        self._waits = False

    def save_soon(self) -> None:
        """The view is another one."""
        if not self._waits:
            self._waits = True
            self._later(SOON_S, self.save)

    def save(self) -> None:
        """Keep the view as it is now."""
        self._waits = False
        self._save(self._view())
