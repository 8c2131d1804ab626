"""A part of a predicate as a Python function, with what is known of it before it is ever asked."""

from collections.abc import Callable
from typing import cast

from msgspec import Struct

from tui.core.facts import Facts
from tui.core.predicate.mistake import PredicateError
from tui.core.predicate.words import Kind, Value
from tui.core.standing import NEVER_US

Read = Callable[[Facts], Value]
Number = Callable[[Facts], float | None]
Test = Callable[[Facts], bool]
Wake = Callable[[Facts], int]
"""When, by time alone, the truth may change next, µs UTC."""

Cut = tuple[str, float | None]
"""A word, and the constant it is compared with (times in µs): only there its value matters. None: it matters
everywhere."""

VERDICT = "verdict"
"""What a text that stands alone looks into, among other things, as if it were a word: `core.standing`'s verdict."""

SECOND_US = 1_000_000


class Part(Struct, frozen=True):
    """What stands between `start` and `end` of the operator's text."""

    kind: Kind
    read: Read
    start: int
    end: int
    shown: str
    """How to name it in a message."""
    constant: Value = None
    """The value of what is written out; None for all else."""
    bare: bool = False
    """Not true or false, but may stand for it: true when not empty, not 0."""
    wild: bool = False
    """A text in which `*` is anything."""
    written: str = ""
    """A number as it was written, which is a text when it is compared with one: an SdkAppId."""
    since: Callable[[Facts], int | None] | None = None
    """For a word that grows with the clock and nothing else: at which µs it was 0."""
    wakes: tuple[Wake, ...] = ()
    cuts: tuple[Cut, ...] = ()


def number_of(part: Part) -> Number:
    """What a part of kind NUMBER or TIME reads."""
    return cast("Number", part.read)


def each_second(facts: Facts) -> int:
    """For a growing word in arithmetic: look again soon."""
    return facts.now_us + SECOND_US


def crossing(since: Callable[[Facts], int | None], constant_us: float) -> Wake:
    """When a growing word reaches a constant, and when it is beyond it."""

    def wake(facts: Facts) -> int:
        start_us = since(facts)
        if start_us is None:
            return NEVER_US
        at_us = start_us + round(constant_us)
        if facts.now_us <= at_us:
            return at_us + (facts.now_us == at_us)
        return NEVER_US

    return wake


def test_of(part: Part) -> Test:
    """The part as something that is true or false.

    Raises:
        PredicateError: it is neither.
    """
    read = part.read
    if part.kind is Kind.TRUTH or part.bare:
        return lambda facts: bool(read(facts))
    raise PredicateError(needs_comparison(part), part.start, part.end)


def needs_comparison(part: Part) -> str:
    """Why a part cannot stand alone."""
    example = {Kind.TEXT: "== Idle", Kind.TIME: "> 60s"}.get(part.kind, "> 3")
    return f"{part.shown} is a {part.kind.value}: compare it, like {part.shown} {example}"
