"""Tasks that live and die by the truth of polling.md §2, asked by a policy in virtual time.

Stays are lognormal: Idle for 20 s in the median (sigma 1), InProgress for 40 min (1.2), Exited for 5 s (0.5), then the
task is gone. Births are Poisson, so that about as many tasks are alive at any time as at first. A delay is the time
from a true change to the first look at or after it; all three changes of a life count. Answers come at once.
"""

import math
from collections import deque
from dataclasses import dataclass, field
from random import Random
from typing import Protocol

from tui.core.entry import Reason
from tui.core.lifecycle import Life, Stage
from tui.core.schedule import MIN_GAP_US, Turn
from tui.core.task import TaskRef

STAGES = tuple(Stage(life, life.value) for life in (Life.IDLE, Life.IN_PROGRESS, Life.EXITED))
GONE = len(STAGES)
MEDIANS_S = (20.0, 2400.0, 5.0)
SIGMAS = (1.0, 1.2, 0.5)
LIFETIME_S = sum(median_s * math.exp(sigma**2 / 2) for median_s, sigma in zip(MEDIANS_S, SIGMAS, strict=True))

WARM_UP = 0.25
"""The first part of a run counts nothing."""


class Policy(Protocol):
    """What of `Schedule` a world uses."""

    def watch(self, task: TaskRef, stage: Stage, now_us: int, seen_us: int | None, /) -> None: ...
    def next(self, now_us: int, /) -> Turn | None: ...
    def taken(self, turn: Turn, now_us: int, /) -> None: ...
    def answered(self, task: TaskRef, stage: Stage, now_us: int, /) -> None: ...
    def again(self, task: TaskRef, at_us: int, reason: Reason, /) -> None: ...
    def rest(self, task: TaskRef, /) -> None: ...
    def forget(self, task: TaskRef, /) -> None: ...


class RoundRobin:
    """Who waited longest is next, at most once a second."""

    def __init__(self) -> None:
        self._ready: deque[tuple[int, TaskRef]] = deque()

    def watch(self, task: TaskRef, _stage: Stage, now_us: int, _seen_us: int | None) -> None:
        self._ready.append((now_us, task))

    def next(self, now_us: int) -> Turn | None:
        return Turn(self._ready[0][1], Reason.BASE, max(now_us, self._ready[0][0])) if self._ready else None

    def taken(self, _turn: Turn, _now_us: int) -> None:
        self._ready.popleft()

    def answered(self, task: TaskRef, _stage: Stage, now_us: int) -> None:
        self._ready.append((now_us + MIN_GAP_US, task))

    def again(self, task: TaskRef, at_us: int, _reason: Reason) -> None:
        self._ready.append((at_us, task))

    def rest(self, task: TaskRef) -> None:
        """Who is over is not put back."""

    def forget(self, task: TaskRef) -> None:
        """As `rest`."""


@dataclass(slots=True)
class _Truth:
    """One task: when it changes, and how much of that was seen."""

    changes_s: tuple[float, ...]
    seen: int
    looked_s: float
    misses: int = 0

    def stage(self, now_s: float) -> int:
        return sum(change_s <= now_s for change_s in self.changes_s)


@dataclass(slots=True)
class Figures:
    """What came out; delays in s, by the stage that was entered, from InProgress on."""

    delays_s: tuple[list[float], list[float], list[float]] = field(default_factory=lambda: ([], [], []))
    longest_gap_s: float = 0.0
    looks: int = 0

    @property
    def all_s(self) -> list[float]:
        return [delay_s for delays_s in self.delays_s for delay_s in delays_s]


class World:
    """About so many tasks, asked at a rate for a time."""

    def __init__(self, policy: Policy, tasks: int, *, seed: int = 1, lifelike: bool = False) -> None:
        """A world at 0 s.

        Args:
            lifelike: the service tells a second time that a task is gone before it is over, and a new task is asked at
                once. Both cost requests that the bound knows nothing of.
        """
        self._policy = policy
        self._chance = Random(seed)
        self._lifelike = lifelike
        self._births_per_s = tasks / LIFETIME_S
        self._truths: dict[TaskRef, _Truth] = {}
        self._born = 0
        for _ in range(tasks):
            self._add(self._survivor())
        self._birth_s = self._chance.expovariate(self._births_per_s)

    def run(self, seconds: float, rate_per_s: float) -> Figures:
        """Ask in every slot, and count after the warm-up."""
        figures, warm_s = Figures(), seconds * WARM_UP
        for slot in range(int(seconds * rate_per_s)):
            now_s = slot / rate_per_s
            while self._birth_s <= now_s:
                self._add(self._life(self._birth_s), now_s)
                self._birth_s += self._chance.expovariate(self._births_per_s)
            now_us = round(now_s * 1e6)
            turn = self._policy.next(now_us)
            if turn is not None and turn.at_us <= now_us:
                self._policy.taken(turn, now_us)
                self._look(turn.task, now_s, figures, warm_s)
        self._count_unseen(figures, warm_s, seconds)
        return figures

    def _life(self, born_s: float) -> tuple[float, ...]:
        changes_s, at_s = [], born_s
        for median_s, sigma in zip(MEDIANS_S, SIGMAS, strict=True):
            at_s += self._chance.lognormvariate(math.log(median_s), sigma)
            changes_s.append(at_s)
        return tuple(changes_s)

    def _survivor(self) -> tuple[float, ...]:
        """A life that is under way at 0 s."""
        changes_s = self._life(-8 * LIFETIME_S * self._chance.random())
        while changes_s[-1] <= 0:
            changes_s = self._life(changes_s[-1])
        return changes_s

    def _add(self, changes_s: tuple[float, ...], now_s: float = 0.0) -> None:
        self._born += 1
        task = TaskRef("ap-guangzhou", 1400000001, str(self._born))
        truth = self._truths[task] = _Truth(changes_s, 0, now_s)
        truth.seen = truth.stage(now_s)
        now_us = round(now_s * 1e6)
        if self._lifelike and now_us:
            self._policy.watch(task, Stage(), now_us, None)
        else:
            self._policy.watch(task, STAGES[min(truth.seen, GONE - 1)], now_us, now_us)

    def _look(self, task: TaskRef, now_s: float, figures: Figures, warm_s: float) -> None:
        truth, now_us = self._truths[task], round(now_s * 1e6)
        stage = truth.stage(now_s)
        figures.looks += 1
        if now_s > warm_s:
            figures.longest_gap_s = max(figures.longest_gap_s, now_s - truth.looked_s)
            for change in range(truth.seen, stage):
                figures.delays_s[change].append(now_s - truth.changes_s[change])
        truth.seen, truth.looked_s = stage, now_s
        if stage < GONE:
            self._policy.answered(task, STAGES[stage], now_us)
        elif self._lifelike and not truth.misses:
            truth.misses = 1
            self._policy.again(task, now_us + 1_000_000, Reason.CONFIRM)
        else:
            self._policy.rest(task)
            self._policy.forget(task)
            del self._truths[task]

    def _count_unseen(self, figures: Figures, warm_s: float, end_s: float) -> None:
        """Changes nobody saw count as long as they lasted: without them, the later a look the better it seemed."""
        for truth in self._truths.values():
            for change in range(truth.seen, GONE):
                if warm_s < truth.changes_s[change] < end_s:
                    figures.delays_s[change].append(end_s - truth.changes_s[change])
