"""Noticing that nobody looks, and saying why in the journal while it lasts.

Times inside are of a clock that runs on in suspend, µs; those of entries are wall clock.
"""

from collections.abc import Awaitable, Callable, Iterable

from tui.core.entry import Gap, GapCause
from tui.core.gaps import GAP_AFTER_US, Lookout, planned_us
from tui.core.lifecycle import OVER
from tui.core.task import TaskRef
from tui.core.timeline import Snapshot
from tui.core.views import TaskView
from tui.engine.ports import Clock

CHECK_US = 500_000
"""How often it is looked after. Who comes only after more than `GAP_AFTER_US` has slept."""

PATIENCE_US = 5_000_000
"""So long an answer may take before its silence is a gap: without a failure, nobody knows whether it was lost."""

Write = Callable[[Gap], Awaitable[object]]


def _is_alive(view: TaskView) -> bool:
    return view.stage.life not in OVER


class GapWatch:
    """Keeps the ledger for one tenure: `blame` says why nobody might see, `check` whether somebody does."""

    def __init__(self, clock: Clock, write: Write) -> None:
        self._clock = clock
        self._write = write
        self._lookout = Lookout()
        self._checked_us = self._now_us()
        self._woken_us = self._checked_us
        """When it was last noticed that this process had slept."""
        self._blame: GapCause | None = None
        self._told: GapCause | None = None
        """The cause of the gap that is open in the journal."""

    async def begin(self, snapshot: Snapshot) -> None:
        """Take over from whoever polled before; when nobody did for a while, say so."""
        now_us = self._now_us()
        alive = [view for view in snapshot.tasks.values() if _is_alive(view)]
        for view in alive:
            if view.held_us is None:
                self._lookout.watch(view.task, now_us)
        wall_us = self._clock.now_us()
        since_us = _last_sight_us(snapshot, alive)
        if since_us is not None and wall_us - since_us > GAP_AFTER_US:
            self._told = GapCause.NO_POLLER
            await self._write(Gap(wall_us, since_us, GapCause.NO_POLLER))

    def watch(self, task: TaskRef) -> None:
        """This task is to be looked at from now on."""
        self._lookout.watch(task, self._now_us())

    def drop(self, task: TaskRef) -> None:
        """This task is not to be looked at any more: over, held, forgotten."""
        self._lookout.drop(task)

    async def hold(self, task: TaskRef) -> None:
        """Somebody turned the polling of this task off: a gap from now on."""
        self._lookout.drop(task)
        wall_us = self._clock.now_us()
        await self._write(Gap(wall_us, wall_us, GapCause.HELD, task))

    def blame(self, cause: GapCause | None) -> None:
        """Why nobody sees, should that be noticed; None when there is no reason to be blind."""
        self._blame = cause

    def looked(self, task: TaskRef, rest_us: int, asked_us: int) -> None:
        """An answer told something of this task; no other look at it is planned for `rest_us`.

        Args:
            asked_us: when the question was sent, by `asking`. What was asked before a sleep and read after it tells
                nothing of the time between: that stays a gap.
        """
        if self.slept_since(asked_us):
            self._lookout.looked(task, asked_us, rest_us=rest_us)
            self._told = None
            return
        now_us = self._now_us()
        since_us = self._lookout.overdue(now_us)
        if since_us is not None:
            self._lookout.excuse(since_us, now_us)
        self._lookout.looked(task, now_us, rest_us=rest_us)
        self._blame = self._told = None

    def asking(self) -> int:
        """Call it before each question; its time, for `check` and `looked`: µs of a clock that runs on in suspend."""
        now_us = self._now_us()
        if now_us - self._checked_us > GAP_AFTER_US:
            self._woken_us = now_us
        self._checked_us = now_us
        return now_us

    def slept_since(self, asked_us: int) -> bool:
        """Whether this process slept between a question sent at that time, by `asking`, and now."""
        return asked_us < self._woken_us

    async def check(self, asked_us: int | None = None) -> None:
        """Call it at least once a second, and before an answer is written, whose question was sent at `asked_us`.

        Whoever wakes from a sleep notices here, and says so at the next call: answers that came meanwhile go first.
        """
        before_us, now_us = self._woken_us, self.asking()
        if self._woken_us != before_us or (asked_us is not None and self.slept_since(asked_us)):
            return
        slept = now_us - self._woken_us <= GAP_AFTER_US  # what was awake since is too short to be a gap itself
        since_us = self._lookout.overdue(now_us)
        if since_us is None:
            return
        cause = GapCause.ASLEEP if slept else self._blame or self._told
        if cause is None and now_us - since_us > PATIENCE_US:
            cause = GapCause.DROPPED
        if cause is None or cause is self._told:
            return
        wall_us = self._clock.now_us()
        began_us = wall_us - (now_us - since_us) if self._told is None else wall_us
        self._told = cause
        await self._write(Gap(wall_us, began_us, cause))
        self._checked_us = self._now_us()  # a full disk may have kept us here: that was no sleep

    async def check_tasks(self, rate_per_s: float, cap_us: int, cause_of: Callable[[TaskRef], GapCause]) -> None:
        """Say of each task nobody looked at for longer than its turn should take.

        Args:
            cap_us: how old data get by turn while all is well; a gap is half as long again.
        """
        now_us, wall_us = self._now_us(), self._clock.now_us()
        if self._lookout.overdue(now_us) is not None:
            return
        patience_us = max(planned_us(len(self._lookout), rate_per_s), cap_us * 3 // 2)
        for task, since_us in self._lookout.overdue_tasks(now_us, patience_us):
            await self._write(Gap(wall_us, wall_us - (now_us - since_us), cause_of(task), task))

    def _now_us(self) -> int:
        return self._clock.monotonic_us() + self._clock.asleep_us()


def _last_sight_us(snapshot: Snapshot, alive: Iterable[TaskView]) -> int | None:
    """Since when nobody may have looked, µs wall clock; None when there was nobody to be looked at."""
    watched_us = min((view.watched_us for view in alive), default=None)
    if watched_us is None:
        return None
    if snapshot.tool.gap is not None:  # it was told why until the last entry; what came then, nobody knows
        return max(snapshot.tool.gap.since_us, snapshot.at_us)
    return max(watched_us, snapshot.tool.seen_us or 0)
