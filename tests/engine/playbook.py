"""A language for stories about the poller: tasks with scripts, time that passes at once, and what came of it.

with Playbook({ROOM: "Idle*3, gone"}) as play:
    play.wait(60)
    assert play.word(ROOM) == "ENDED"
"""

import asyncio
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from itertools import repeat
from types import TracebackType
from typing import Self

from tests.engine.fakes import FakeLease, Journal, KeyRing, LeaseRow, ScriptedApi, script
from tests.engine.virtual import VirtualClock, VirtualLoop
from tui.core.attention import Attention
from tui.core.entry import Entry, Gap, Note, Poll, Reason, Request, Topic, Verb
from tui.core.lease import Tenure
from tui.core.lifecycle import stage_word
from tui.core.secret import Credential
from tui.core.task import TaskRef
from tui.core.timeline import Snapshot, fold
from tui.core.views import TaskView
from tui.engine.candidacy import Candidacy
from tui.engine.outside import Outside
from tui.engine.pace import Pace
from tui.engine.ports import Deposed, JournalError
from tui.engine.wishes import Wishes
from tui.protocol.evidence import NOTHING_LEFT, Evidence

SECOND_US = 1_000_000


def busiest_second(times_us: Sequence[int]) -> int:
    """The most times that any half-open second holds; the times come in order."""
    return max((bisect_left(times_us, t + SECOND_US) - index for index, t in enumerate(times_us)), default=0)


class Part:
    """What one process has of its own."""

    def __init__(self, lease: FakeLease) -> None:
        self.lease = lease
        self.wishes = Wishes()
        self.reigns: list[bool] = []
        """Each time it began and ended to be the one who polls."""


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
        pace: Pace | None = None,
        chances: Iterator[float] | None = None,
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
        self.row = LeaseRow(self.clock)
        self.journal.lease_row = self.row
        self._chances = chances or repeat(0.5)
        self._pace = pace or Pace()
        self._others: list[asyncio.Task[None]] = []
        self.one = Part(FakeLease(self.row))
        self._engine = self._make_engine(self.one)
        self._running: asyncio.Task[None] | None = None

    def __enter__(self) -> Self:
        self._running = self._runner.get_loop().create_task(self._engine.run())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.stop()
        finally:
            self._runner.close()

    def _make_engine(self, part: "Part") -> Candidacy:
        return Candidacy(
            Outside(
                keys=self.keys,
                open_api=self._open_api,
                open_lease=lambda: part.lease,
                append=self._append,
                clock=self.clock,
                chance=lambda: next(self._chances),
                folded=lambda _frame: self.snapshot(),
                waits=self._waits,
                reigns=part.reigns.append,
                pace=self._pace,
            ),
            part.wishes,
        )

    def join(self, name: str) -> "Part":
        """Another process that would like to poll the same journal."""
        part = Part(FakeLease(self.row, name))
        self._others.append(self._runner.get_loop().create_task(self._make_engine(part).run()))
        return part

    def leave(self) -> None:
        """The first process is to end as it should; others may go on."""
        self.one.wishes.leave()

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self._runner.run(self.clock.sleep_us(round(seconds * SECOND_US)))

    def stop(self) -> None:
        """Cancel the poller, and raise what ended it if that came first."""
        running, self._running = self._running, None
        ending = [*self._others] if running is None else [running, *self._others]
        self._others = []
        if not ending:
            return

        async def end() -> None:
            for one in ending:
                one.cancel()
            await asyncio.wait(ending)

        self._runner.run(end())
        for one in ending:
            if not one.cancelled():
                one.result()

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

    def hold(self, task: TaskRef) -> None:
        self._request(Verb.HOLD, task)

    def step(self, task: TaskRef) -> None:
        self._request(Verb.STEP, task)

    def release(self, task: TaskRef) -> None:
        self._request(Verb.RELEASE, task)

    def pin(self, task: TaskRef) -> None:
        self._request(Verb.PIN, task)

    def attend(self, *attentions: Attention) -> None:
        """What the screens show from now on."""
        self.one.wishes.attend(attentions)

    def gaps(self) -> list[Gap]:
        """The ledger of when nobody looked."""
        return [entry for entry in self.journal.entries if isinstance(entry, Gap)]

    def _request(self, verb: Verb, task: TaskRef) -> None:
        request = Request(self.clock.now_us(), verb, task)
        self.journal.append([request])
        self.one.wishes.obey([request])

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
        self.api.users += 1
        return self.api

    def _append(self, entry: Entry, tenure: Tenure | None, left: Evidence | None) -> "Future[int]":
        done: Future[int] = Future()
        if self._append_s:
            self._runner.get_loop().call_later(self._append_s, self._write, entry, tenure, left, done)
        else:
            self._write(entry, tenure, left, done)
        return done

    def _write(self, entry: Entry, tenure: Tenure | None, left: Evidence | None, done: "Future[int]") -> None:
        try:
            done.set_result(self.journal.append([entry], tenure, {0: left} if left is not None else NOTHING_LEFT))
        except (JournalError, Deposed) as error:
            done.set_exception(error)

    def _waits(self, why: str) -> None:
        if self.told[-1:] != [why]:
            self.told.append(why)
