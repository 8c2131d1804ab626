"""Telling the poller what this screen shows, so that it polls that more often: seldom, and only when it matters."""

from collections.abc import Callable

from tui.core.attention import Attention

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
