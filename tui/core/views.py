"""What a fold says of one task, of the tool, and in the log: frozen values that hold no rule.

Everything here can be written as JSON and read back without loss, so that a program may start from a stored fold.
"""

from msgspec import Struct, field

from tui.core.entry import Level, Skew
from tui.core.fault import FaultClass
from tui.core.lifecycle import Stage, Verdict
from tui.core.task import TaskRef

RUNS_KEPT = 24
"""Runs of equal polls kept with a task; older ones are in the journal."""


class Trouble(Struct, frozen=True, gc=False):
    """An unbroken run of failures of one class."""

    fault_class: FaultClass
    code: str
    message: str
    since_us: int
    count: int
    request_id: str | None
    frame: int
    """Of the first failure: where its log line stands."""


class Run(Struct, frozen=True, gc=False):
    """Equal answers in a row: one line of a task's history. `word` is a status or an error code."""

    word: str
    fault_class: FaultClass | None
    first_us: int
    last_us: int
    count: int
    request_id: str | None
    """Of the first answer of the run: the one that told the change."""


class LastPoll(Struct, frozen=True, gc=False):
    """The newest request for a task."""

    sent_us: int
    latency_us: int
    word: str
    request_id: str | None
    http_status: int | None
    body: bytes


class Finding(Struct, frozen=True, gc=False):
    """Something the documentation does not allow, or does not know."""

    at_us: int
    verdict: Verdict
    text: str
    request_id: str | None


class TaskView(Struct, frozen=True, gc=False):
    """All that is known of one task at a position of the journal."""

    task: TaskRef
    watched_us: int
    name: str = ""
    stage: Stage = field(default_factory=Stage)
    since_us: int = 0
    """When the present word was first seen; 0 before the first answer."""
    since_bound_us: int = 0
    """When the task was last seen otherwise: the change happened after this. 0 when it never was."""
    start_time_ms: int | None = None
    exited_seen: bool = False
    polls: int = 0
    errors: int = 0
    seen_us: int | None = None
    """When the service last told a status of this task, or its end; an END fault still to be confirmed is neither."""
    trouble: Trouble | None = None
    last: LastPoll | None = None
    runs: tuple[Run, ...] = ()
    finding: Finding | None = None
    """The newest; something impossible is not replaced by something merely undocumented."""


class Blindness(Struct, frozen=True, gc=False):
    """Since when, and why, the tool as a whole cannot see."""

    fault_class: FaultClass
    code: str
    message: str
    since_us: int
    stopped: bool
    """True when polling has been stopped until somebody acts."""


class Episode(Struct, frozen=True, gc=False):
    """Failures of one class that follow each other closely: one line of the log, however often one got through."""

    fault_class: FaultClass
    frame: int
    """Of the first failure: where its log line stands."""
    last_us: int
    """When the last failure came."""
    recovered_frame: int = 0
    """Where the line of the first short recovery stands; 0 when none was told yet."""


class ToolView(Struct, frozen=True, gc=False):
    """What the polls together tell of the tool itself."""

    polls: int = 0
    failures: int = 0
    throttled: int = 0
    recent_us: tuple[int, ...] = ()
    """Send times of the last requests, oldest first, at most `RECENT_KEPT`."""
    latencies_us: tuple[int, ...] = ()
    """Round trips of the last answers, oldest first, at most `LATENCIES_KEPT`."""
    skew: Skew | None = None
    """Server clock minus this host's, from all looks so far."""
    skew_at_us: int = 0
    """When it was last looked at."""
    seen_us: int | None = None
    """When the last answer came that told anything of a task."""
    polling: bool = False
    streak: int = 0
    """Failures of one blinding class in a row, over all tasks."""
    streak_class: FaultClass | None = None
    streak_since_us: int = 0
    blindness: Blindness | None = None
    episode: Episode | None = None
    """The newest failures of the tool or the path, as far as the next one may belong to them."""


RECENT_KEPT = 64
LATENCIES_KEPT = 256


class Event(Struct, frozen=True, gc=False):
    """One line of the log: a change, a failure, a request of the operator, or a word of the tool."""

    frame: int
    at_us: int
    level: Level
    kind: str
    """`poll`, `error`, `you` or `tool`."""
    task: TaskRef | None
    text: str
    request_id: str | None = None
    bound_us: int | None = None
    """For a change: it happened at most this long before it was seen."""
    count: int = 1
    last_us: int = 0
    """For folded lines: when the last of `count` came."""
