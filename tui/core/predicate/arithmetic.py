"""Sums and products of numbers and times; a time and a number beside it are both seconds."""

import operator
from collections.abc import Callable

from msgspec.structs import replace

from tui.core.facts import Facts
from tui.core.predicate.compare import as_time, joined
from tui.core.predicate.mistake import PredicateError
from tui.core.predicate.part import Part, number_of
from tui.core.predicate.words import Kind

Apply = Callable[[float, float], float]

_OPERATIONS: dict[str, tuple[str, Apply]] = {
    "add": ("+", operator.add),
    "sub": ("-", operator.sub),
    "mul": ("*", operator.mul),
    "tdiv": ("/", operator.truediv),
    "mod": ("%", operator.mod),
}
_LARGEST = 1e24
"""Beyond it, a constant is a mistake."""


def calculate(op: str, left: Part, right: Part) -> Part:
    """`left op right`, for + - * / % by rule-engine's names; None as soon as one of them is, or on division by zero.

    Raises:
        PredicateError: one of them is no number or time, or the result would be neither.
    """
    sign, apply = _OPERATIONS[op]
    for one in (left, right):
        if one.kind not in (Kind.NUMBER, Kind.TIME):
            raise PredicateError(f"{one.shown} is no number: {sign} takes numbers and times", one.start, one.end)
    if op in ("add", "sub", "mod") and left.kind is not right.kind:
        left, right = (as_time(one) if one.kind is Kind.NUMBER else one for one in (left, right))
    both = joined(left, right, _reading(apply, left, right), _kind(op, left, right))
    a, b = left.constant, right.constant
    if isinstance(a, str | None) or isinstance(b, str | None):
        return both
    return constant_part(both, _applied(apply, a, b))


def negative(part: Part) -> Part:
    """`-part`.

    Raises:
        PredicateError: it is no number or time.
    """
    if part.kind not in (Kind.NUMBER, Kind.TIME):
        raise PredicateError(f"{part.shown} is no number: - takes numbers and times", part.start, part.end)
    read = number_of(part)
    if not isinstance(part.constant, str | None):
        return constant_part(part, -part.constant)

    def negated(facts: Facts) -> float | None:
        value = read(facts)
        return None if value is None else -value

    return Part(part.kind, negated, part.start, part.end, "this", wakes=part.wakes, cuts=part.cuts)


def constant_part(part: Part, value: float | None) -> Part:
    """A part that rests on no word, as its value.

    Raises:
        PredicateError: it has none.
    """
    if value is None or not abs(value) < _LARGEST:
        raise PredicateError("this has no value, or too large a one", part.start, part.end)
    return replace(part, read=lambda _: value, constant=value, written="")


def _reading(apply: Apply, left: Part, right: Part) -> Callable[[Facts], float | None]:
    one, other = number_of(left), number_of(right)

    def read(facts: Facts) -> float | None:
        return _applied(apply, one(facts), other(facts))

    return read


def _applied(apply: Apply, left: float | None, right: float | None) -> float | None:
    if left is None or right is None:
        return None
    try:
        return apply(left, right)
    except (ZeroDivisionError, OverflowError):
        return None


def _kind(op: str, left: Part, right: Part) -> Kind:
    times = (left.kind is Kind.TIME) + (right.kind is Kind.TIME)
    if op == "mul" and times > 1:
        raise PredicateError("a time times a time is nothing: one must be a number", left.start, right.end)
    if op == "tdiv" and right.kind is Kind.TIME:
        if left.kind is Kind.NUMBER:
            raise PredicateError("a number cannot be divided by a time", left.start, right.end)
        return Kind.NUMBER
    return Kind.TIME if times else Kind.NUMBER
