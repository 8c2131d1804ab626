"""Everybody's share of the budget: as many looks at each phase of a life as make the mean delay of a change least.

A task is to be looked at in proportion to sqrt(1/mean time to its next change) (polling.md §2), that is in intervals
proportional to its stride. So whoever has waited longest, in strides, is next: the intervals come out right whatever
the rate, and nobody who is in a hurry waits behind a crowd that came, or changed, together. All tasks of one phase have
the same stride and go round, so only the first of each phase needs to be compared.
"""

import math
from collections import defaultdict

from tui.core.lane import Lane
from tui.core.sojourn import Phase, Sojourns
from tui.core.task import TaskRef


class Shares:
    """Who is next by turn, of the tasks that are ready."""

    def __init__(self, sojourns: Sojourns) -> None:
        self._sojourns = sojourns
        self._phases: dict[TaskRef, Phase] = {}
        self._ready: defaultdict[Phase, Lane[int]] = defaultdict(Lane)
        """By when they were last asked."""

    def put(self, task: TaskRef, phase: Phase, sent_us: int) -> None:
        """The task may be asked; it was last asked at `sent_us`."""
        self.drop(task)
        self._phases[task] = phase
        self._ready[phase].put(task, sent_us)

    def drop(self, task: TaskRef) -> None:
        """The task has no turn."""
        phase = self._phases.pop(task, None)
        if phase is not None:
            self._ready[phase].drop(task)

    def first(self, now_us: int) -> TaskRef | None:
        """Whose turn it is."""
        longest, longest_wait = None, -math.inf
        for phase, lane in self._ready.items():
            first = lane.first()
            if first is not None:
                wait = (now_us - first[0]) / self._sojourns.stride(phase)
                if wait > longest_wait:
                    longest, longest_wait = first[1], wait
        return longest
