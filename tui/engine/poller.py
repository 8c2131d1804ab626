"""The one who asks, for one tenure: takes turns from the schedule and slots from the lease, writes down every answer,
and learns from it."""

import asyncio

from tui.core.entry import GapCause, Level, Poll, Request, Topic, Verb
from tui.core.lease import RENEW_US, Slot, Tenure
from tui.core.schedule import Schedule, Turn
from tui.core.task import TaskRef
from tui.core.views import TaskView
from tui.engine.gap_watch import CHECK_US, GapWatch
from tui.engine.insisting import insist
from tui.engine.key_holder import KeyHolder
from tui.engine.lesson import CAUSES, ClockTrust, Lesson, learn
from tui.engine.outside import Outside
from tui.engine.pacing import Pacing
from tui.engine.ports import Api, Deposed
from tui.engine.roster import Roster
from tui.engine.scribe import Scribe
from tui.engine.slots import Slots
from tui.engine.wishes import Wishes

IN_FLIGHT = 8
"""Requests under way at once: enough for 19/s over a path of 400 ms."""

DRAIN_US = 500_000
"""How long answers are waited for at the end."""


class Poller:
    """Polls from the moment its process got the lease until it is cancelled, or until the lease is another's.

    Raises:
        Deposed: from `run`, alone or in a group: another process polls by now.
    """

    def __init__(
        self, outside: Outside, slots: Slots, tenure: Tenure, *, wishes: Wishes, keys: KeyHolder, api: Api
    ) -> None:
        self._outside = outside
        self._clock = outside.clock
        self._slots = slots
        self._wishes = wishes
        self._keys = keys
        self._api = api
        self._tenure = tenure
        self._scribe = Scribe(outside, tenure, self._journal_blocked)
        self._pacing = Pacing(outside.pace, self._clock, outside.chance)
        self._schedule = Schedule(outside.pace.start_per_s)
        self._gaps = GapWatch(self._clock, self._scribe.write)
        self._roster = Roster(self._schedule, self._clock, self._gaps)
        self._trust = ClockTrust()
        self._asks: set[asyncio.Task[None]] = set()
        """Questions under way, until their answers are written and learnt from."""

    async def run(self) -> None:
        """Poll until the operator leaves, or until cancelled. The journal tells when it began and ended."""
        self._wishes.begin()
        own = True
        try:
            async with asyncio.TaskGroup() as group:
                beside = [group.create_task(self._renew())]
                await self._begin()
                beside += [group.create_task(self._look_after()), group.create_task(self._watch_key())]
                await self._send(group)
                await self._drain()
                for task in (*beside, *self._asks):
                    task.cancel()
        except* Deposed:
            own = False
            raise
        finally:
            if own:
                await self._scribe.last_word(Topic.POLLING_STOPPED, "polling stopped")

    async def _begin(self) -> None:
        snapshot = await asyncio.to_thread(self._outside.folded, self._tenure.frame)
        self._roster.restore(snapshot)
        await self._api.warm_up()
        await self._scribe.note(Topic.POLLING_STARTED, self._opening_words())
        await self._gaps.begin(snapshot)

    def _opening_words(self) -> str:
        credential = self._keys.credential
        taken_over = f", taken over from {self._tenure.predecessor}" if self._tenure.predecessor else ""
        return f"polling with key {credential.masked_id} from {credential.source}{taken_over}"

    # Sending.

    async def _send(self, group: asyncio.TaskGroup) -> None:
        while not self._wishes.leaving:
            await self._hear()
            wait_us = self._wait_us()
            if wait_us is None or wait_us > 0:
                await self._woken(wait_us)
            else:
                due_us = self._clock.monotonic_us()
                await self._send_one(group, await self._slot(), due_us)

    def _wait_us(self) -> int | None:
        """How long until there may be something to send, µs; None until something happens."""
        turn = self._pacing.next(self._schedule)
        if turn is None or len(self._asks) >= IN_FLIGHT:
            return None
        return turn.at_us - self._clock.monotonic_us()

    async def _slot(self) -> Slot:
        """Wait for a slot."""

        async def attempt() -> Slot:
            return await self._slots.take(self._tenure, self._pacing.interval_us)

        return await insist(attempt, self._clock, self._outside.waits, self._journal_blocked)

    def _journal_blocked(self) -> None:
        self._gaps.blame(GapCause.JOURNAL)

    async def _send_one(self, group: asyncio.TaskGroup, slot: Slot, due_us: int) -> None:
        """Use the slot, waited for since `due_us`, for whoever is the most urgent at this moment, unless its time is
        over."""
        await self._hear()
        turn = self._pacing.next(self._schedule)
        now_us = self._clock.monotonic_us()
        if turn is None or turn.at_us > now_us or not self._slots.is_good(slot):
            return
        self._pacing.sent(turn)
        self._schedule.taken(turn, now_us)
        ask = group.create_task(self._ask(turn, now_us - due_us))
        self._asks.add(ask)
        ask.add_done_callback(self._asks.discard)

    async def _drain(self) -> None:
        """What is under way at the end may still be answered, for a moment."""
        if self._asks:
            rest = asyncio.ensure_future(self._clock.sleep_us(DRAIN_US))
            while self._asks and not rest.done():
                await asyncio.wait((rest, *self._asks), return_when=asyncio.FIRST_COMPLETED)
            rest.cancel()

    async def _hear(self) -> None:
        """Do what operators asked since the last time."""
        for request in self._wishes.take_requests():
            await self._roster.obey(request)
        attentions = self._wishes.take_attentions()
        if attentions is not None:
            self._roster.attend(attentions)
        rate_per_s = self._pacing.rate_per_s
        self._schedule.rate_per_s = rate_per_s
        self._roster.refresh_focus(rate_per_s)

    async def _woken(self, at_most_us: int | None) -> None:
        """Wait until something happens, or for so long."""
        if at_most_us is None:
            await self._wishes.wait()
            return
        sleep = asyncio.ensure_future(self._clock.sleep_us(at_most_us))
        wake = asyncio.ensure_future(self._wishes.wait())
        try:
            await asyncio.wait((sleep, wake), return_when=asyncio.FIRST_COMPLETED)
        finally:
            sleep.cancel()
            wake.cancel()

    # Answers.

    async def _ask(self, turn: Turn, waited_us: int) -> None:
        asked_us = self._gaps.asking()
        exchange = await self._api.describe(turn.task)
        poll = exchange.as_poll(turn.reason)
        # Noticed before the answer is written: in the journal, a gap stands before the look that ended it.
        await self._gaps.check(asked_us)
        frame = await self._scribe.write(poll, exchange.evidence and exchange.evidence.after_waiting(waited_us))
        delay_us = self._roster.delay_us(poll)
        view = self._roster.read(frame, poll)
        lesson = learn(poll, view, self._trust)
        if lesson.lost:
            self._pacing.lost(poll.task, self._schedule.alive)
        else:  # what was read after a sleep tells nothing of the way
            self._pacing.answered(lesson, None if self._gaps.slept_since(asked_us) else delay_us)
        await self._heed(poll, view, lesson, asked_us)
        self._wishes.wake()

    async def _heed(self, poll: Poll, view: TaskView, lesson: Lesson, asked_us: int) -> None:
        self._roster.place(view, lesson)
        if lesson.told:
            await self._roster.looked(poll.task, lesson.rest_us, asked_us)
        elif lesson.cause is not None:
            self._gaps.blame(lesson.cause)
        if lesson.pause_us:
            self._pacing.pause(lesson.pause_us)
            await self._slots.pause(self._tenure, lesson.pause_us)
        if lesson.clock_us is not None:
            await self._correct_clock(lesson.clock_us)
        if lesson.refused and not self._pacing.stopped:
            self._pacing.stopped = True
            await self._scribe.note(Topic.AUTH_STOPPED, f"polling stopped: {lesson.refused}", Level.ALERT)
        elif self._pacing.stopped and lesson.accepted:
            await self._go_on("the key is accepted again")

    async def _correct_clock(self, offset_us: int) -> None:
        self._api.correct_clock(offset_us)
        self._trust.corrected(self._clock.now_us())
        await self._scribe.note(Topic.CLOCK_CORRECTED, _clock_text(offset_us), Level.ALERT)

    # Beside the sending.

    async def _renew(self) -> None:
        """Stay the poller."""

        async def attempt() -> None:
            await self._slots.renew(self._tenure)

        while True:
            await self._clock.sleep_us(RENEW_US)
            await insist(attempt, self._clock, self._outside.waits, self._journal_blocked)

    async def _look_after(self) -> None:
        """Gaps, and holds that end by themselves; seldom, while there is nobody to look at."""
        while True:
            await self._clock.sleep_us(CHECK_US if self._schedule.alive else RENEW_US)
            await self._gaps.check()
            await self._gaps.check_tasks(self._pacing.rate_per_s, self._schedule.cap_us_now, self._task_cause)
            for task in self._roster.due_releases():
                release = Request(self._clock.now_us(), Verb.RELEASE, task)
                await self._scribe.write(release)
                self._wishes.obey([release])

    def _task_cause(self, task: TaskRef) -> GapCause:
        view = self._roster.view(task)
        if view is not None and view.trouble is not None:
            return CAUSES.get(view.trouble.fault_class, GapCause.DROPPED)
        return GapCause.LIMITER

    async def _watch_key(self) -> None:
        """While polling is stopped for the key's sake, look whether there is another one."""
        while True:
            fresh = await self._keys.another(lambda: self._pacing.stopped)
            self._api.use(fresh)
            await self._go_on(f"a new key, {fresh.masked_id} from {fresh.source}")

    async def _go_on(self, why: str) -> None:
        self._pacing.stopped = False
        await self._scribe.note(Topic.POLLING_STARTED, f"polling goes on: {why}")
        self._wishes.wake()


def _clock_text(offset_us: int) -> str:
    side = "behind" if offset_us > 0 else "ahead of"
    seconds = abs(offset_us) / 1e6
    return f"this host's clock is {seconds:.0f} s {side} Tencent's: signing with the server's time; set the clock (NTP)"
