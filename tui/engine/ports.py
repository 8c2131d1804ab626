"""What the engine needs of the outside world. `adapters` has the real ones, tests have virtual ones."""

from collections.abc import Sequence
from typing import Protocol

from tui.core.entry import Entry, Request
from tui.core.secret import Credential
from tui.core.task import TaskRef
from tui.core.timeline import Snapshot
from tui.protocol.exchange import Exchange


class JournalError(Exception):
    """The journal cannot be used; one line for the user: what is wrong, whose move it is, what to type next."""


class NoKey(Exception):
    """There is no usable key now; one line for the user: why, and what to type next."""


class Clock(Protocol):
    """Time and waiting. Virtual in tests."""

    def now_us(self) -> int:
        """Wall clock, µs since the epoch, UTC."""

    def monotonic_us(self) -> int:
        """A clock that never steps, µs."""

    async def sleep_us(self, duration_us: int) -> None:
        """Wait so long on the monotonic clock."""


class Api(Protocol):
    """The door to Tencent. Never raises for what the network or the service does: that is a `Fault` in the answer."""

    async def describe(self, task: TaskRef) -> Exchange:
        """Sign and send one request, at once; the caller has taken the slot. No retry of any kind."""

    def correct_clock(self, offset_us: int) -> None:
        """Sign with this host's clock plus `offset_us` from now on."""

    def use(self, credential: Credential) -> None:
        """Sign with this key from now on."""

    async def warm_up(self) -> None:
        """Open the connection (TCP, TLS) without a signed request: the first slot is to be punctual. Never raises."""

    async def aclose(self) -> None:
        """Close the connections."""


class Keys(Protocol):
    """Where the key comes from."""

    def read(self) -> Credential:
        """The key as it is now. Blocks for 2 s at most, and never asks a person.

        Raises:
            NoKey: there is none, or its store is locked or silent.
        """


class Engine(Protocol):
    """Whoever polls, from `start` to `stop`."""

    def obey(self, requests: Sequence[Request]) -> None:
        """Do what the operator asked. Thread-safe, also before `start`."""

    def start(self) -> None:
        """Begin to poll."""

    def stop(self) -> None:
        """Stop, and wait until nothing is under way."""


class Writer(Protocol):
    """The append-only side of a journal. Used by one thread only."""

    def append(self, entries: Sequence[Entry]) -> int:
        """Store all entries in one transaction, in order; returns the frame of the first one, the others follow on it.

        When it returns, they survive kill -9.

        Raises:
            JournalError: the disk is full, the file cannot be written.
        """

    def keep(self, snapshot: Snapshot, changed: Sequence[TaskRef]) -> None:
        """Store the fold at `snapshot.frame`, so that `Reader.kept` can start from it. `changed` are the tasks whose
        views differ from the last call (all of them after a fresh start, also forgotten ones)."""

    def close(self) -> None:
        """Give the file back."""


class Reader(Protocol):
    """The reading side of a journal. Used by one thread only; sees what other threads and processes committed."""

    def kept(self) -> Snapshot:
        """The newest stored fold; an empty Snapshot when there is none."""

    def kept_glance(self) -> Snapshot:
        """`kept` without its log lines: all that a first frame needs, in half the time."""

    def after(self, frame: int, limit: int = 5_000) -> list[tuple[int, Entry]]:
        """Up to `limit` entries with a higher frame than `frame`, in order."""

    def changed(self) -> bool:
        """Whether anybody committed since the last call of `changed`: cheap, for following."""

    def close(self) -> None:
        """Give the file back."""
