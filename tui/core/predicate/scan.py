"""A predicate as tokens, with their places in the operator's text."""

import re
from enum import Enum, auto

from msgspec import Struct

from tui.core.predicate.mistake import PredicateError
from tui.core.predicate.words import WORDS


class Sort(Enum):
    """What a token is."""

    WORD = auto()
    """One of `WORDS`."""
    TEXT = auto()
    QUOTED = auto()
    NUMBER = auto()
    CONSTANT = auto()
    """`true` or `false`."""
    COMPARE = auto()
    MATCH = auto()
    SUM = auto()
    PRODUCT = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    IN = auto()
    OPEN = auto()
    CLOSE = auto()
    LIST = auto()
    LIST_END = auto()
    COMMA = auto()
    ARROW = auto()


class Token(Struct, frozen=True):
    """A part of the text. `text` is what it means: an operator in its one spelling, a text without quotes."""

    sort: Sort
    text: str
    start: int
    end: int


MOST_TOKENS = 120
"""More would be nested too deep for Python, and no operator types it."""

_SIGNS = {
    "==": (Sort.COMPARE, "=="),
    "=": (Sort.COMPARE, "=="),
    "!=": (Sort.COMPARE, "!="),
    "<=": (Sort.COMPARE, "<="),
    ">=": (Sort.COMPARE, ">="),
    "<": (Sort.COMPARE, "<"),
    ">": (Sort.COMPARE, ">"),
    "~": (Sort.MATCH, "=~~"),
    "=~": (Sort.MATCH, "=~~"),
    "!~": (Sort.MATCH, "!~~"),
    "&": (Sort.AND, "and"),
    "&&": (Sort.AND, "and"),
    "|": (Sort.OR, "or"),
    "||": (Sort.OR, "or"),
    "!": (Sort.NOT, "not"),
    "(": (Sort.OPEN, "("),
    ")": (Sort.CLOSE, ")"),
    "[": (Sort.LIST, "["),
    "]": (Sort.LIST_END, "]"),
    ",": (Sort.COMMA, ","),
    "->": (Sort.ARROW, "->"),
}

_RUNS = {
    "and": Sort.AND,
    "or": Sort.OR,
    "not": Sort.NOT,
    "in": Sort.IN,
    "true": Sort.CONSTANT,
    "false": Sort.CONSTANT,
    "+": Sort.SUM,
    "-": Sort.SUM,
    "*": Sort.PRODUCT,
    "/": Sort.PRODUCT,
    "%": Sort.PRODUCT,
}

NUMBER = re.compile(r"(-?[0-9]{1,15}(?:\.[0-9]{1,15})?)(ms|[smhd])?", re.ASCII)

_TOKEN = re.compile(
    r"""\s+
    | (?P<quoted> "[^"]*" | '[^']*' )
    | (?P<unclosed> ["'] )
    | (?P<sign> -> | == | =~ | != | !~ | <= | >= | && | \|\| | [=<>~&|!(),\[\]] )
    | (?P<run> (?: (?!->) [^\s=<>~&|!(),\[\]] )+ )""",
    re.VERBOSE,
)


def scan(text: str) -> list[Token]:
    """The tokens of `text`, in order.

    Raises:
        PredicateError: a quote is not closed, or there are more than `MOST_TOKENS`.
    """
    tokens = [_token(match) for match in _TOKEN.finditer(text) if match.lastgroup is not None]
    if len(tokens) > MOST_TOKENS:
        beyond = tokens[MOST_TOKENS]
        raise PredicateError(f"too long: at most {MOST_TOKENS} words and signs", beyond.start, len(text))
    return tokens


def _token(match: re.Match[str]) -> Token:
    written, start, end = match[0], match.start(), match.end()
    match match.lastgroup:
        case "quoted":
            return Token(Sort.QUOTED, written[1:-1], start, end)
        case "unclosed":
            raise PredicateError(f"the text is not closed: {written} is missing at its end", start, len(match.string))
        case "sign":
            sort, meant = _SIGNS[written]
            return Token(sort, meant, start, end)
        case _:
            return Token(_sort_of(written), written, start, end)


def _sort_of(run: str) -> Sort:
    if run in WORDS:
        return Sort.WORD
    if run in _RUNS:
        return _RUNS[run]
    return Sort.NUMBER if NUMBER.fullmatch(run) else Sort.TEXT
