"""The alert rules: what somebody has to know of, how bad it is, and from which number on.

Rules of this file:
- what raises an alert is told here once; `core.standing` only asks in which order;
- each rule is also a text in the one language, so that it can be shown, tried on the past, and made a breakpoint of;
- none is evaluated from that text, as a first frame must not wait for the language (a test proves both the same).
"""

from collections.abc import Callable, Mapping
from itertools import takewhile
from types import MappingProxyType

from msgspec import Struct

from tui.core.entry import HOLD_US, GapCause
from tui.core.fault import BLINDING, FaultClass
from tui.core.gaps import STALE_US
from tui.core.lifecycle import OVER, Life, Verdict
from tui.core.views import GapView, TaskView, ToolView

NEVER_US = 1 << 62
"""Later than any clock."""

SECOND_US = 1_000_000

BLIND_TASK_AFTER = 2
"""Blinding failures of one task in a row until it is UNKNOWN: one lost answer is no news at 3 am."""


class Rule(Struct, frozen=True):
    """One alert rule as it comes with the product."""

    id: str
    words: str
    """What it says, for the list of rules."""
    predicate: str
    """The same in the one language; `{n}` stands for its number. Empty: it is about the tool, not about a task."""
    severity: int
    """3 to 1: what is worse is told first, and is raised again for who takes care of something less bad."""
    number: int = 0
    """From which number on; 0: there is nothing to count."""
    unit: str = ""
    """`s` for seconds, `x` for times in a row."""
    lasting: bool = False
    """It tells of something that was seen once and never ends: who takes care of it has not seen what comes later."""
    always: bool = False
    """It cannot be switched off."""


BLIND, REFUSED, STREAK, IMPOSSIBLE = "blind", "refused", "streak", "impossible"
NOT_FOUND, ODD_STATUS, GAP, STALE = "not-found", "odd-status", "gap", "stale"
EXITED_LONG, IDLE_LONG, EXIT_UNSEEN = "exited-long", "idle-long", "exit-unseen"

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        rule.id: rule
        for rule in (
            Rule(BLIND, "the tool cannot see, or nobody polls", "", 3, always=True),
            Rule(REFUSED, "the question itself is refused", "refused", 3),
            Rule(STREAK, "errors in a row hide the task", "unknown & streak >= {n}", 3, 2, "x"),
            Rule(IMPOSSIBLE, "something that cannot be, by the documentation", "illegal", 3, lasting=True),
            Rule(NOT_FOUND, "the task was never seen", 'status == "NOT FOUND"', 2),
            Rule(ODD_STATUS, "a status word that is not documented", "odd", 2, lasting=True),
            Rule(GAP, "nobody looks at this task, for a known cause", "gap & gap != held", 2),
            Rule(STALE, "the data of the task are too old", "data > {n}s", 2, STALE_US // SECOND_US, "s"),
            Rule(EXITED_LONG, "Exited and still not gone", "status == Exited & in_state > {n}s", 2, 60, "s"),
            Rule(IDLE_LONG, "Idle: no transcription goes on", "status == Idle & in_state > {n}s", 1, 300, "s"),
            Rule(
                EXIT_UNSEEN,
                "ended though it was watched closely, no Exited seen",
                "ended & !exited_seen & bound <= {n}s & in_state <= 600s",
                1,
                3,
                "s",
            ),
        )
    }
)
"""By id, in the order in which they are asked: the first that holds is the reason that is told."""


class Limits(Struct, frozen=True, gc=False):
    """The numbers of the rules in force, ready to be compared. What is switched off has one that nothing reaches."""

    off: frozenset[str] = frozenset()
    streak: int = RULES[STREAK].number
    stale_us: int = RULES[STALE].number * SECOND_US
    exited_long_us: int = RULES[EXITED_LONG].number * SECOND_US
    idle_long_us: int = RULES[IDLE_LONG].number * SECOND_US
    exit_unseen_us: int = RULES[EXIT_UNSEEN].number * SECOND_US


PRODUCT = Limits()
"""As nobody tuned them."""


def is_refused(view: TaskView) -> bool:
    """Whether the question itself was refused."""
    return view.trouble is not None and view.trouble.fault_class is FaultClass.OURS


def is_hidden(view: TaskView) -> bool:
    """Whether only failures are seen of this task, which is not over: it is UNKNOWN, whatever is seen of others."""
    trouble = view.trouble
    if trouble is None or view.stage.life in OVER:
        return False
    return trouble.fault_class in BLINDING and trouble.count >= BLIND_TASK_AFTER


def failures_in_a_row(view: TaskView) -> int:
    """How many of the newest answers told no status."""
    return sum(run.count for run in takewhile(lambda run: run.fault_class is not None, reversed(view.runs)))


def is_impossible(view: TaskView) -> bool:
    """Whether something was found that cannot be."""
    return view.finding is not None and view.finding.verdict is Verdict.IMPOSSIBLE


def lasting_rules(view: TaskView) -> tuple[str, ...]:
    """Which rules hold whatever the time is, worst first."""
    life = {Life.NOT_FOUND: (NOT_FOUND,), Life.ODD: (ODD_STATUS,)}.get(view.stage.life, ())
    return (IMPOSSIBLE, *life) if is_impossible(view) else life


def has_gap(gap: GapView | None) -> bool:
    """Whether nobody looks, and nobody wanted it so."""
    return gap is not None and gap.cause is not GapCause.HELD


def fresh_us(view: TaskView) -> int:
    """When the service last told anything of this task, µs; an END fault that settles nothing yet counts too."""
    if view.stage.misses and view.last is not None:
        return view.last.sent_us
    return view.seen_us or view.watched_us


def held_until_us(view: TaskView) -> int:
    """When the hold ends by itself, µs; long ago for a task that is not held."""
    return view.held_us + HOLD_US if view.held_us is not None else 0


def data_us(view: TaskView) -> int:
    """From when on the data of a task get older without anybody's wish, µs."""
    return max(fresh_us(view), held_until_us(view))


EXIT_NEWS_US = 600 * SECOND_US
"""For how long an end without a seen Exited is worth somebody's look."""


def is_exit_unseen(view: TaskView) -> bool:
    """Whether the task ended without a seen Exited, however long ago."""
    return view.stage.life is Life.ENDED and not view.exited_seen


def is_exit_missed(view: TaskView, closely_us: int) -> bool:
    """The same, though somebody had looked so shortly before that Exited, which lasts for seconds, was to be seen.

    With many tasks most ends come between two looks (polling.md §2): that is no alert.
    """
    return is_exit_unseen(view) and view.since_bound_us > 0 and view.since_us - view.since_bound_us <= closely_us


Condition = Callable[[TaskView, ToolView, int, int], bool]
"""Whether a rule holds for a task, at a time in µs, with this number: nothing is said of other rules before it."""

CONDITIONS: Mapping[str, Condition] = MappingProxyType(
    {
        BLIND: lambda view, tool, _, __: view.stage.life not in OVER and blind_cause(tool) != "",
        REFUSED: lambda view, *_: is_refused(view),
        STREAK: lambda view, tool, _, number: (
            (is_hidden(view) or (view.stage.life not in OVER and tool.blindness is not None))
            and failures_in_a_row(view) >= number
        ),
        IMPOSSIBLE: lambda view, *_: is_impossible(view),
        NOT_FOUND: lambda view, *_: view.stage.life is Life.NOT_FOUND,
        ODD_STATUS: lambda view, *_: view.stage.life is Life.ODD,
        GAP: lambda view, tool, *_: view.stage.life not in OVER and has_gap(view.gap or tool.gap),
        STALE: lambda view, _, now_us, number: (
            view.stage.life not in OVER and now_us > data_us(view) + number * SECOND_US
        ),
        EXITED_LONG: lambda view, _, now_us, number: (
            view.stage.life is Life.EXITED and now_us > view.since_us + number * SECOND_US
        ),
        IDLE_LONG: lambda view, _, now_us, number: (
            view.stage.life is Life.IDLE and now_us > view.since_us + number * SECOND_US
        ),
        EXIT_UNSEEN: lambda view, _, now_us, number: (
            is_exit_missed(view, number * SECOND_US) and now_us <= view.since_us + EXIT_NEWS_US
        ),
    }
)
"""By rule: what its predicate says. `core.standing` asks for the parts of these in the order of `RULES`."""


def blind_cause(tool: ToolView) -> str:
    """Why the tool as a whole does not see; empty when it does. Failures and the gap they make have one name."""
    if tool.blindness is not None:
        limited = tool.blindness.fault_class is FaultClass.THROTTLED
        return GapCause.LIMITER.value if limited else tool.blindness.fault_class.value
    if tool.gap is not None:
        return tool.gap.cause.value
    return "" if tool.polling else "nobody polls"


def severity(rule: str) -> int:
    """How bad it is; 0 for a rule of another version."""
    known = RULES.get(rule)
    return known.severity if known is not None else 0
