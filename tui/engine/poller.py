"""The one who asks: takes turns from the schedule, keeps the spacing, appends every answer, and learns from it."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field

from msgspec import Struct

from tui.core.entry import Entry, Level, Note, Poll, Reason, Request, Topic, Verb
from tui.core.lifecycle import OVER, retry_after_us
from tui.core.reading import read_task
from tui.core.schedule import Schedule, Turn
from tui.core.secret import Credential
from tui.core.spacing import Spacing
from tui.core.task import TaskRef
from tui.core.timeline import Snapshot
from tui.core.views import TaskView
from tui.engine.lesson import Backoff, Lesson, learn
from tui.engine.ports import Api, Clock, JournalError, Keys, NoKey

IN_FLIGHT = 4
"""Requests under way at once; with answers slower than 4/18 s the rate falls by itself."""

KEY_EVERY_US = 3_000_000
"""How often a missing or refused key is looked for again."""

APPEND_AGAIN_US = 2_000_000
"""How long to wait before a journal that could not be written is tried again."""


class Outside(Struct, frozen=True):
    """What a poller needs of the world around it."""

    keys: Keys
    open_api: Callable[[Credential], Api]
    append: "Callable[[Entry], Future[int]]"
    clock: Clock
    waits: Callable[[str], None]
    """Told, in words, why polling does not go on for a reason that is not in the journal; empty when it does."""


@dataclass(slots=True)
class Poller:
    """Polls the tasks of `start`, and those that requests add, until `run` is cancelled.

    `obey` may be called from any thread, also before `run`.
    """

    outside: Outside
    start: Callable[[], Snapshot]
    """Called once, when `run` begins: the fold from which to go on."""
    _schedule: Schedule = field(default_factory=Schedule)
    _spacing: Spacing = field(default_factory=Spacing)
    _backoff: Backoff = field(default_factory=Backoff)
    _views: dict[TaskRef, TaskView] = field(default_factory=dict)
    _inbox: deque[Request] = field(default_factory=deque)
    _loop: asyncio.AbstractEventLoop | None = None
    _wake: asyncio.Event = field(default_factory=asyncio.Event)
    _stopped: bool = False
    """The key was refused; only the user's own wishes are sent until it changes."""

    def obey(self, requests: Sequence[Request]) -> None:
        """Do what the operator asked. Thread-safe."""
        self._inbox.extend(requests)
        if self._loop is not None:
            with suppress(RuntimeError):  # the loop is closed: nobody polls any more
                self._loop.call_soon_threadsafe(self._wake.set)

    async def run(self) -> None:
        """Poll until cancelled. The journal tells when it began and ended."""
        self._loop = asyncio.get_running_loop()
        self._restore(self.start())
        credential = await self._key()
        api = self.outside.open_api(credential)
        try:
            await api.warm_up()
            await self._note(Topic.POLLING_STARTED, f"polling with key {credential.masked_id} from {credential.source}")
            async with asyncio.TaskGroup() as group:
                group.create_task(self._watch_key(api, credential))
                await self._send(group, api)
        finally:
            await api.aclose()
            self.outside.append(self._make_note(Topic.POLLING_STOPPED, "polling stopped"))

    def _restore(self, snapshot: Snapshot) -> None:
        self._views.update(snapshot.forgotten)
        for view in snapshot.tasks.values():
            self._views[view.task] = view
            if view.stage.life in OVER:
                self._schedule.rest(view.task)
            elif view.stage.misses:
                self._schedule.again(view.task, 0, Reason.CONFIRM)
            else:
                self._schedule.by_turn(view.task)

    async def _key(self) -> Credential:
        """The key, waited for as long as it takes."""
        while True:
            try:
                credential = await asyncio.to_thread(self.outside.keys.read)
            except NoKey as reason:
                self.outside.waits(str(reason))
                await self.outside.clock.sleep_us(KEY_EVERY_US)
            else:
                self.outside.waits("")
                return credential

    async def _send(self, group: asyncio.TaskGroup, api: Api) -> None:
        free = asyncio.Semaphore(IN_FLIGHT)
        while True:
            self._empty_inbox()
            now_us = self.outside.clock.monotonic_us()
            turn = self._schedule.next(now_us)
            if turn is None or (self._stopped and turn.reason is not Reason.YOU):
                await self._woken()
                continue
            send_us = max(turn.at_us, self._spacing.free_us)
            if send_us > now_us:
                await self._woken(send_us - now_us)
            elif free.locked():
                await self._woken()
            else:
                await free.acquire()
                self._spacing.use(now_us)
                self._schedule.taken(turn)
                group.create_task(self._ask(api, turn, free))

    async def _woken(self, at_most_us: int | None = None) -> None:
        """Wait until something happens, or for so long."""
        self._wake.clear()
        if at_most_us is None:
            await self._wake.wait()
            return
        sleep = asyncio.ensure_future(self.outside.clock.sleep_us(at_most_us))
        wake = asyncio.ensure_future(self._wake.wait())
        try:
            await asyncio.wait((sleep, wake), return_when=asyncio.FIRST_COMPLETED)
        finally:
            sleep.cancel()
            wake.cancel()

    async def _ask(self, api: Api, turn: Turn, free: asyncio.Semaphore) -> None:
        try:
            poll = (await api.describe(turn.task)).as_poll(turn.reason)
        finally:
            free.release()
        frame = await self._append(poll)
        before = self._views.get(turn.task) or TaskView(turn.task, poll.sent_us)
        view, _ = read_task(frame, before, poll)
        await self._heed(api, poll, view, learn(poll, view, self._backoff))
        self._wake.set()

    async def _heed(self, api: Api, poll: Poll, view: TaskView, lesson: Lesson) -> None:
        now_us = self.outside.clock.monotonic_us()
        self._views[poll.task] = view
        if poll.task in self._schedule:
            self._place(view, lesson, now_us)
        if lesson.pause_us:
            self._spacing.pause(now_us + lesson.pause_us)
        if lesson.clock_us is not None:
            api.correct_clock(lesson.clock_us)
            self._backoff.corrected(self.outside.clock.now_us())
            await self._note(Topic.CLOCK_CORRECTED, _clock_text(lesson.clock_us), Level.ALERT)
        if lesson.refused and not self._stopped:
            self._stopped = True
            await self._note(Topic.AUTH_STOPPED, f"polling stopped: {lesson.refused}", Level.ALERT)
        elif self._stopped and lesson.accepted:
            await self._go_on("the key is accepted again")

    def _place(self, view: TaskView, lesson: Lesson, now_us: int) -> None:
        confirm_us = retry_after_us(view.stage)
        if lesson.clock_us is not None:
            self._schedule.again(view.task, now_us, Reason.CLOCK)
        elif view.stage.life in OVER:
            self._schedule.rest(view.task)
        elif confirm_us is not None:
            self._schedule.again(view.task, now_us + confirm_us, Reason.CONFIRM)
        else:
            self._schedule.by_turn(view.task, now_us + lesson.rest_us)

    async def _watch_key(self, api: Api, credential: Credential) -> None:
        """While polling is stopped for the key's sake, look whether there is another one."""
        while True:
            await self.outside.clock.sleep_us(KEY_EVERY_US)
            if not self._stopped:
                continue
            fresh = await self._key()
            if fresh != credential:
                credential = fresh
                api.use(fresh)
                await self._go_on(f"a new key, {fresh.masked_id} from {fresh.source}")

    async def _go_on(self, why: str) -> None:
        self._stopped = False
        await self._note(Topic.POLLING_STARTED, f"polling goes on: {why}")
        self._wake.set()

    def _empty_inbox(self) -> None:
        while self._inbox:
            request = self._inbox.popleft()
            if request.verb is Verb.WATCH and request.task not in self._schedule:
                self._watch(request)
            elif request.verb is Verb.FORGET:
                self._schedule.forget(request.task)
            elif request.verb is Verb.POLL_NOW and request.task in self._schedule:
                self._schedule.ask(request.task)

    def _watch(self, request: Request) -> None:
        view = self._views.setdefault(request.task, TaskView(request.task, request.at_us))
        if view.stage.life in OVER:
            self._schedule.rest(request.task)
        else:
            self._schedule.by_turn(request.task)

    async def _append(self, entry: Entry) -> int:
        """Append, however long it takes: an answer that cannot be written is kept, and nothing else is asked."""
        while True:
            try:
                frame = await asyncio.wrap_future(self.outside.append(entry))
            except JournalError as error:
                self.outside.waits(str(error))
                self._spacing.pause(self.outside.clock.monotonic_us() + 2 * APPEND_AGAIN_US)
                await self.outside.clock.sleep_us(APPEND_AGAIN_US)
            else:
                self.outside.waits("")
                return frame

    async def _note(self, topic: Topic, text: str, level: Level = Level.INFO) -> None:
        await self._append(self._make_note(topic, text, level))

    def _make_note(self, topic: Topic, text: str, level: Level = Level.INFO) -> Note:
        return Note(self.outside.clock.now_us(), topic, text, level)


def _clock_text(offset_us: int) -> str:
    side = "behind" if offset_us > 0 else "ahead of"
    seconds = abs(offset_us) / 1e6
    return f"this host's clock is {seconds:.0f} s {side} Tencent's: signing with the server's time; set the clock (NTP)"
