"""The tasks of one tenure: what is known of each, and the schedule that requests and answers keep up to date."""

from collections.abc import Awaitable, Callable

from msgspec.structs import replace

from tui.core.attention import Attention, intervals_us
from tui.core.entry import HOLD_US, Poll, Reason, Request, Verb
from tui.core.lifecycle import OVER, retry_after_us
from tui.core.reading import read_task
from tui.core.schedule import Schedule
from tui.core.task import TaskRef
from tui.core.timeline import Snapshot
from tui.core.views import TaskView
from tui.engine.gap_watch import GapWatch
from tui.engine.lesson import Lesson
from tui.engine.ports import Clock

ASK_KEPT_US = 30_000_000
"""A wish for a poll that the poller before did not come to is kept for so long."""

_Obeys = Callable[[Request], Awaitable[None]]


class Roster:
    """Who is watched, held, pinned, looked at."""

    def __init__(self, schedule: Schedule, clock: Clock, gaps: GapWatch) -> None:
        self._schedule = schedule
        self._clock = clock
        self._gaps = gaps
        self._views: dict[TaskRef, TaskView] = {}
        self._holds: dict[TaskRef, int] = {}
        """When each hold ends by itself, monotonic µs."""
        self._pinned: set[TaskRef] = set()
        self._attentions: tuple[Attention, ...] = ()
        self._focus_rate = 0.0
        self._focus_fresh = False
        self._obeys: dict[Verb, _Obeys] = {
            Verb.WATCH: self._watch,
            Verb.FORGET: self._forget,
            Verb.POLL_NOW: self._ask,
            Verb.HOLD: self._hold,
            Verb.STEP: self._step,
            Verb.RELEASE: self._release,
            Verb.PIN: self._pin,
            Verb.UNPIN: self._unpin,
        }

    def restore(self, snapshot: Snapshot) -> None:
        """Go on from where the journal stands."""
        now_us, wall_us = self._clock.monotonic_us(), self._clock.now_us()
        self._views.update(snapshot.forgotten)
        for view in snapshot.tasks.values():
            self._views[view.task] = view
            if view.pinned:
                self._pinned.add(view.task)
            self._schedule_as_is(view, now_us, wall_us)
            if view.held_us is not None:
                self._schedule.hold(view.task)
                self._holds[view.task] = now_us + view.held_us + HOLD_US - wall_us
            if wall_us - view.asked_us <= ASK_KEPT_US:
                self._schedule.ask(view.task)

    def _schedule_as_is(self, view: TaskView, now_us: int, wall_us: int) -> None:
        last_us = None if view.last is None else now_us - max(0, wall_us - view.last.sent_us)
        self._schedule.watch(view.task, view.stage, now_us, last_us)
        confirm_us = retry_after_us(view.stage)
        if view.stage.life in OVER:
            self._schedule.rest(view.task)
        elif confirm_us is not None:
            self._schedule.again(view.task, max(now_us, (last_us or now_us) + confirm_us), Reason.CONFIRM)

    async def obey(self, request: Request) -> None:
        """Do what an operator asked."""
        if request.verb is Verb.WATCH or request.task in self._schedule:
            await self._obeys[request.verb](request)

    def attend(self, attentions: tuple[Attention, ...]) -> None:
        """Remember what the screens show."""
        self._attentions, self._focus_fresh = attentions, True

    def refresh_focus(self, rate_per_s: float) -> None:
        """Poll what is looked at as often as this rate allows; costs nothing when nothing changed."""
        if not self._focus_fresh and abs(rate_per_s - self._focus_rate) < self._focus_rate / 10:
            return
        self._focus_fresh, self._focus_rate = False, rate_per_s
        now_us = self._clock.monotonic_us()
        self._schedule.focus(intervals_us(self._attentions, self._pinned, rate_per_s), now_us)

    def delay_us(self, poll: Poll) -> int | None:
        """How much longer this poll took than the one before of the same task, µs, 0 or more: that is the way's doing.
        What one task always takes longer than another is the server's, and moves no arrival. None for the first poll
        of a task. Call it before `read`."""
        before = self._views.get(poll.task)
        if before is None or before.last is None:
            return None
        return max(0, poll.latency_us - before.last.latency_us)

    def read(self, frame: int, poll: Poll) -> TaskView:
        """What is known of the task after `poll`."""
        before = self._views.get(poll.task) or TaskView(poll.task, poll.sent_us)
        view, _ = read_task(frame, before, poll)
        view = _slim(view)
        self._views[poll.task] = view
        return view

    def place(self, view: TaskView, lesson: Lesson) -> None:
        """End the turn of this task, be it forgotten meanwhile: what comes next for it."""
        now_us = self._clock.monotonic_us()
        confirm_us = retry_after_us(view.stage)
        if lesson.clock_us is not None:
            self._schedule.again(view.task, now_us, Reason.CLOCK)
        elif view.stage.life in OVER:
            self._schedule.rest(view.task)
            self._holds.pop(view.task, None)
            self._gaps.drop(view.task)
        elif confirm_us is not None:
            self._schedule.again(view.task, now_us + confirm_us, Reason.CONFIRM)
        elif lesson.told:
            self._schedule.answered(view.task, view.stage, now_us, rest_us=lesson.rest_us)
        else:
            self._schedule.unseen(view.task, now_us, rest_us=lesson.rest_us)

    async def looked(self, task: TaskRef, rest_us: int, asked_us: int) -> None:
        """An answer told something of this task, which is not asked again for `rest_us`; when it is held, nobody looks
        again from now on. `asked_us` as in `GapWatch.looked`."""
        view = self._views.get(task)
        if view is not None and task in self._schedule and task not in self._holds and view.stage.life not in OVER:
            self._gaps.watch(task)
        self._gaps.looked(task, rest_us, asked_us)
        if task in self._holds:
            await self._gaps.hold(task)

    def view(self, task: TaskRef) -> TaskView | None:
        """What is known of a task."""
        return self._views.get(task)

    def due_releases(self) -> list[TaskRef]:
        """Tasks whose hold has lasted long enough; each is told once."""
        now_us = self._clock.monotonic_us()
        due = [task for task, until_us in self._holds.items() if until_us <= now_us]
        for task in due:
            del self._holds[task]
        return due

    async def _watch(self, request: Request) -> None:
        task = request.task
        if task in self._schedule:
            return
        view = self._views.setdefault(task, TaskView(task, request.at_us))
        self._schedule_as_is(view, self._clock.monotonic_us(), self._clock.now_us())
        if view.stage.life not in OVER:
            self._gaps.watch(task)

    async def _forget(self, request: Request) -> None:
        self._schedule.forget(request.task)
        self._gaps.drop(request.task)
        self._holds.pop(request.task, None)
        await self._unpin(request)

    async def _ask(self, request: Request) -> None:
        self._schedule.ask(request.task)

    async def _step(self, request: Request) -> None:
        """Whoever steps has not forgotten the hold: it lasts for `HOLD_US` from the last step."""
        await self._hold(request)
        if request.task in self._holds:
            self._holds[request.task] = self._clock.monotonic_us() + HOLD_US
        self._schedule.step(request.task)

    async def _hold(self, request: Request) -> None:
        view = self._views.get(request.task) or TaskView(request.task, request.at_us)
        if view.stage.life in OVER or request.task in self._holds:
            return
        self._holds[request.task] = self._clock.monotonic_us() + HOLD_US
        self._schedule.hold(request.task)
        await self._gaps.hold(request.task)

    async def _release(self, request: Request) -> None:
        self._holds.pop(request.task, None)
        view = self._views.get(request.task) or TaskView(request.task, request.at_us)
        self._schedule.release(request.task, self._clock.monotonic_us())
        if view.stage.life not in OVER:
            self._gaps.watch(request.task)

    async def _pin(self, request: Request) -> None:
        self._pinned.add(request.task)
        self._focus_fresh = True

    async def _unpin(self, request: Request) -> None:
        if request.task in self._pinned:
            self._pinned.discard(request.task)
            self._focus_fresh = True


def _slim(view: TaskView) -> TaskView:
    """Without what only a screen shows: bodies and histories of 10,000 tasks are 5 MB."""
    last = None if view.last is None else replace(view.last, body=b"", request_id=None)
    return replace(view, runs=(), last=last)
