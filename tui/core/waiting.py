"""Tasks that wait to be asked, and whose slot is next.

The budget goes by turn, to each its share (`core.shares`). Above the shares are lanes, best first:

    urgent   what the user asked for, then confirmations and repetitions that are due
    focus    tasks somebody looks at: absolute intervals, earliest deadline first
    new      tasks never asked, in the order they came
    stale    tasks about to be older than the staleness cap, oldest first

At most 3 slots in a row go to lanes, then one to the shares. The second of the three is for others than urgent and
focus first: these two get every other slot at least, so a wish waits for one slot, and every other slot at most, so
half of the budget is left for the rest. A slot that those it is for do not need is anybody's.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from msgspec import Struct

from tui.core.entry import Reason
from tui.core.lane import Lane
from tui.core.lifecycle import Life
from tui.core.shares import Shares
from tui.core.sojourn import UNSEEN, Phase, Sojourns
from tui.core.task import TaskRef

LANE_SLOTS = 3
"""After so many slots in a row for lanes one belongs to the shares."""


class Turn(Struct, frozen=True, gc=False):
    """Whose turn it is, and when it may be sent at the earliest."""

    task: TaskRef
    reason: Reason
    at_us: int


@dataclass(slots=True)
class Watched:
    """What the schedule knows of one task."""

    task: TaskRef
    life: Life = Life.NEW
    since_us: int = 0
    """Since when it is seen in this life."""
    phase: Phase = UNSEEN
    sent_us: int = 0
    """When it was last asked; before the first time, when it came."""
    new: bool = False
    """It was never asked."""
    looked_us: int | None = None
    """When the last request was sent whose answer told something of it."""
    missed_us: int | None = None
    """When the first of the requests was sent that found it gone, while that is not confirmed."""
    ready_us: int = 0
    """Not asked before by turn or focus."""
    again: tuple[int, Reason] | None = None
    """When and why it is to be asked out of turn."""
    over: bool = False
    lost_us: int | None = None
    """It was forgotten with a request under way, and is back: when that one is given up at the latest."""


class Waiting:
    """Every task is in no lane, in `again`, in `cool` until it is ready, or in some of the others."""

    def __init__(self, sojourns: Sojourns) -> None:
        self._watched: dict[TaskRef, Watched] = {}
        self._intervals_us: Mapping[TaskRef, int] = {}
        self._lane_run = 0
        """Slots in a row that went to lanes."""
        self._again = Lane[int]()
        self._focus = Lane[int]()
        self._new = Lane[int]()
        self._stale = Lane[int]()
        self._cool = Lane[int]()
        self._shares = Shares(sojourns)

    def put(self, one: Watched) -> None:
        """The task waits from now on for what comes next for it."""
        self.drop(one.task)
        self._watched[one.task] = one
        if one.lost_us is not None:
            self._cool.put(one.task, one.lost_us)
        elif one.again is not None:
            self._again.put(one.task, one.again[0])
        elif one.new:
            self._new.put(one.task, 0)
            self._ready(one)
        else:
            self._cool.put(one.task, one.ready_us)

    def drop(self, task: TaskRef) -> None:
        """The task waits for nothing."""
        if self._watched.pop(task, None) is not None:
            for lane in (self._again, self._focus, self._new, self._stale, self._cool):
                lane.drop(task)
            self._shares.drop(task)

    def focus(self, intervals_us: Mapping[TaskRef, int]) -> None:
        """These tasks, and only these, are looked at; also those that come later."""
        self._intervals_us = intervals_us
        self._focus = Lane()
        for task in intervals_us:
            if task in self._stale:
                self._look_at(self._watched[task])

    def wake(self, now_us: int) -> list[TaskRef]:
        """Make ready whoever is; tells those whose old request is given up."""
        given_up = []
        while (first := self._cool.first()) is not None and first[0] <= now_us:
            one = self._watched[first[1]]
            self._cool.drop(one.task)
            if one.lost_us is None:
                self._shares.put(one.task, one.phase, one.sent_us)
                self._ready(one)
            else:
                given_up.append(one.task)
        return given_up

    def next(self, now_us: int, wish: TaskRef | None, stale_us: int) -> Turn | None:
        """Who is next, and when; changes nothing.

        Args:
            wish: whom the user wants asked.
            stale_us: how old data may be until their task goes by the stale lane.
        """

        def urgent() -> Turn | None:
            return self._due(self._again, now_us) if wish is None else Turn(wish, Reason.YOU, now_us)

        def focus() -> Turn | None:
            return self._due(self._focus, now_us, Reason.FOCUS)

        def new() -> Turn | None:
            return self._due(self._new, now_us, Reason.BASE)

        def stale() -> Turn | None:
            first = self._stale.first()
            is_stale = first is not None and now_us - first[0] >= stale_us
            return Turn(first[1], Reason.STALE, now_us) if first is not None and is_stale else None

        def share() -> Turn | None:
            task = self._shares.first(now_us)
            return None if task is None else Turn(task, Reason.BASE, now_us)

        order: tuple[Callable[[], Turn | None], ...]
        if self._lane_run == LANE_SLOTS:
            order = share, urgent, focus, new, stale
        elif self._lane_run == 1:
            order = stale, new, share, urgent, focus
        else:
            order = urgent, focus, new, stale, share
        return next((turn for choose in order if (turn := choose()) is not None), None) or self._soonest()

    def take(self, turn: Turn) -> None:
        """This turn is used; its task waits for nothing."""
        one = self._watched.get(turn.task)
        if turn.reason is Reason.BASE and one is not None and not one.new:
            self._lane_run = 0
        else:
            self._lane_run = min(self._lane_run + 1, LANE_SLOTS)
        self.drop(turn.task)

    def _due(self, lane: Lane[int], now_us: int, reason: Reason | None = None) -> Turn | None:
        first = lane.first()
        if first is None or first[0] > now_us:
            return None
        return Turn(first[1], reason or self._reason(first[1]), now_us)

    def _soonest(self) -> Turn | None:
        """Who will be ready first, when nobody is."""
        again, cool = self._again.first(), self._cool.first()
        first = min((one for one in (again, cool) if one is not None), key=lambda one: one[0], default=None)
        return None if first is None else Turn(first[1], self._reason(first[1]), first[0])

    def _reason(self, task: TaskRef) -> Reason:
        one = self._watched[task]
        if one.again is not None:
            return one.again[1]
        interval_us = self._intervals_us.get(task)
        return Reason.FOCUS if interval_us is not None and one.sent_us + interval_us <= one.ready_us else Reason.BASE

    def _ready(self, one: Watched) -> None:
        self._stale.put(one.task, one.sent_us)
        if one.task in self._intervals_us:
            self._look_at(one)

    def _look_at(self, one: Watched) -> None:
        self._focus.put(one.task, one.sent_us + (0 if one.new else self._intervals_us[one.task]))
