"""The outside world of an engine, in memory: an API that plays scripts, a key ring, a journal."""

import asyncio
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, repeat

from msgspec.structs import replace

from tests.core.entries import CODES, START_MS
from tui.core.attention import Attention
from tui.core.entry import Entry, Fault, Seen, Skew
from tui.core.fault import FaultClass
from tui.core.lease import TTL_US, LeaseView, Slot, Tenure
from tui.core.secret import Credential, Secret
from tui.core.task import TaskRef
from tui.core.timeline import Snapshot
from tui.core.trail import Stretch
from tui.engine.ports import Clock, Deposed, JournalError, NoKey
from tui.protocol.evidence import NOTHING_LEFT, Evidence, Meant
from tui.protocol.exchange import Exchange, Question
from tui.protocol.signing import Signature

SKEW = Skew(400_000_000, 510_000)
"""What an answer tells of the clock when it was refused for it."""

_FAULTS = {"gone": FaultClass.END, **{fault_class.value: fault_class for fault_class in FaultClass}}
_UNSIGNED = Signature(0, "", "", "", "", "", "", "")


def key(name: str = "1") -> Credential:
    """An obviously false key."""
    return Credential(Secret(f"AKIDEXAMPLE-{name:0>8}"), Secret(f"no-secret-{name}"), source=f"test {name}")


def script(text: str) -> Iterator[Seen | Fault]:
    """What is answered, one after another: `Idle*3, InProgress*2, gone`. The last answer goes on for ever.

    `gone` and the names of the fault classes are failures; every other word is a status.
    """
    words = [part.strip() for part in text.split(",")]
    parts = [(word.partition("*")[0], int(word.partition("*")[2] or 1)) for word in words]
    return chain.from_iterable(
        [*(repeat(_answer(word), count) for word, count in parts), repeat(_answer(parts[-1][0]))]
    )


def _answer(word: str) -> Seen | Fault:
    if word not in _FAULTS:
        return Seen(word, START_MS)
    fault_class = _FAULTS[word]
    http_status = None if fault_class is FaultClass.NETWORK else 200
    return Fault(fault_class, CODES[fault_class], "as scripted", http_status)


@dataclass(slots=True)
class ScriptedApi:
    """`ports.Api` that answers each task by its script."""

    clock: Clock
    scripts: dict[TaskRef, Iterator[Seen | Fault]]
    latency_us: int = 20_000
    latencies_us: dict[TaskRef, int] = field(default_factory=dict)
    """For the tasks that take another time to answer."""
    down: bool = False
    """Nothing gets through; the scripts wait."""
    skewed: bool = False
    """This host's clock is wrong: what is signed with it is refused."""
    crash: Exception | None = None
    sent: list[tuple[int, TaskRef]] = field(default_factory=list)
    """When each request left, monotonic µs, and for whom."""
    under_way: list[TaskRef] = field(default_factory=list)
    most_under_way: int = 0
    corrections_us: list[int] = field(default_factory=list)
    keys: list[Credential] = field(default_factory=list)
    warm: bool = False
    users: int = 0
    """How many have it open."""

    @property
    def closed(self) -> bool:
        return not self.users

    async def describe(self, task: TaskRef) -> Exchange:
        assert not self.closed
        if self.crash is not None:
            raise self.crash
        sent_us = self.clock.now_us()
        self.sent.append((self.clock.monotonic_us(), task))
        answer = self._answer_to(task)
        latency_us = self.latencies_us.get(task, self.latency_us)
        self.under_way.append(task)
        self.most_under_way = max(self.most_under_way, len(self.under_way))
        try:
            await self.clock.sleep_us(latency_us)
        finally:
            self.under_way.remove(task)
        refused_clock = isinstance(answer, Fault) and answer.fault_class is FaultClass.CLOCK
        question = Question(task, "https://trtc.example", (), b"", _UNSIGNED)
        return Exchange(
            question,
            sent_us,
            latency_us,
            answer,
            f"request-{len(self.sent)}",
            skew=SKEW if refused_clock else None,
            evidence=Evidence(Meant("https://trtc.example", 0, "", "", "", task.task_id, "", "")),
        )

    def _answer_to(self, task: TaskRef) -> Seen | Fault:
        if self.down:
            return Fault(FaultClass.NETWORK, "Network.Connect", "down", None)
        if self.skewed and not self.corrections_us:
            return _answer(FaultClass.CLOCK.value)
        return next(self.scripts[task])

    def correct_clock(self, offset_us: int) -> None:
        self.corrections_us.append(offset_us)

    def use(self, credential: Credential) -> None:
        self.keys.append(credential)

    async def warm_up(self) -> None:
        self.warm = True

    async def aclose(self) -> None:
        self.users -= 1


@dataclass(slots=True)
class KeyRing:
    """`ports.Keys` with one key, or none and the reason."""

    held: Credential | str = field(default_factory=key)
    reads: int = 0

    def read(self) -> Credential:
        self.reads += 1
        if isinstance(self.held, str):
            raise NoKey(self.held)
        return self.held


class HostClock:
    """`ports.Clock` of this host, for tests with real threads."""

    def now_us(self) -> int:
        return time.time_ns() // 1000

    def monotonic_us(self) -> int:
        return time.monotonic_ns() // 1000

    def asleep_us(self) -> int:
        return 0

    async def sleep_us(self, duration_us: int) -> None:
        await asyncio.sleep(duration_us / 1_000_000)


@dataclass(slots=True)
class LeaseRow:
    """The one lease of a journal in memory, for any number of processes that are not."""

    clock: Clock
    owner: str = ""
    epoch: int = 0
    until_us: int = 0
    free_us: int = 0
    interval_us: int = 55_556
    broken: str = ""
    """Why it cannot be written; empty when it can."""

    def view(self) -> LeaseView:
        if not self.owner:
            return LeaseView()
        return LeaseView(self.owner, f"{self.owner}, pid 1", 1e6 / self.interval_us, 1)


@dataclass(slots=True)
class FakeLease:
    """`ports.Lease` over a `LeaseRow`."""

    row: LeaseRow
    name: str = "one"
    frame: int = 0
    lateness_us: int = 0
    """How much later than asked for this process wakes."""
    slots: list[int] = field(default_factory=list)
    closed: bool = False

    def campaign(self) -> Tenure | None:
        row = self._row()
        now_us = row.clock.monotonic_us()
        if row.owner and row.until_us >= now_us:
            return None
        before, row.owner = row.owner, self.name
        row.epoch += 1
        row.until_us = now_us + TTL_US
        return Tenure(self.name, row.epoch, self.frame, f"{before}, pid 1" if before else "")

    def renew(self, tenure: Tenure) -> None:
        self._check(tenure).until_us = self.row.clock.monotonic_us() + TTL_US

    def reserve(self, tenure: Tenure | None, interval_us: int | None = None) -> Slot:
        row = self._check(tenure) if tenure is not None else self._row()
        now_us = row.clock.monotonic_us()
        row.interval_us = interval_us or row.interval_us
        at_us = max(now_us, row.free_us)
        row.free_us = at_us + row.interval_us
        self.slots.append(at_us)
        return Slot(at_us, at_us - now_us)

    def late_us(self, slot: Slot) -> int:
        return self.row.clock.monotonic_us() + self.lateness_us - slot.at_us

    def pause(self, tenure: Tenure, for_us: int) -> None:
        row = self._check(tenure)
        row.free_us = max(row.free_us, row.clock.monotonic_us() + for_us)

    def release(self, tenure: Tenure) -> None:
        if (self.row.owner, self.row.epoch) == (tenure.owner, tenure.epoch):
            self.row.owner, self.row.until_us = "", 0

    def close(self) -> None:
        self.closed = True

    def _row(self) -> LeaseRow:
        if self.row.broken:
            raise JournalError(self.row.broken)
        return self.row

    def _check(self, tenure: Tenure) -> LeaseRow:
        row = self._row()
        if (row.owner, row.epoch) != (tenure.owner, tenure.epoch):
            raise Deposed
        return row


class EventBell:
    """`ports.Bell` within one process."""

    def __init__(self) -> None:
        self._rung = threading.Event()
        self.closed = False

    def wait(self, timeout_s: float) -> bool:
        rung = self._rung.wait(timeout_s)
        self._rung.clear()
        return rung

    def ring(self) -> None:
        self._rung.set()

    def close(self) -> None:
        self.closed = True


class IdleKeeper:
    """`ports.Keeper` with nothing to keep in order."""

    def thin(self, before_us: int) -> int:  # noqa: ARG002 - a port
        return 0

    def give_back(self) -> int:
        return 0

    def checkpoint(self) -> None:
        return

    def close(self) -> None:
        return


@dataclass(slots=True)
class Journal:
    """`ports.Writer` and `ports.Reader` over one list, for any threads."""

    entries: list[Entry] = field(default_factory=list)
    left: dict[int, Evidence] = field(default_factory=dict)
    """What polls left behind, by frame."""
    batches: list[int] = field(default_factory=list)
    """How many entries each transaction held."""
    broken: str = ""
    """Why it cannot be written; empty when it can."""
    stored: Snapshot = field(default_factory=Snapshot)
    keeps: list[tuple[int, frozenset[TaskRef]]] = field(default_factory=list)
    """Frame and changed tasks of each fold that was stored."""
    stretches: list[Stretch] = field(default_factory=list)
    """Of the trail, as they were stored."""
    read_from: list[int] = field(default_factory=list)
    """After which frame it was read, each time."""
    closed: int = 0
    lease_row: LeaseRow | None = None
    """The lease that fences what pollers write; None: everybody may."""
    screens: dict[str, Attention] = field(default_factory=dict)
    _seen: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def append(
        self, entries: Sequence[Entry], tenure: Tenure | None = None, left: Mapping[int, Evidence] = NOTHING_LEFT
    ) -> int:
        with self._lock:
            if self.broken:
                raise JournalError(self.broken)
            row = self.lease_row
            if row is not None and tenure is not None and (row.owner, row.epoch) != (tenure.owner, tenure.epoch):
                raise Deposed
            first = len(self.entries) + 1
            self.entries.extend(entries)
            self.left |= {first + place: evidence for place, evidence in left.items()}
            self.batches.append(len(entries))
            return first

    def attend(self, viewer: str, attention: Attention | None) -> None:
        with self._lock:
            if attention is None:
                self.screens.pop(viewer, None)
            else:
                self.screens[viewer] = attention

    def lease(self) -> LeaseView:
        return self.lease_row.view() if self.lease_row is not None else LeaseView()

    def attentions(self) -> tuple[Attention, ...]:
        with self._lock:
            return tuple(self.screens.values())

    def keep(self, snapshot: Snapshot, changed: Sequence[TaskRef], stretch: Stretch | None = None) -> None:
        with self._lock:
            if self.broken:
                raise JournalError(self.broken)
            self.stored = snapshot
            self.keeps.append((snapshot.frame, frozenset(changed)))
            if stretch is not None:
                self.stretches.append(stretch)

    def kept(self) -> Snapshot:
        with self._lock:
            return self.stored

    def trailed(self) -> int:
        with self._lock:
            return self.stored.frame

    def kept_glance(self) -> Snapshot:
        return replace(self.kept(), events=())

    def after(self, frame: int, limit: int = 5_000) -> list[tuple[int, Entry]]:
        with self._lock:
            self.read_from.append(frame)
            return list(enumerate(self.entries[frame : frame + limit], frame + 1))

    def changed(self) -> bool:
        with self._lock:
            news, self._seen = len(self.entries) != self._seen, len(self.entries)
            return news

    def close(self) -> None:
        self.closed += 1
