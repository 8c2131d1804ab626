"""The operator's shorthand in rule-engine's grammar.

Every value becomes a symbol `v0`, `v1`, …: a tree of rule-engine knows no places, so its leaves must.
"""

from bisect import bisect_right
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from tui.core.predicate.mistake import PredicateError, no_such_word
from tui.core.predicate.scan import Sort, Token
from tui.core.predicate.words import WORDS, Kind

VALUES = frozenset({Sort.WORD, Sort.TEXT, Sort.QUOTED, Sort.NUMBER, Sort.CONSTANT})
_BESIDE_OPERAND = frozenset({Sort.COMPARE, Sort.MATCH, Sort.SUM, Sort.PRODUCT, Sort.IN})
_BEFORE_OPERAND = _BESIDE_OPERAND | {Sort.LIST, Sort.COMMA}
ENDS_TERM = VALUES | {Sort.CLOSE, Sort.LIST_END}
_BEGINS_TERM = VALUES | {Sort.OPEN}


class Leaf(Struct, frozen=True):
    """A value in the text. As an `operand` it is compared; else it is a test by itself."""

    token: Token
    operand: bool


class Translation(Struct, frozen=True):
    """What rule-engine is to parse, and the way back."""

    text: str
    leaves: tuple[Leaf, ...]
    """Of the symbols, by their numbers."""
    starts: tuple[int, ...]
    """Where each token begins in `text`."""
    tokens: tuple[Token, ...]

    def token_at(self, place: int) -> Token:
        """The token to which a place in `text` belongs."""
        return self.tokens[max(0, bisect_right(self.starts, place) - 1)]


def translate(tokens: Sequence[Token]) -> Translation:
    """Put shorthand into the grammar's words.

    Raises:
        PredicateError: what stands before an operator is no word, an edge has only one end, a time has two parts,
            a list stands where none can.
    """
    _require_lists_behind_in(tokens)
    meant = _with_ands(_with_edges(_without_arrows(tokens)))
    leaves, starts, parts, length = list[Leaf](), list[int](), list[str](), 0
    for place, token in enumerate(meant):
        before = meant[place - 1] if place else None
        behind = meant[place + 1] if place + 1 < len(meant) else None
        part = token.text
        if token.sort in VALUES:
            part = f"v{len(leaves)}"
            leaves.append(_leaf(token, before, behind, meant[place - 2] if place > 1 else None))
        starts.append(length)
        parts.append(part)
        length += len(part) + 1
    return Translation(" ".join(parts), tuple(leaves), tuple(starts), tuple(meant))


def _leaf(token: Token, before: Token | None, behind: Token | None, left: Token | None) -> Leaf:
    follows = before is not None and before.sort in _BEFORE_OPERAND
    if follows:
        return Leaf(_as_text(token, before, left), operand=True)
    leads = behind is not None and (behind.sort in _BESIDE_OPERAND)
    if leads and token.sort is Sort.TEXT:
        raise no_such_word(token.text, token.start, token.end, WORDS)
    return Leaf(token, operand=leads)


def _as_text(token: Token, before: Token | None, left: Token | None) -> Token:
    """A word, or a number, where only a text makes sense is a text: `gap == held`."""
    if before is not None and before.sort is Sort.MATCH and token.sort is Sort.NUMBER:
        return replace(token, sort=Sort.TEXT)
    if token.sort is not Sort.WORD or before is None:
        return token
    beside_text = left is not None and left.sort is Sort.WORD and WORDS[left.text].kind is Kind.TEXT
    compared = before.sort is Sort.COMPARE and beside_text and WORDS[token.text].kind is not Kind.TEXT
    if compared or before.sort in (Sort.MATCH, Sort.LIST, Sort.COMMA):
        return replace(token, sort=Sort.TEXT)
    return token


def _without_arrows(tokens: Sequence[Token]) -> list[Token]:
    """`A -> B` as one text."""
    merged = list[Token]()
    rest = iter(tokens)
    for token in rest:
        if token.sort is not Sort.ARROW:
            merged.append(token)
            continue
        left, right = merged.pop() if merged else None, next(rest, None)
        if left is None or right is None or not _may_end_edge(left) or not _may_end_edge(right):
            raise PredicateError("an edge has two ends: InProgress->Exited", token.start, token.end)
        merged.append(Token(Sort.TEXT, f"{left.text}->{right.text}", left.start, right.end))
    return merged


def _may_end_edge(token: Token) -> bool:
    return token.sort in VALUES or token.text == "*"


def _with_edges(tokens: Sequence[Token]) -> list[Token]:
    """`edge A->B`, and `A->B` alone, as a comparison."""
    meant = list[Token]()
    for token in tokens:
        last = meant[-1] if meant else None
        if token.sort is Sort.TEXT and "->" in token.text and (last is None or last.sort not in _BEFORE_OPERAND):
            if last is None or last.text != "edge":
                meant.append(Token(Sort.WORD, "edge", token.start, token.end))
            meant.append(Token(Sort.COMPARE, "==", token.start, token.start))
        meant.append(token)
    return meant


def _require_lists_behind_in(tokens: Sequence[Token]) -> None:
    for place, token in enumerate(tokens):
        if (token.sort is Sort.LIST) and not (place and tokens[place - 1].sort is Sort.IN):
            raise PredicateError("a list stands only behind in: status in [Idle, Exited]", token.start, token.end)


def _with_ands(tokens: Sequence[Token]) -> list[Token]:
    """What stands side by side must all hold."""
    meant = list[Token]()
    for place, token in enumerate(tokens):
        behind = tokens[place + 1] if place + 1 < len(tokens) else None
        if meant and token.sort is meant[-1].sort is Sort.NUMBER:
            raise PredicateError("one time is one word: 65s, not 1m 5s", meant[-1].start, token.end)
        negates = token.sort is Sort.NOT and (behind is None or behind.sort is not Sort.IN)
        if meant and meant[-1].sort in ENDS_TERM and (token.sort in _BEGINS_TERM or negates):
            meant.append(Token(Sort.AND, "and", token.start, token.end))
        meant.append(token)
    return meant
