"""How many tasks stand how, kept while tasks come, change and go."""

from collections import Counter
from collections.abc import Collection
from typing import TypeVar

from tui.core.lifecycle import OVER, stage_word
from tui.core.standing import Standing, Weight
from tui.core.views import TaskView

_Counted = TypeVar("_Counted", str, Weight)


class Census:
    """Numbers over all tasks, whatever a filter hides."""

    def __init__(self) -> None:
        self.words: Counter[str] = Counter()
        """Standing word → number of tasks."""
        self.known: Counter[str] = Counter()
        """Last known status word → number of tasks that are not over; a blind tool hides none of it."""
        self.weights: Counter[Weight] = Counter()
        self.held = 0
        """Tasks that are not over and are polled only when asked."""
        self.pinned = 0
        """Tasks that are not over and are polled as if they were in sight."""

    def fill(self, judged: Collection[tuple[TaskView, Standing]]) -> None:
        """Forget everything and count these."""
        self.words = Counter(verdict.word for _, verdict in judged)
        self.weights = Counter(verdict.weight for _, verdict in judged)
        self.known = Counter(stage_word(view.stage) for view, _ in judged if view.stage.life not in OVER)
        self.held = sum(_is_held(view) for view, _ in judged)
        self.pinned = sum(_is_pinned(view) for view, _ in judged)

    def count(self, view: TaskView, verdict: Standing, step: int) -> None:
        """Count one more (1) or one less (-1)."""
        _step(self.words, verdict.word, step)
        _step(self.weights, verdict.weight, step)
        self.held += step * _is_held(view)
        self.pinned += step * _is_pinned(view)
        if view.stage.life not in OVER:
            _step(self.known, stage_word(view.stage), step)


def _is_held(view: TaskView) -> bool:
    return view.held_us is not None and view.stage.life not in OVER


def _is_pinned(view: TaskView) -> bool:
    return view.pinned and view.stage.life not in OVER


def _step(counts: Counter[_Counted], key: _Counted, step: int) -> None:
    counts[key] += step
    if not counts[key]:
        del counts[key]
