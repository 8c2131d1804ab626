"""A tree of rule-engine becomes Python functions: `Rule.matches` takes ten times as long."""

from collections.abc import Callable
from functools import reduce

from tui.core.entry import HOLD_US
from tui.core.facts import Facts
from tui.core.predicate.arithmetic import calculate, negative
from tui.core.predicate.compare import compare, joined
from tui.core.predicate.compare import match as match_texts
from tui.core.predicate.mistake import PredicateError
from tui.core.predicate.part import SECOND_US, VERDICT, Part, Wake, each_second, test_of
from tui.core.predicate.patterns import Matcher, part, whole
from tui.core.predicate.scan import NUMBER, Sort, Token
from tui.core.predicate.translate import Leaf
from tui.core.predicate.tree import IN, LEAF, LIST, Tree
from tui.core.predicate.words import WORDS, Kind
from tui.core.standing import NEVER_US

_UNITS_S = {"ms": 0.001, "s": 1, "m": 60, "h": 3_600, "d": 86_400}


def build(tree: Tree, leaves: tuple[Leaf, ...]) -> Part:
    """The part that `tree` is.

    Raises:
        PredicateError: kinds do not fit.
    """
    if tree.op == LEAF:
        return _leaf(leaves[tree.leaf])
    if tree.op == IN:
        return _contains(build(tree.operands[0], leaves), tree.operands[1], leaves)
    return _joined(tree.op, [build(operand, leaves) for operand in tree.operands])


def _joined(op: str, parts: list[Part]) -> Part:
    match op, parts:
        case "uminus", [right]:
            return negative(right)
        case "not", [right]:
            test = test_of(right)
            return Part(
                Kind.TRUTH,
                lambda facts: not test(facts),
                right.start,
                right.end,
                "this",
                wakes=right.wakes,
                cuts=right.cuts,
            )
        case "and" | "or", [left, right]:
            return _logic(op, left, right)
        case "eq_fzs" | "ne_fzs", [left, right]:
            return match_texts(left, right, wanted=op == "eq_fzs")
        case "add" | "sub" | "mul" | "tdiv" | "mod", [left, right]:
            return calculate(op, left, right)
    return compare(op, parts[0], parts[1])


def _logic(op: str, left: Part, right: Part) -> Part:
    one, other = test_of(left), test_of(right)
    if op == "and":
        return joined(left, right, lambda facts: one(facts) and other(facts))
    return joined(left, right, lambda facts: one(facts) or other(facts))


def _contains(member: Part, container: Tree, leaves: tuple[Leaf, ...]) -> Part:
    if container.op != LIST or not container.operands:
        raise PredicateError("behind in stands a list: status in [Idle, Exited]", member.start, member.end)
    options = [compare("eq", member, build(option, leaves)) for option in container.operands]
    return reduce(lambda left, right: _logic("or", left, right), options)


def _leaf(leaf: Leaf) -> Part:
    token = leaf.token
    match token.sort:
        case Sort.WORD:
            return _word(token)
        case Sort.CONSTANT:
            value = token.text == "true"
            return Part(Kind.TRUTH, lambda _: value, token.start, token.end, token.text, value)
        case Sort.NUMBER if leaf.operand:
            return _number(token)
    return _text(token) if leaf.operand else _searched(token)


def _word(token: Token) -> Part:
    word = WORDS[token.text]
    wakes: tuple[Wake, ...] = (each_second,) if word.since is not None else ()
    if word.name == "held":
        wakes = (_hold_ends,)
    return Part(
        word.kind,
        word.read,
        token.start,
        token.end,
        word.name,
        bare=word.bare,
        since=word.since,
        wakes=wakes,
        cuts=((word.name, None),),
    )


def _hold_ends(facts: Facts) -> int:
    held_us = facts.view.held_us
    return held_us + HOLD_US + 1 if held_us is not None and facts.now_us <= held_us + HOLD_US else NEVER_US


def _number(token: Token) -> Part:
    parts = NUMBER.fullmatch(token.text)
    if parts is None:
        raise PredicateError(f"{token.text} is no number", token.start, token.end)
    value, kind = float(parts[1]), Kind.NUMBER
    if parts[2]:
        value, kind = round(value * _UNITS_S[parts[2]] * SECOND_US), Kind.TIME
    return Part(kind, lambda _: value, token.start, token.end, token.text, value, written=token.text)


def _text(token: Token) -> Part:
    text, wild = token.text, token.sort is not Sort.QUOTED
    shown = text or '""'
    return Part(Kind.TEXT, lambda _: text, token.start, token.end, shown, text, wild=wild)


def _searched(token: Token) -> Part:
    """A text that stands alone: name, id, region, status or reason holds it, or is all of it when it has a `*`."""
    wild = token.sort is not Sort.QUOTED and "*" in token.text
    test = _any_line(whole(token.text, wild=True)) if wild else _anywhere(part(token.text, wild=False))
    cut = (VERDICT, None)
    return Part(Kind.TRUTH, test, token.start, token.end, token.text, wakes=(_verdict_ends,), cuts=(cut,))


def _anywhere(matches: Matcher) -> Callable[[Facts], bool]:
    return lambda facts: matches(facts.searched)


def _any_line(matches: Matcher) -> Callable[[Facts], bool]:
    return lambda facts: any(matches(line) for line in facts.searched.split("\n"))


def _verdict_ends(facts: Facts) -> int:
    until_us = facts.standing.until_us
    return until_us + 1 if until_us < NEVER_US else NEVER_US
