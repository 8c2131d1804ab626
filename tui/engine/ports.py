"""What the engine needs of the outside world. `adapters` has the real ones, tests have virtual ones."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Protocol

from tui.core.attention import Attention
from tui.core.breakpoint import Breakpoint
from tui.core.entry import Entry, Request
from tui.core.lease import LeaseView, Slot, Tenure
from tui.core.position import Found, Sight
from tui.core.row import Row
from tui.core.scrub import Facts
from tui.core.secret import Credential
from tui.core.span import Span
from tui.core.task import TaskRef
from tui.core.timeline import Snapshot
from tui.core.trail import Stretch
from tui.protocol.evidence import NOTHING_LEFT, Evidence
from tui.protocol.exchange import Exchange


class JournalError(Exception):
    """The journal cannot be used; one line for the user: what is wrong, whose move it is, what to type next."""


class NoKey(Exception):
    """There is no usable key now; one line for the user: why, and what to type next."""


class Deposed(Exception):
    """Another process polls by now: what this one still wanted to send or write as the poller is void."""


class GivenUp(Exception):
    """Nobody wants to know any more."""


class Clock(Protocol):
    """Time and waiting. Virtual in tests."""

    def now_us(self) -> int:
        """Wall clock, µs since the epoch, UTC."""

    def monotonic_us(self) -> int:
        """A clock that never steps, µs."""

    def asleep_us(self) -> int:
        """For how long the host was suspended so far, µs since some moment; always 0 where that cannot be known."""

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

    def attend(self, attentions: tuple[Attention, ...]) -> None:
        """Poll what the screens show more often. Thread-safe, also before `start`."""

    def start(self) -> None:
        """Begin to poll as soon as key and lease are there."""

    def stop(self) -> None:
        """Stop, and wait until nothing is under way."""


class Writer(Protocol):
    """The append-only side of a journal. Used by one thread only."""

    def append(
        self, entries: Sequence[Entry], tenure: Tenure | None = None, left: Mapping[int, Evidence] = NOTHING_LEFT
    ) -> int:
        """Store all entries in one transaction, in order; returns the frame of the first one, the others follow on it.

        When it returns, they survive kill -9. What a poller writes names its tenure; what an operator asks does not.

        Args:
            left: what polls among them left behind, by their place in `entries`, from 0.

        Raises:
            JournalError: the disk is full, the file cannot be written.
            Deposed: `tenure` is not the present one; nothing was stored.
        """

    def attend(self, viewer: str, attention: Attention | None) -> None:
        """Tell the poller what the screen named `viewer` shows, for `VIEWER_TTL_US`; None: that screen is closed.

        Raises:
            JournalError: the file cannot be written.
        """

    def keep(self, snapshot: Snapshot, changed: Sequence[TaskRef], stretch: Stretch | None = None) -> None:
        """Store the fold at `snapshot.frame`, so that `Reader.kept` can start from it. `changed` are the tasks whose
        views differ from the last call (all of them after a fresh start, also forgotten ones).

        `stretch` is put behind the trail that is there, unless that ends before it begins.
        """

    def close(self) -> None:
        """Give the file back."""


class Lease(Protocol):
    """The right to poll and to send. Used by one thread at a time; every call is one short transaction on the journal.

    Raises:
        JournalError: from every method, when the file cannot be written.
    """

    def campaign(self) -> Tenure | None:
        """Become the poller if there is none, or if it is dead or stopped; None while another one polls."""

    def renew(self, tenure: Tenure) -> None:
        """Stay the poller for another `TTL_US`.

        Raises:
            Deposed: somebody else is, by now.
        """

    def reserve(self, tenure: Tenure | None, interval_us: int | None = None) -> Slot:
        """The next slot, after which nobody has one for `interval_us`; None takes what the poller last gave.

        Args:
            tenure: None for a request of one's own beside the poller's: `describe`, the check of a key.

        Raises:
            Deposed: `tenure` is not the present one.
        """

    def late_us(self, slot: Slot) -> int:
        """How long the time of a slot is past, µs; negative before it. An overslept permission must not be used."""

    def pause(self, tenure: Tenure, for_us: int) -> None:
        """Nobody gets a slot within the next `for_us`.

        Raises:
            Deposed: `tenure` is not the present one.
        """

    def release(self, tenure: Tenure) -> None:
        """Leave: whoever campaigns next is the poller at once. Nothing when it is somebody else's by now."""

    def close(self) -> None:
        """Give the file back."""


class Bell(Protocol):
    """Wakes who follows a journal. Any thread may ring; one waits."""

    def wait(self, timeout_s: float) -> bool:
        """Wait for a ring, ours or a commit of another process; False after `timeout_s`. May be True for nothing."""

    def ring(self) -> None:
        """End the wait of this process."""

    def close(self) -> None:
        """Give back what it holds."""


class Keeper(Protocol):
    """Keeps the journal small and in order, while others write it. Used by one thread only.

    Every call holds the journal's lock for milliseconds.

    Raises:
        JournalError: from every method, when the file cannot be written or is locked.
    """

    def thin(self, before_us: int) -> int:
        """Look at the next few entries and delete those polls from before `before_us` that tell nothing new.

        Returns how many entries it looked at; 0: there are none left for now.
        """

    def give_back(self) -> int:
        """Give some unneeded space back to the disk; returns how many pages, 0 when there is none to spare."""

    def checkpoint(self) -> None:
        """Bring what is in the log into the file, and empty it, unless somebody is reading."""

    def close(self) -> None:
        """Give the file back."""


class Passage(Protocol):
    """Ways through a journal of any length. Used by one thread only; sees what others committed.

    Frames need not exist: every way leads from any number to an entry that is there.
    """

    def next(self, frame: int, task: TaskRef | None = None) -> int | None:
        """The frame of the first entry after `frame`, of `task` alone if given; None at the end."""

    def previous(self, frame: int, task: TaskRef | None = None) -> int | None:
        """The frame of the last entry before `frame`, of `task` alone if given; None at the beginning."""

    def next_change(self, frame: int, task: TaskRef | None = None) -> int | None:
        """The first poll after `frame` that told another word than the one before; None when there is none."""

    def previous_change(self, frame: int, task: TaskRef | None = None) -> int | None:
        """The last poll before `frame` that told another word than the one before; None when there is none."""

    def nth(self, task: TaskRef, number: int) -> int | None:
        """The frame of entry `number` of a task, from 1, among those still there; None when there are fewer."""

    def rank(self, task: TaskRef, frame: int) -> int:
        """How many entries of a task there are up to `frame`."""

    def seek(self, at_us: int) -> int:
        """The newest frame at a moment, µs UTC; 0 before the first one."""

    def around(self, frame: int, before: int, after: int, task: TaskRef | None = None) -> list[tuple[int, Entry]]:
        """The newest `before` entries up to `frame`, itself among them, and the next `after`; in order."""

    def close(self) -> None:
        """Give the file back."""


class Past(Passage, Protocol):
    """Everything as it was at any entry of a journal, and ways to entries worth going to. Used by one thread only.

    Raises:
        JournalError: from every method, when the file cannot be read.
    """

    def last(self) -> int:
        """The newest frame; 0 for an empty journal."""

    def entry(self, frame: int) -> Entry | None:
        """The entry `frame`; None when there is none."""

    def next_error(self, frame: int, task: TaskRef | None = None) -> int | None:
        """The first poll after `frame` that told no status; None when there is none."""

    def previous_error(self, frame: int, task: TaskRef | None = None) -> int | None:
        """The last poll before `frame` that told no status; None when there is none."""

    def next_mark(self, frame: int) -> int | None:
        """The first mark after `frame`; None when there is none."""

    def previous_mark(self, frame: int) -> int | None:
        """The last mark before `frame`; None when there is none."""

    def next_end(self, frame: int, task: TaskRef) -> int | None:
        """The first entry after `frame` with which `task` became ENDED or NOT FOUND; None when there is none."""

    def previous_end(self, frame: int, task: TaskRef) -> int | None:
        """The last entry before `frame` with which `task` became ENDED or NOT FOUND; None when there is none."""

    def sight(self, frame: int, wanted: Collection[TaskRef], before: Sight) -> Sight:
        """The fold of all entries up to `frame`, as far as a screen shows it at once, in milliseconds.

        Views of tasks that are not among `wanted` are those of `before`, and missing where it has none, unless all can
        be had as soon.
        """

    def whole(self, frame: int, going: Callable[[], bool]) -> Snapshot | None:
        """The fold of all entries up to `frame`; None when `going` said no meanwhile: it is asked every few
        milliseconds."""

    def interrupt(self) -> None:
        """End what is under way with `GivenUp`, and whatever is begun from now on. Callable from any thread."""


class Rows(Protocol):
    """The entries of a journal at their barest, and whole. Used by one thread only.

    Raises:
        JournalError: from every method, when the file cannot be read.
    """

    def ends(self) -> tuple[int, int]:
        """The first and the last frame; 0 and 0 for an empty journal."""

    def rows(self, after: int, until: int, limit: int) -> list[Row]:
        """Up to `limit` entries with a frame above `after` and not above `until`, in order."""

    def entry(self, frame: int) -> Entry:
        """The whole entry of that number, which is there."""

    def close(self) -> None:
        """Give the file back."""


class Hunter(Protocol):
    """Finds where breakpoints hit and predicates hold. Used by one thread only.

    Raises:
        GivenUp: from every search, when nobody waits for its answer any more.
        ValueError: a predicate cannot be read.
    """

    def next_hit(self, frame: int, breakpoints: Sequence[Breakpoint], *, back: bool) -> Found | None:
        """The next frame where one of them hits, and a line that tells which; None when there is none."""

    def until(self, frame: int, task: TaskRef | None, predicate: str) -> Found | None:
        """The next frame where `predicate` holds of `task`, or of any, and a line that tells so; None when there is
        none."""

    def close(self) -> None:
        """Give back what it holds."""


class Witness(Protocol):
    """Tells what requests left behind. Used by one thread only."""

    def evidence(self, frame: int) -> Evidence | None:
        """Of the poll at `frame`; None when nothing is kept of it: it told nothing new and is long over, or is older
        than the keeping of evidence."""


class Scrub(Protocol):
    """What a span of the journal holds, found without reading all that lies in it. Used by one thread only."""

    def facts(self, span: Span, task: TaskRef | None) -> Facts:
        """What happened to `task`, and to the tool, in `span`. When they are not complete, asking again goes on."""

    def close(self) -> None:
        """Give the file back."""


class Reader(Protocol):
    """The reading side of a journal. Used by one thread only; sees what other threads and processes committed."""

    def kept(self) -> Snapshot:
        """The newest stored fold; an empty Snapshot when there is none."""

    def trailed(self) -> int:
        """The last frame that the trail tells of; 0 when there is none."""

    def kept_glance(self) -> Snapshot:
        """`kept` without its log lines: all that a first frame needs, in half the time."""

    def after(self, frame: int, limit: int = 5_000) -> list[tuple[int, Entry]]:
        """Up to `limit` entries with a higher frame than `frame`, in order."""

    def lease(self) -> LeaseView:
        """Who polls, how fast, and how many screens are open."""

    def attentions(self) -> tuple[Attention, ...]:
        """What all open screens show."""

    def changed(self) -> bool:
        """Whether anybody committed since the last call of `changed`: cheap, for following."""

    def close(self) -> None:
        """Give the file back."""
