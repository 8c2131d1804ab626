"""What a journal holds. Every entry gets a frame number when it is stored; times are whole µs since the epoch, UTC."""

from enum import StrEnum

from msgspec import Struct

from tui.core.fault import FaultClass
from tui.core.task import TaskRef


class Reason(StrEnum):
    """Why a request was sent: what the budget view counts by."""

    BASE = "base"
    """By turn: its share of the budget."""
    CONFIRM = "confirm"
    YOU = "you"
    CLOCK = "clock"
    """The one repetition after the clock offset was corrected."""
    FOCUS = "focus"
    """Somebody looks at this task: an absolute interval."""
    STALE = "stale"
    """Its data reached the staleness cap."""
    PROBE = "probe"
    """The one question during an outage: does anybody answer again?"""


class Seen(Struct, frozen=True, gc=False):
    """The service told a status."""

    status: str
    """`Idle`, `InProgress`, `Exited`, or a word nobody documented, kept as it came."""
    start_time_ms: int
    """When the task started, ms since the epoch."""
    body: bytes = b""
    """The answer as received, at most 1 MiB."""


class Fault(Struct, frozen=True, gc=False):
    """No status was told, and why."""

    fault_class: FaultClass
    code: str
    """Tencent's code, or one of ours from `protocol.errors.TRANSPORT_FAULTS`."""
    message: str
    http_status: int | None = None
    """None when no answer arrived."""
    body: bytes = b""
    """The start of what was received."""


class Skew(Struct, frozen=True, gc=False):
    """Server clock minus this host's clock, from one `Date` header."""

    offset_us: int
    error_us: int
    """The true offset lies within ± this: half the round trip and the header's whole seconds."""


class Poll(Struct, frozen=True, gc=False):
    """One signed request and its answer or failure."""

    task: TaskRef
    sent_us: int
    latency_us: int
    reason: Reason
    answer: Seen | Fault
    request_id: str | None = None
    """None: the request never reached the service."""
    skew: Skew | None = None

    @property
    def at_us(self) -> int:
        """When the answer was there, µs UTC."""
        return self.sent_us + self.latency_us


HOLD_US = 300_000_000
"""A hold that nobody released ends by itself: forgotten holds are blind spots."""


class Verb(StrEnum):
    """What an operator can ask of whoever polls."""

    WATCH = "watch"
    FORGET = "forget"
    POLL_NOW = "poll now"
    HOLD = "hold"
    """No polls of this task but those asked for, until released or for `HOLD_US`."""
    STEP = "step"
    """One more poll of this task, which is held from now on: as many steps, as many polls."""
    RELEASE = "release"
    PIN = "pin"
    """Poll this task as often as one that is in sight, on a screen or not."""
    UNPIN = "unpin"


class Request(Struct, frozen=True, gc=False):
    """What an operator did. `name` is a label for the task, empty for none."""

    at_us: int
    verb: Verb
    task: TaskRef
    operator: str = ""
    name: str = ""


class Level(StrEnum):
    """How loud a line of the log is."""

    INFO = "info"
    WARN = "warn"
    ALERT = "alert"


class Topic(StrEnum):
    """What the tool itself can have to say."""

    POLLING_STARTED = "polling started"
    POLLING_STOPPED = "polling stopped"
    """By request or at the end of the program; with `AUTH_STOPPED` it needs a new key."""
    AUTH_STOPPED = "auth stopped"
    CLOCK_CORRECTED = "clock corrected"
    BREAKPOINT = "breakpoint"
    """A breakpoint hit, and somebody wanted that in the journal."""


class Note(Struct, frozen=True, gc=False):
    """What the tool itself did or noticed."""

    at_us: int
    topic: Topic
    text: str
    level: Level = Level.INFO


class GapCause(StrEnum):
    """Why nobody looked; the values are the words on the screen."""

    NO_POLLER = "no poller"
    """No process polled this journal."""
    ASLEEP = "host asleep"
    """The host was suspended, or this process stopped."""
    LIMITER = "limiter"
    """Tencent's limit, and the pause after it."""
    AUTH = "auth"
    CLOCK = "clock"
    NETWORK = "network"
    SERVICE = "service"
    DROPPED = "dropped"
    """Requests were sent, and for some reason none brought an answer that tells anything."""
    HELD = "held"
    JOURNAL = "journal"
    """The journal could not be written, so nothing was asked."""


class Gap(Struct, frozen=True, gc=False):
    """Nobody looked for longer than planned, and why. It lasts until the next answer that tells anything.

    Written as soon as it is noticed; once more when its cause becomes another one.
    """

    at_us: int
    """When it was noticed."""
    since_us: int
    """The last sight before it, or the moment at which its cause became this one."""
    cause: GapCause
    task: TaskRef | None = None
    """None: nobody looked at any task."""


class Mark(Struct, frozen=True, gc=False):
    """Somebody marked a moment, to find it again."""

    at_us: int
    """When it was marked."""
    moment_us: int
    """The moment that is marked: what was shown then."""
    frame: int
    """The newest entry of that moment; 0 before the first one."""
    note: str = ""
    """What for; empty for nothing."""
    operator: str = ""
    task: TaskRef | None = None
    """None: it is about no task more than about others."""


class Ack(Struct, frozen=True, gc=False):
    """Somebody takes care of an alert: nobody else has to, until it ends or something worse comes."""

    at_us: int
    rule: str
    """The id of an alert rule (`core.alerts`), as that version knew it."""
    operator: str = ""
    task: TaskRef | None = None
    """None: the alert is the tool's."""


Entry = Poll | Request | Note | Gap | Mark | Ack
