"""Which task is asked next. Pure; times are of one monotonic clock, µs. In which order is in `core.waiting`."""

from collections import OrderedDict
from collections.abc import Mapping

from tui.core.entry import Reason
from tui.core.lifecycle import ALIVE, Life, Stage
from tui.core.sojourn import Sojourns, phase_of
from tui.core.task import TaskRef
from tui.core.waiting import Turn, Waiting, Watched

__all__ = ["CAP_US", "MIN_GAP_US", "Schedule", "Turn"]

MIN_GAP_US = 1_000_000
"""Politeness: by turn, one task is asked once a second at most (polling.md §2)."""

LEAVING_GAP_US = 500_000
"""The same for a task that is `Exited`: for seconds at most, and then the end is to be seen."""

CAP_US = 5_000_000
"""By turn, nobody's data get older than this, or than what is feasible when there are many tasks."""

_LOST_US = 20_000_000
"""A request of which nobody told how it ended, because its task was forgotten, is over by then: an answer is waited for
6 s at most."""


class Schedule:
    """The watched tasks. Who is asked next follows from the calls and their times alone.

    A turn that is `taken` is ended by one of `answered`, `unseen`, `again`, `rest`: until then its task is under way,
    and is not asked again. Ending the turn of a task that was forgotten meanwhile does nothing else.
    """

    def __init__(self, rate_per_s: float = 18.0, cap_us: int = CAP_US) -> None:
        self.rate_per_s = rate_per_s
        """How fast requests are sent at present: what is feasible for the cap depends on it."""
        self._cap_us = cap_us
        self._watched: dict[TaskRef, Watched] = {}
        self._under_way: dict[TaskRef, int] = {}
        """When each was sent."""
        self._held: set[TaskRef] = set()
        self._off: set[TaskRef] = set()
        """Watched, but over or held."""
        self._asked: OrderedDict[TaskRef, int] = OrderedDict()
        """How many polls of each somebody wants out of turn."""
        self._focus_per_s = 0.0
        self._sojourns = Sojourns()
        self._waiting = Waiting(self._sojourns)

    def __contains__(self, task: TaskRef) -> bool:
        return task in self._watched

    def __len__(self) -> int:
        return len(self._watched)

    @property
    def alive(self) -> int:
        """How many tasks will be asked without anybody's wish."""
        return len(self._watched) - len(self._off)

    @property
    def cap_us_now(self) -> int:
        """By turn, nobody's data get older than this: the cap, or 2N/rate, when there are many tasks, of the rate that
        focus leaves. With as much the stale lane never needs more than half, and the shares decide nearly always."""
        left_per_s = self.rate_per_s - min(self._focus_per_s, self.rate_per_s / 2)
        return max(self._cap_us, round(2e6 * self.alive / left_per_s))

    def watch(self, task: TaskRef, stage: Stage, now_us: int, seen_us: int | None) -> None:
        """Ask this task by turn from now on.

        Args:
            seen_us: when it was last asked, which may be before the clock's zero; None: never, so it is asked soon.
        """
        one = self._watched.get(task)
        if one is None:
            one = self._watched[task] = Watched(task, sent_us=now_us, since_us=now_us, new=seen_us is None)
            if seen_us is not None:
                one.sent_us = one.since_us = one.looked_us = min(seen_us, now_us)
                one.ready_us = _usual_us(one)
            if task in self._under_way:
                one.lost_us = self._under_way[task] + _LOST_US
        one.over, one.again = False, None
        _enter(one, stage.life)
        self._settle(one)

    def answered(self, task: TaskRef, stage: Stage, now_us: int, *, rest_us: int = MIN_GAP_US) -> None:
        """End a taken turn: the task is seen at this stage, and goes back to its turns.

        Args:
            rest_us: not asked for so long by turn or focus. More than `MIN_GAP_US` is a rest, and counts from now.
                Otherwise the usual gap holds, from sending to sending: intervals are kept however slow the answers.
        """
        one, _ = self._end(task)
        if one is None:
            return
        self._learn(one, stage.life, one.sent_us)
        one.looked_us, one.missed_us, one.over, one.again = one.sent_us, None, False, None
        _enter(one, stage.life)
        one.ready_us = max(_usual_us(one), now_us + rest_us) if rest_us > MIN_GAP_US else _usual_us(one)
        self._settle(one)

    def unseen(self, task: TaskRef, now_us: int, *, rest_us: int) -> None:
        """End a taken turn that told nothing of the task: it goes back to its turns in `rest_us`."""
        one, _ = self._end(task)
        if one is not None:
            one.again, one.ready_us = None, max(_usual_us(one), now_us + rest_us)
            self._settle(one)

    def again(self, task: TaskRef, at_us: int, reason: Reason) -> None:
        """Ask this task at `at_us`, before those by turn. Ends a taken turn, if there is one."""
        one, asked = self._end(task, add=True)
        if one is None:
            return
        if asked and reason is Reason.CONFIRM and one.missed_us is None:
            one.missed_us = one.sent_us
        one.over, one.again = False, (at_us, reason)
        self._settle(one)

    def rest(self, task: TaskRef) -> None:
        """The task is over: no more turns but those asked for. Ends a taken turn, if there is one."""
        one, asked = self._end(task, add=True)
        if one is None:
            return
        if asked:
            self._learn(one, Life.ENDED, one.sent_us if one.missed_us is None else one.missed_us)
        one.over, one.again, one.looked_us, one.missed_us = True, None, None, None
        self._settle(one)

    def forget(self, task: TaskRef) -> None:
        """Do not ask this task at all any more."""
        self._waiting.drop(task)
        self._watched.pop(task, None)
        self._asked.pop(task, None)
        self._held.discard(task)
        self._off.discard(task)

    def ask(self, task: TaskRef) -> None:
        """Somebody wants this task asked now, if it is watched; asking twice before it is sent is asking once."""
        if task in self._watched:
            self._asked.setdefault(task, 1)

    def step(self, task: TaskRef) -> None:
        """Somebody wants one more poll of this task, if it is watched, however many he waits for already."""
        if task in self._watched:
            self._asked[task] = self._asked.get(task, 0) + 1

    def hold(self, task: TaskRef) -> None:
        """No turns for this task but those asked for, whether it is watched already or only later."""
        self._held.add(task)
        if one := self._watched.get(task):
            self._settle(one)

    def release(self, task: TaskRef, now_us: int) -> None:
        """A held task gets its turns again, and as the one that waited longest; steps not taken yet are given up."""
        if task not in self._held:
            return
        self._held.discard(task)
        self._asked.pop(task, None)
        if one := self._watched.get(task):
            one.ready_us = max(one.ready_us, now_us)
            self._settle(one)

    def focus(self, intervals_us: Mapping[TaskRef, int], now_us: int) -> None:
        """Ask these tasks, and only these, at such intervals from sending to sending, those not yet watched too as soon
        as they are."""
        self._focus_per_s = sum(1e6 / interval_us for interval_us in intervals_us.values())
        self._wake(now_us)
        self._waiting.focus(dict(intervals_us))

    def next(self, now_us: int) -> Turn | None:
        """Who is next, and when; None when nobody is ever to be asked. Asking twice is told the same twice."""
        self._wake(now_us)
        wish = self._first_asked()
        # A sixth before the cap: when all tasks get there one after the other, the last of them is still in time.
        return self._waiting.next(now_us, wish, self.cap_us_now * 5 // 6)

    def wish(self, now_us: int) -> Turn | None:
        """Whom somebody asked for, whatever else there is to do; for when nobody is asked by turn."""
        task = self._first_asked()
        return None if task is None else Turn(task, Reason.YOU, now_us)

    def taken(self, turn: Turn, now_us: int) -> None:
        """The turn is being sent now."""
        self._waiting.take(turn)
        self._granted(turn.task)
        self._under_way[turn.task] = now_us
        if one := self._watched.get(turn.task):
            one.sent_us, one.new = now_us, False
            one.ready_us = _usual_us(one)

    def _granted(self, task: TaskRef) -> None:
        """One of the polls that somebody waits for is being sent."""
        left = self._asked.pop(task, 0) - 1
        if left > 0:
            self._asked[task] = left

    def _first_asked(self) -> TaskRef | None:
        return next((task for task in self._asked if task not in self._under_way), None)

    def _settle(self, one: Watched) -> None:
        """Let the task wait for what comes next for it."""
        if one.over or one.task in self._held:
            self._off.add(one.task)
            self._waiting.drop(one.task)
            return
        self._off.discard(one.task)
        if one.lost_us is not None or one.task not in self._under_way:
            self._waiting.put(one)

    def _end(self, task: TaskRef, *, add: bool = False) -> tuple[Watched | None, bool]:
        """The task, no longer under way, and whether it was; `add`: one that is unknown and was not is watched."""
        asked = self._under_way.pop(task, None) is not None
        one = self._watched.get(task)
        if one is None and add and not asked:
            one = self._watched[task] = Watched(task)
        if one is not None:
            one.lost_us, one.new = None, False
        return one, asked

    def _wake(self, now_us: int) -> None:
        while given_up := self._waiting.wake(now_us):
            for task in given_up:
                del self._under_way[task]
                self._watched[task].lost_us = None
                self._settle(self._watched[task])

    def _learn(self, one: Watched, life: Life, look_us: int) -> None:
        """A look at `look_us` found the task in this life."""
        if one.looked_us is None or one.life not in ALIVE:
            return
        span_s = max(0, look_us - one.looked_us) / 1e6
        if life is one.life:
            self._sojourns.stayed(one.phase, span_s)
        else:
            self._sojourns.left(one.phase, span_s)


def _usual_us(one: Watched) -> int:
    """When the task may be asked by turn again, were it not for a rest."""
    return one.sent_us + (LEAVING_GAP_US if one.life is Life.EXITED else MIN_GAP_US)


def _enter(one: Watched, life: Life) -> None:
    """The task was seen in this life when it was last asked."""
    if life is not one.life:
        one.life, one.since_us = life, one.sent_us
    one.phase = phase_of(life, one.sent_us - one.since_us)
