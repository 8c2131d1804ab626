"""A text, compiled: what it says of a task at a moment, and when that may become another thing."""

from msgspec import Struct

from tui.core.facts import Facts
from tui.core.predicate.part import SECOND_US, Cut, Part, Test, Wake, each_second, test_of
from tui.core.predicate.words import Kind, Value
from tui.core.standing import NEVER_US


class Predicate(Struct, frozen=True, gc=False):
    """True or false of a task; the same text always means the same."""

    text: str
    words: frozenset[str]
    """Which of `WORDS` it asks."""
    holds: Test
    """Never raises; what nobody knows yet compares false."""
    wakes: tuple[Wake, ...]
    cuts: tuple[Cut, ...] = ()

    def constants(self, word: str) -> tuple[float, ...]:
        """What a word is compared with, times in µs: as long as its value crosses none, the truth does not change by
        it. Nothing for a word of `unbound`."""
        return tuple(constant for name, constant in self.cuts if name == word and constant is not None)

    @property
    def unbound(self) -> frozenset[str]:
        """Words of which any change may change the truth; `VERDICT` among them when it looks for a text."""
        return frozenset(name for name, constant in self.cuts if constant is None)

    @property
    def restless(self) -> bool:
        """Whether it may change at any moment: `next_us` is then only when it is worth looking again."""
        return each_second in self.wakes

    @property
    def grows(self) -> bool:
        """Whether time alone can change its truth."""
        return bool(self.wakes)

    def next_us(self, facts: Facts) -> int:
        """When, by time alone, its truth may change next, µs UTC; `NEVER_US` when it will not."""
        soonest_us = NEVER_US
        for wake in self.wakes:
            soonest_us = min(soonest_us, wake(facts))
        return soonest_us


class Expression(Struct, frozen=True, gc=False):
    """Any value: a word, a sum, a predicate."""

    text: str
    words: frozenset[str]
    kind: Kind
    part: Part

    def value(self, facts: Facts) -> Value:
        """What it is of a task; times in seconds, None for what nobody knows yet. Never raises."""
        value = self.part.read(facts)
        if self.kind is Kind.TIME and isinstance(value, int | float):
            return value / SECOND_US
        return value


def compile_predicate(text: str) -> Predicate:
    """Compile a text. The first call in a process takes half a second: it loads rule-engine.

    Raises:
        PredicateError: it is no predicate; which part is wrong, and why.
    """
    from tui.core.predicate.compiling import compiled  # noqa: PLC0415 - half a second, in which yacc builds its tables

    part, words = compiled(text)
    return Predicate(text, words, test_of(part), part.wakes, part.cuts)


def compile_expression(text: str) -> Expression:
    """The same for a text that need not be true or false.

    Raises:
        PredicateError: it is no expression.
    """
    from tui.core.predicate.compiling import compiled  # noqa: PLC0415 - as above

    part, words = compiled(text)
    return Expression(text, words, part.kind, part)


def warm_up() -> None:
    """Load rule-engine now, so that the next text need not wait for it."""
    import tui.core.predicate.compiling  # noqa: F401, PLC0415 - as above
