"""Comparisons: two parts become one that is true or false, and mistakes tell what would fit."""

import operator
from collections.abc import Callable

from msgspec.structs import replace

from tui.core.facts import Facts
from tui.core.predicate.mistake import PredicateError
from tui.core.predicate.part import SECOND_US, Number, Part, Read, Test, crossing, number_of
from tui.core.predicate.patterns import Matcher, part, whole
from tui.core.predicate.words import Kind

_ORDERS: dict[str, Callable[[float, float], bool]] = {
    "gt": operator.gt,
    "ge": operator.ge,
    "lt": operator.lt,
    "le": operator.le,
    "eq": operator.eq,
    "ne": operator.ne,
}
_MIRRORED = {"gt": "lt", "ge": "le", "lt": "gt", "le": "ge"}
_FITTING = {Kind.TEXT: "a text, such as Idle", Kind.NUMBER: "a number, such as 3", Kind.TIME: "a time, such as 60s"}


def compare(op: str, left: Part, right: Part) -> Part:
    """`left op right`, for `==`, `!=`, `<`, `<=`, `>`, `>=` by rule-engine's names.

    Raises:
        PredicateError: the two do not compare.
    """
    if left.constant is not None and right.constant is None:
        return _compare(_MIRRORED.get(op, op), right, left)
    return _compare(op, left, right)


def _compare(op: str, left: Part, right: Part) -> Part:
    if left.kind is Kind.TEXT or right.kind is Kind.TEXT:
        return _compare_texts(op, left, right)
    if left.kind is Kind.TRUTH or right.kind is Kind.TRUTH:
        return _compare_truths(op, left, right)
    return _compare_numbers(op, left, right)


def match(left: Part, right: Part, *, wanted: bool) -> Part:
    """`left ~ right`, or `left !~ right`.

    Raises:
        PredicateError: one of them is no text.
    """
    right = _as_text(right)
    if left.kind is not Kind.TEXT:
        raise PredicateError(f"{left.shown} is no text: ~ looks into texts", left.start, left.end)
    if not isinstance(right.constant, str):
        raise PredicateError("behind ~ stands the text to look for, such as Auth", right.start, right.end)
    return joined(left, right, _text_test(left.read, part(right.constant, wild=right.wild), wanted=wanted))


def joined(left: Part, right: Part, read: Read, kind: Kind = Kind.TRUTH) -> Part:
    """Both as one, wherever they stand."""
    start, end = min(left.start, right.start), max(left.end, right.end)
    return Part(kind, read, start, end, "this", wakes=left.wakes + right.wakes, cuts=left.cuts + right.cuts)


def as_time(number: Part) -> Part:
    """A number of seconds as a time."""
    if isinstance(number.constant, int | float):
        constant = number.constant * SECOND_US
        return replace(number, kind=Kind.TIME, read=lambda _: constant, constant=constant)
    read = number_of(number)

    def in_us(facts: Facts) -> float | None:
        value = read(facts)
        return None if value is None else value * SECOND_US

    return replace(number, kind=Kind.TIME, read=in_us)


def _misfit(left: Part, right: Part) -> PredicateError:
    """Tell of the one that has a name what it is, and point at the other."""
    if left.kind is Kind.TRUTH:
        line = f"{left.shown} is true or false: write it alone, or with ! before it"
        return PredicateError(line, left.start, max(left.end, right.end))
    given = "something true or false" if right.kind is Kind.TRUTH else f"a {right.kind.value}"
    line = f"{left.shown} is a {left.kind.value}: compare it with {_FITTING[left.kind]}, not with {given}"
    return PredicateError(line, right.start, right.end)


def _as_text(literal: Part) -> Part:
    if not literal.written:
        return literal
    return replace(literal, kind=Kind.TEXT, constant=literal.written, read=lambda _: literal.written)


def _compare_texts(op: str, left: Part, right: Part) -> Part:
    right = _as_text(right)
    if left.kind is not Kind.TEXT or right.kind is not Kind.TEXT:
        raise _misfit(left, right)
    if op not in ("eq", "ne"):
        raise PredicateError(f"{left.shown} is a text: only ==, != and ~ compare texts", left.start, right.end)
    wanted = op == "eq"
    if isinstance(right.constant, str):
        return joined(left, right, _text_test(left.read, whole(right.constant, wild=right.wild), wanted=wanted))
    one, other = left.read, right.read
    return joined(left, right, lambda facts: (str(one(facts)).casefold() == str(other(facts)).casefold()) is wanted)


def _text_test(read: Read, matches: Matcher, *, wanted: bool) -> Test:
    if wanted:
        return lambda facts: matches(str(read(facts)).casefold())
    return lambda facts: not matches(str(read(facts)).casefold())


def _compare_truths(op: str, left: Part, right: Part) -> Part:
    if left.kind is not right.kind or op not in ("eq", "ne"):
        raise _misfit(left, right)
    one, other, wanted = left.read, right.read, op == "eq"
    return joined(left, right, lambda facts: (one(facts) == other(facts)) is wanted)


def _compare_numbers(op: str, left: Part, right: Part) -> Part:
    if left.kind is Kind.NUMBER and right.kind is Kind.TIME:
        raise _misfit(left, right)
    if left.kind is Kind.TIME and right.kind is Kind.NUMBER:
        right = as_time(right)
    order, constant = _ORDERS[op], right.constant
    if isinstance(constant, str | None):
        return joined(left, right, _ordered(order, number_of(left), number_of(right)))
    both = joined(left, right, _ordered_to(order, number_of(left), constant))
    if left.cuts == ((left.shown, None),):  # a word as it is
        both = replace(both, cuts=((left.shown, constant),))
    return both if left.since is None else replace(both, wakes=(crossing(left.since, constant),))


def _ordered_to(order: Callable[[float, float], bool], read: Number, constant: float) -> Test:
    def test(facts: Facts) -> bool:
        value = read(facts)
        return value is not None and order(value, constant)

    return test


def _ordered(order: Callable[[float, float], bool], one: Number, other: Number) -> Test:
    def test(facts: Facts) -> bool:
        left, right = one(facts), other(facts)
        return left is not None and right is not None and order(left, right)

    return test
