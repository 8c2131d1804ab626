"""A language for stories about the poller: tasks with scripts, time that passes at once, and what came of it.

with Playbook({ROOM: "Idle*3, gone"}) as play:
    play.wait(60)
    assert play.word(ROOM) == "ENDED"
"""

import asyncio
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from types import TracebackType
from typing import Self

from tests.engine.fakes import Journal, KeyRing, ScriptedApi, script
from tests.engine.virtual import VirtualClock, VirtualLoop
from tui.core.entry import Entry, Note, Poll, Reason, Request, Topic, Verb
from tui.core.lifecycle import stage_word
from tui.core.secret import Credential
from tui.core.task import TaskRef
from tui.core.timeline import Snapshot, fold
from tui.core.views import TaskView
from tui.engine.poller import Outside, Poller
from tui.engine.ports import JournalError

SECOND_US = 1_000_000


def busiest_second(times_us: Sequence[int]) -> int:
    """The most times that any half-open second holds; the times come in order."""
    return max((bisect_left(times_us, t + SECOND_US) - index for index, t in enumerate(times_us)), default=0)


class Playbook:
    """A poller in virtual time. It begins when the block does and is cancelled at its end."""

    def __init__(
        self,
        scripts: Mapping[TaskRef, str],
        *,
        begin: Snapshot | None = None,
        keys: KeyRing | None = None,
        latency_ms: int = 20,
        append_ms: int = 0,
    ) -> None:
        """`begin` is the fold from which the poller goes on; without it, it watches the tasks of `scripts`."""
        self._append_s = append_ms / 1000
        self._runner = asyncio.Runner(loop_factory=VirtualLoop)
        self.clock = VirtualClock(self._runner.get_loop())
        self.journal = Journal()
        self.keys = keys or KeyRing()
        self.api = ScriptedApi(
            self.clock, {task: script(text) for task, text in scripts.items()}, latency_us=latency_ms * 1000
        )
        self.told: list[str] = []
        """What the poller said it waits for, repetitions left out."""
        self._before = begin or fold(enumerate((Request(self.clock.now_us(), Verb.WATCH, task) for task in scripts), 1))
        self._poller = Poller(
            Outside(self.keys, self._open_api, self._append, self.clock, self._waits), lambda: self._before
        )
        self._running: asyncio.Task[None] | None = None

    def __enter__(self) -> Self:
        self._running = self._runner.get_loop().create_task(self._poller.run())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.stop()
        finally:
            self._runner.close()

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self._runner.run(self.clock.sleep_us(round(seconds * SECOND_US)))

    def stop(self) -> None:
        """Cancel the poller, and raise what ended it if that came first."""
        running, self._running = self._running, None
        if running is None:
            return

        async def end() -> None:
            running.cancel()
            await asyncio.wait([running])

        self._runner.run(end())
        if not running.cancelled():
            running.result()

    def watch(self, task: TaskRef, text: str) -> None:
        """The operator adds a task that answers so."""
        self.api.scripts[task] = script(text)
        self._request(Verb.WATCH, task)

    def forget(self, task: TaskRef) -> None:
        self._request(Verb.FORGET, task)

    def watch_again(self, task: TaskRef) -> None:
        self._request(Verb.WATCH, task)

    def poll_now(self, task: TaskRef) -> None:
        self._request(Verb.POLL_NOW, task)

    def _request(self, verb: Verb, task: TaskRef) -> None:
        request = Request(self.clock.now_us(), verb, task)
        self.journal.append([request])
        self._poller.obey([request])

    @property
    def second(self) -> float:
        """Seconds since the beginning."""
        return self.clock.monotonic_us() / SECOND_US

    def snapshot(self) -> Snapshot:
        """What a screen would show."""
        return fold(self.journal.after(0, 1 << 62), self._before)

    def view(self, task: TaskRef) -> TaskView:
        return self.snapshot().tasks[task]

    def word(self, task: TaskRef) -> str:
        return stage_word(self.view(task).stage)

    def polls(self, task: TaskRef) -> list[Poll]:
        return [entry for entry in self.journal.entries if isinstance(entry, Poll) and entry.task == task]

    def reasons(self, task: TaskRef) -> list[Reason]:
        return [poll.reason for poll in self.polls(task)]

    def topics(self) -> list[Topic]:
        """What the poller noted, in order."""
        return [entry.topic for entry in self.journal.entries if isinstance(entry, Note)]

    def sent_us(self, task: TaskRef | None = None) -> list[int]:
        """When requests left, µs since the beginning."""
        return [at_us for at_us, about in self.api.sent if task is None or about == task]

    def _open_api(self, credential: Credential) -> ScriptedApi:
        self.api.keys.append(credential)
        return self.api

    def _append(self, entry: Entry) -> "Future[int]":
        done: Future[int] = Future()
        if self._append_s:
            self._runner.get_loop().call_later(self._append_s, self._write, entry, done)
        else:
            self._write(entry, done)
        return done

    def _write(self, entry: Entry, done: "Future[int]") -> None:
        try:
            done.set_result(self.journal.append([entry]))
        except JournalError as error:
            done.set_exception(error)

    def _waits(self, why: str) -> None:
        if self.told[-1:] != [why]:
            self.told.append(why)
