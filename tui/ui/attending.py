"""Telling the poller what this screen shows, so that it polls that more often: seldom, and only when it matters."""

from collections.abc import Callable
from time import monotonic
from typing import Protocol

from tui.core.attention import Attention
from tui.core.lifecycle import OVER
from tui.core.task import TaskRef
from tui.render.view import View
from tui.ui.body import Body
from tui.ui.scene import Scene

SETTLE_S = 0.2
"""What is in sight for less is not told: a key that is held down passes many tasks."""

LATEST_S = 2.0
"""Rows that never stand still are told after so long, as they then are."""

AGAIN_S = 10.0
"""An attention that is not told again expires after 30 s."""

NOTHING = Attention()


class Attending:
    """Call `look` often; it calls `attend` seldom. Times are monotonic seconds."""

    def __init__(self, attend: Callable[[Attention], None]) -> None:
        self._attend = attend
        self._seen = NOTHING
        self._seen_s = 0.0
        """Since when `_seen` is what is shown."""
        self._differs_s: float | None = None
        """Since when something else is shown than was told."""
        self._told = NOTHING
        self._told_s = 0.0

    def look(self, shown: Attention, now_s: float) -> float:
        """`shown` is on the screen now. How long to wait until this should be called again, s; 0 for no need."""
        if not _same(shown, self._seen):
            self._seen, self._seen_s = shown, now_s
        if _same(shown, self._told):
            self._differs_s = None
            if _same(shown, NOTHING) or now_s - self._told_s < AGAIN_S:
                return 0.0
        elif self._differs_s is None:
            self._differs_s = now_s
        due_s = self._seen_s + SETTLE_S
        if self._differs_s is not None:
            due_s = min(due_s, self._differs_s + LATEST_S)
        if due_s > now_s:
            return due_s - now_s
        self._told, self._told_s, self._differs_s = shown, now_s, None
        self._attend(shown)
        return 0.0


def _same(one: Attention, other: Attention) -> bool:
    """Rows in another order are the same rows."""
    return one.selected == other.selected and set(one.visible) == set(other.visible)


class Later(Protocol):
    """What `Widget.set_timer` is."""

    def __call__(self, delay: float, callback: Callable[[], None]) -> object:
        """Call back once, in so many seconds."""


class Sight:
    """What is in sight, told to the poller when it has to know."""

    def __init__(
        self, attend: Callable[[Attention], None], body: Body, scene: Callable[[], Scene], later: Later
    ) -> None:
        self._attending = Attending(attend)
        self._body = body
        self._scene = scene
        self._later = later
        self._waits = False

    def wanted(self, view: View) -> tuple[TaskRef, ...]:
        """The tasks that a change of the position must show first."""
        return (*((view.selected,) if view.selected is not None else ()), *self._body.tasks.in_sight)

    def tell(self, scene: Scene) -> None:
        """Tell it, if need be; look again when it has stood long enough to be told."""
        task, rows = scene.selected, self._body.tasks.in_sight
        chosen = task.task if task is not None and task.stage.life not in OVER else None
        self._body.requests.in_sight = len({*rows, chosen} - {None})
        if self._waits:
            return
        wait_s = self._attending.look(Attention(chosen, rows), monotonic())
        if wait_s:
            self._waits = True
            self._later(wait_s, self._tell_again)

    def _tell_again(self) -> None:
        self._waits = False
        self.tell(self._scene())
