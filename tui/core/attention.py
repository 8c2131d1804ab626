"""What people look at: those tasks are polled at absolute intervals, whatever else there is to do."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from tui.core.task import TaskRef

SELECTED_EVERY_US = 1_000_000
VISIBLE_EVERY_US = 3_000_000
"""Also for pinned tasks."""

SHARE = 0.5
"""How much of the budget looking may cost at most; beyond that the intervals of visible tasks grow."""


class Attention(Struct, frozen=True):
    """What one screen shows."""

    selected: TaskRef | None = None
    visible: tuple[TaskRef, ...] = ()


def intervals_us(
    attentions: Iterable[Attention], pinned: Iterable[TaskRef], rate_per_s: float
) -> Mapping[TaskRef, int]:
    """How often each task that anybody looks at is polled, µs, for all screens together."""
    seen = list(attentions)
    selected = {one.selected for one in seen if one.selected is not None}
    others = {task for one in seen for task in one.visible}.union(pinned) - selected
    selected_every = max(SELECTED_EVERY_US, round(len(selected) / (rate_per_s * SHARE) * 1e6))
    left_per_s = max(rate_per_s * SHARE - len(selected) * 1e6 / selected_every, rate_per_s * SHARE / 4)
    visible_every = max(VISIBLE_EVERY_US, round(len(others) / left_per_s * 1e6))
    return dict.fromkeys(others, visible_every) | dict.fromkeys(selected, selected_every)
