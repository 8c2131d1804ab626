"""How long tasks stay in one life, learned from what is seen of them: the shares of the budget follow from it."""

import math
from collections import defaultdict
from typing import NamedTuple

from tui.core.lifecycle import Life

PRIOR_S = {Life.NEW: 30.0, Life.IDLE: 30.0, Life.IN_PROGRESS: 3600.0, Life.EXITED: 6.0, Life.ODD: 60.0}
"""Mean stay before anything is seen. Ten times wrong costs 5 % of delay at most (polling.md §2)."""

PRIOR_WEIGHT = 3.0
"""The prior counts as so many changes seen."""

REMEMBERED = 4096.0
"""From so many changes on the past counts half: events differ, and so do hours."""

_OLDEST = 2


class Phase(NamedTuple):
    """A life, and how long the task has been seen in it: what has lasted long tends to last. With 1,000 tasks this
    takes 3 % off the delay of changes."""

    life: Life
    age: int = 0
    """0: not yet as long as the prior says, 1: up to three times as long, 2: longer."""


UNSEEN = Phase(Life.NEW)


def phase_of(life: Life, age_us: int) -> Phase:
    """The phase of a task seen in this life for so long. A life that is over counts as one never seen."""
    if life not in PRIOR_S:
        return UNSEEN
    return Phase(life, min(_OLDEST, int(math.log2(1 + max(0, age_us) / 1e6 / PRIOR_S[life]))))


class Sojourns:
    """Mean time to a change by phase: time seen in it over changes seen out of it, which hardly depends on how often
    one looks."""

    def __init__(self) -> None:
        self._changes: defaultdict[Phase, float] = defaultdict(float)
        self._stay_s: defaultdict[Phase, float] = defaultdict(float)

    def mean_s(self, phase: Phase) -> float:
        """The mean time to a change, s; of an older phase, as long as little is seen of it, that of the one before."""
        life, age = phase
        prior_s = self.mean_s(Phase(life, age - 1)) if age else PRIOR_S[life]
        return (PRIOR_WEIGHT * prior_s + self._stay_s[phase]) / (PRIOR_WEIGHT + self._changes[phase])

    def stride(self, phase: Phase) -> float:
        """In proportion to what such a task is to be looked at: intervals in proportion to sqrt(mean) give the least
        mean delay (polling.md §2)."""
        return math.sqrt(self.mean_s(phase))

    def stayed(self, phase: Phase, for_s: float) -> None:
        """A task that was in this phase did not change between two looks."""
        self._stay_s[phase] += for_s

    def left(self, phase: Phase, within_s: float) -> None:
        """A task changed some time between two looks: after half of it, but no more than a mean stay, when nobody had
        looked for long."""
        self._stay_s[phase] += min(within_s / 2, self.mean_s(phase))
        self._changes[phase] += 1
        if self._changes[phase] >= REMEMBERED:
            self._changes[phase] /= 2
            self._stay_s[phase] /= 2
