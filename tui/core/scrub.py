"""What the columns of a scrubber hold: how a task stood, what happened, and when nobody looked. Pure.

"Nobody looked" is never "no change": a time between two looks belongs to a gap, or to the word before it.
"""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from msgspec import Struct

from tui.core.entry import GapCause
from tui.core.fault import BLINDING, FaultClass
from tui.core.lifecycle import ALIVE, CONFIRMATIONS, STATUS_LIVES, Life
from tui.core.span import Span

MOST_COUNTED = 10
"""So many failures in one column are as bad as more."""

_MOST_OF = 2
"""Of a column: half."""


class State(StrEnum):
    """How a task stood, as a letter."""

    NONE = "."
    """Before the first answer."""
    IDLE = "I"
    IN_PROGRESS = "P"
    EXITED = "E"
    ODD = "o"
    """Alive with a status word that nobody documented."""
    OVER = "x"
    UNKNOWN = "?"
    """The newest answer told nothing: the tool was blind, or the end is not confirmed."""
    UNSEEN = "_"
    """Nobody looked."""
    AHEAD = " "
    """Not yet."""


class Look(Struct, frozen=True, gc=False):
    """A poll that told another word than the one before it."""

    at_us: int
    """When the answer was there."""
    word: str
    """A status, or the code of a failure."""
    fault_class: FaultClass | None
    repeats: int = 0
    """How many polls told the same behind it, before the next other word. Counted for an END alone, and to 2."""


class Unseen(Struct, frozen=True, gc=False):
    """A time when nobody looked, at this task or at any."""

    since_us: int
    until_us: int | None
    """None: nobody did since."""
    cause: GapCause


class Flag(Struct, frozen=True, gc=False):
    """A mark that an operator set, or a hit of a breakpoint."""

    at_us: int
    text: str


class Facts(Struct, frozen=True, gc=False):
    """What happened to one task in one span."""

    first_us: int = 0
    """When the recording begins; 0 while there is none."""
    looks: tuple[Look, ...] = ()
    """In order of time; in front those from before the span that tell how the task stood when it began. Of a column
    with very many of them only some, the last one among them."""
    unseen: tuple[Unseen, ...] = ()
    """In order of their beginnings."""
    errors: tuple[int, ...] = ()
    """Failures of all tasks in each column, at most `MOST_COUNTED`; an END is none."""
    marks: tuple[Flag, ...] = ()
    complete: bool = True
    """Whether the end of every gap was found: if not, asking again goes on with that."""


NO_FACTS = Facts()


class Column(Struct, frozen=True, gc=False):
    """What one column holds."""

    state: State
    """At its end, or that nobody looked for most of it."""
    word: str = ""
    """The status or the code behind that state; empty for none."""
    changes: int = 0
    errors: int = 0
    gap: GapCause | None = None
    """Nobody looked for a part of it, and why; of several causes that which took longest."""
    mark: str | None = None
    """The note of its last mark."""
    hit: str | None = None
    """Which breakpoint hit last."""


def columns(span: Span, facts: Facts, until_us: int, hits: Sequence[Flag] = ()) -> tuple[Column, ...]:
    """The columns of `span`, as far as time has come by `until_us`."""
    marks, struck = _by_column(span, facts.marks), _by_column(span, hits)
    unseen = _touching(span, facts.unseen)
    made: list[Column] = []
    over = False
    for number, ((start_us, end_us), (state, word, changes)) in enumerate(
        zip(span.edges(), _states(span, facts.looks), strict=True)
    ):
        flags = marks.get(number), struck.get(number)
        if start_us > until_us:
            made.append(Column(State.AHEAD, mark=flags[0], hit=flags[1]))
            continue
        past_us = min(end_us, until_us + 1)
        gap, unseen_us = _unseen(unseen[number], start_us, past_us)
        errors = facts.errors[number] if number < len(facts.errors) else 0
        if _MOST_OF * unseen_us > past_us - start_us and not (over and state is State.OVER):
            made.append(Column(State.UNSEEN, "", changes, errors, gap, *flags))
        else:
            made.append(Column(state, word, changes, errors, gap, *flags))
        over = state is State.OVER
    return tuple(made)


def _states(span: Span, looks: Sequence[Look]) -> Iterator[tuple[State, str, int]]:
    """How the task stood at the end of each column, by which word, and how often that changed within it."""
    stood = _standings(looks)
    passed, state, word = 0, State.NONE, ""
    for start_us, end_us in span.edges():
        changes = 0
        while passed < len(stood) and looks[passed].at_us < end_us:
            state, word = stood[passed], looks[passed].word
            changes += looks[passed].at_us >= start_us
            passed += 1
        yield state, word, changes


def successive(gaps: Iterable[Unseen]) -> Iterator[Unseen]:
    """Gaps of one task, or those of all, in the order in which they were told: each ends where the next begins, as that
    is the same time with another cause. What lasted no time is none."""
    before: Unseen | None = None
    for gap in gaps:
        if before is not None:
            until_us = gap.since_us if before.until_us is None else min(before.until_us, gap.since_us)
            yield from _lasting(Unseen(before.since_us, until_us, before.cause))
        before = gap
    if before is not None:
        yield from _lasting(before)


def _lasting(gap: Unseen) -> tuple[Unseen, ...]:
    return (gap,) if gap.until_us is None or gap.until_us > gap.since_us else ()


def _standings(looks: Iterable[Look]) -> list[State]:
    """How the task stood after each look. An end counts from its first telling on, once it is confirmed as in
    `core.lifecycle`."""
    stood: list[State] = []
    life, misses, state = Life.NEW, 0, State.NONE
    for look in looks:
        if look.fault_class is None:
            life, misses = STATUS_LIVES.get(look.word, Life.ODD), 0
            state = _STATES[life]
        elif look.fault_class is FaultClass.END:
            misses += 1 + look.repeats
            need = CONFIRMATIONS[life if life in ALIVE else Life.NEW][0]
            state = State.OVER if state is State.OVER or misses >= need else State.UNKNOWN
        elif look.fault_class in BLINDING and state is State.OVER:
            state = State.OVER  # what is over stays over, whoever can see it
        else:
            state = State.UNKNOWN
        stood.append(state)
    return stood


_STATES = {
    Life.IDLE: State.IDLE,
    Life.IN_PROGRESS: State.IN_PROGRESS,
    Life.EXITED: State.EXITED,
    Life.ODD: State.ODD,
}


def _by_column(span: Span, flags: Iterable[Flag]) -> dict[int, str]:
    found = ((span.column(flag.at_us), flag.text) for flag in flags)
    return {column: text for column, text in found if column is not None}


def _touching(span: Span, gaps: Iterable[Unseen]) -> list[list[Unseen]]:
    """For each column the gaps that are in it, in their order."""
    touching: list[list[Unseen]] = [[] for _ in range(span.columns)]
    for gap in gaps:
        last_us = span.end_us if gap.until_us is None else min(gap.until_us, span.end_us)
        first = max(0, (gap.since_us - span.start_us) // span.column_us)
        for number in range(first, -((span.start_us - last_us) // span.column_us)):
            touching[number].append(gap)
    return touching


def _unseen(gaps: Iterable[Unseen], start_us: int, end_us: int) -> tuple[GapCause | None, int]:
    """Which cause had most of this time, and how much all causes had; two at one time count once."""
    cause, longest, told_us, until_us = None, 0, 0, start_us
    for gap in gaps:
        since = max(start_us, gap.since_us)
        until = end_us if gap.until_us is None else min(end_us, gap.until_us)
        if until <= since:
            continue
        if until - since > longest:
            cause, longest = gap.cause, until - since
        told_us += max(0, until - max(since, until_us))
        until_us = max(until_us, until)
    return cause, told_us
