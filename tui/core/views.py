"""What a fold says of one task, of the tool, and in the log: frozen values that hold no rule.

Everything here can be written as JSON and read back without loss, so that a program may start from a stored fold.
"""

from msgspec import Struct

from tui.core.entry import GapCause, Level, Reason, Skew
from tui.core.fault import FaultClass
from tui.core.lifecycle import Stage, Verdict
from tui.core.task import TaskRef

RUNS_KEPT = 24
"""Runs of equal polls kept with a task; older ones are in the journal."""


GAPS_KEPT = 32
"""Ended gaps kept with the tool; older ones are in the journal."""


class GapView(Struct, frozen=True, gc=False):
    """A time when nobody looked."""

    since_us: int
    """The last sight before it."""
    cause: GapCause
    until_us: int | None = None
    """The first sight after it; None while it lasts."""


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
    gap: GapCause | None = None
    """Nobody looked between the run before and this one, and why: never to be drawn as "no change"."""


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
    rule: str = ""
    """The id of the rule of `core.conformance` that it breaks."""


class Acked(Struct, frozen=True, gc=False):
    """Somebody takes care of an alert."""

    rule: str
    operator: str
    at_us: int
    severity: int
    """How bad it was by the rules of then."""


class TaskView(Struct, frozen=True, gc=False):
    """All that is known of one task at a position of the journal."""

    task: TaskRef
    watched_us: int
    name: str = ""
    stage: Stage = Stage()
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
    gap: GapView | None = None
    """While it lasts: nobody looks at this task, though at others. Gaps of all tasks are in `ToolView`."""
    held_us: int | None = None
    """Since when scheduled polling of this task is off; None when it is on."""
    pinned: bool = False
    asked_us: int = 0
    """When somebody last wanted it polled at once and no poll came since; 0 when nobody waits."""
    acked: tuple[Acked, ...] = ()
    """What somebody takes care of and has not ended (`core.acks`), oldest first."""
    edge: str = ""
    """The newest change of word, as `InProgress->Exited`; empty before the first."""


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


class Sent(Struct, frozen=True, gc=False):
    """One request, as the budget sees it."""

    at_us: int
    reason: Reason


class Peak(Struct, frozen=True, gc=False):
    """The most requests that any second held, and when that second ended."""

    count: int = 0
    at_us: int = 0


class Tally(Struct, frozen=True, gc=False):
    """What was sent in one stretch of `TALLY_US`."""

    start_us: int
    sent: int = 0
    failed: int = 0
    """Without an answer that tells anything of a task."""
    limited: int = 0


class ToolView(Struct, frozen=True, gc=False):
    """What the polls together tell of the tool itself."""

    polls: int = 0
    failures: int = 0
    throttled: int = 0
    throttled_us: int = 0
    """When the limit was last hit, µs UTC; 0 for never."""
    strangers: int = 0
    """How often the limit was hit though this journal's own requests were well below it: somebody else uses it too."""
    recent: tuple[Sent, ...] = ()
    """The last requests, oldest first, at most `RECENT_KEPT`."""
    peak: Peak = Peak()
    """Since polling began."""
    tallies: tuple[Tally, ...] = ()
    """The last stretches in which anything was sent, oldest first, at most `TALLIES_KEPT`: a minute and the present."""
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
    gap: GapView | None = None
    """While it lasts: nobody looks at any task."""
    gaps: tuple[GapView, ...] = ()
    """Those that ended, oldest first, at most `GAPS_KEPT`."""
    gap_count: int = 0
    """How many there were, over all, with the present one."""
    acked: Acked | None = None
    """Who takes care of it that the tool does not see, while that lasts."""


RECENT_KEPT = 64
LATENCIES_KEPT = 256
TALLY_US = 10_000_000
TALLIES_KEPT = 7


class Event(Struct, frozen=True, gc=False):
    """One line of the log: a change, a failure, a request of the operator, or a word of the tool."""

    frame: int
    at_us: int
    level: Level
    kind: str
    """`poll`, `error`, `you`, `mark`, `ack` or `tool`."""
    task: TaskRef | None
    text: str
    request_id: str | None = None
    bound_us: int | None = None
    """For a change: it happened at most this long before it was seen."""
    count: int = 1
    last_us: int = 0
    """For folded lines: when the last of `count` came."""
