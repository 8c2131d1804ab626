"""rule-engine's parser. Importing it takes half a second, in which yacc builds its tables: not before a first frame."""

from collections.abc import Mapping, Sequence

from rule_engine import Context, DataType, EngineError, Rule, ast
from rule_engine.errors import RuleSyntaxError

from tui.core.predicate.mistake import PredicateError
from tui.core.predicate.scan import Sort, Token
from tui.core.predicate.translate import ENDS_TERM, Leaf, Translation
from tui.core.predicate.tree import IN, LEAF, LIST, Tree
from tui.core.predicate.words import WORDS, Kind

_TYPES = {
    Kind.TEXT: DataType.STRING,
    Kind.NUMBER: DataType.FLOAT,
    Kind.TIME: DataType.FLOAT,
    Kind.TRUTH: DataType.BOOLEAN,
}
_LITERALS = {Sort.TEXT: DataType.STRING, Sort.QUOTED: DataType.STRING, Sort.NUMBER: DataType.FLOAT}


DOES_NOT_FIT = "something true or false stands where a text, a number or a time belongs"


def parse(translation: Translation, length: int) -> tuple[Tree, bool]:
    """The tree of a translated text of `length` characters, and whether rule-engine found all types to fit.

    When it did not, the tree is one without types: rule-engine does not tell where the mistake is, a look at the tree
    does.

    Raises:
        PredicateError: the grammar is broken, or a test stands where only a value can.
    """
    names = {f"v{number}": _type(leaf) for number, leaf in enumerate(translation.leaves)}
    try:
        return _parsed(translation.text, names), True
    except RuleSyntaxError as mistake:
        raise _broken(translation, mistake, length) from None
    except EngineError:
        return _parsed_untyped(translation, length), False


def _parsed_untyped(translation: Translation, length: int) -> Tree:
    untyped = dict.fromkeys((f"v{number}" for number in range(len(translation.leaves))), DataType.UNDEFINED)
    try:
        return _parsed(translation.text, untyped)
    except EngineError:
        raise PredicateError(DOES_NOT_FIT, 0, length) from None


def _parsed(text: str, types: Mapping[str, object]) -> Tree:
    return _tree(Rule(text, Context(type_resolver=types)).statement.expression)


def _tree(node: ast.ExpressionBase) -> Tree:
    match node:
        case ast.SymbolExpression():
            return Tree(LEAF, leaf=int(node.name[1:]))
        case ast.UnaryExpression():
            return Tree(node.type, (_tree(node.right),))
        case ast.ContainsExpression():
            return Tree(IN, (_tree(node.member), _tree(node.container)))
        case ast.ArrayExpression():
            return Tree(LIST, tuple(_tree(member) for member in node.value))
        case _:
            return Tree(node.type, (_tree(node.left), _tree(node.right)))


def _type(leaf: Leaf) -> object:
    if leaf.token.sort is Sort.WORD:
        return _TYPES[WORDS[leaf.token.text].kind]
    return _LITERALS.get(leaf.token.sort, DataType.BOOLEAN) if leaf.operand else DataType.BOOLEAN


def _broken(translation: Translation, mistake: RuleSyntaxError, length: int) -> PredicateError:
    place = getattr(mistake.token, "lexpos", None)
    if place is None:
        last = translation.tokens[-1] if translation.tokens else None
        if last is None:
            return PredicateError("there is nothing to test: write a word, such as ended", 0, length)
        opened = _unclosed(translation.tokens)
        if opened is not None and last.sort in ENDS_TERM:
            return PredicateError(f"this {opened.text} is not closed", opened.start, opened.end)
        return PredicateError(f"something is missing behind {_shown(last)}", length, length)
    token = translation.token_at(place)
    return PredicateError(_unexpected(translation, token), token.start, token.end)


def _unclosed(tokens: Sequence[Token]) -> Token | None:
    opened = list[Token]()
    for token in tokens:
        if token.sort in (Sort.OPEN, Sort.LIST):
            opened.append(token)
        elif token.sort in (Sort.CLOSE, Sort.LIST_END) and opened:
            opened.pop()
    return opened[-1] if opened else None


def _unexpected(translation: Translation, token: Token) -> str:
    place = translation.tokens.index(token)
    before = translation.tokens[place - 1] if place else None
    if token.sort in (Sort.COMPARE, Sort.MATCH, Sort.IN) and before is not None and before.sort is not Sort.OPEN:
        return f"{_shown(token)} cannot follow here: one comparison at a time, two are joined with &"
    if before is None:
        return f"nothing to test stands before {_shown(token)}"
    if token.sort is Sort.CLOSE and before.sort is not Sort.OPEN:
        return "this ) closes nothing, or comes too early"
    return f"{_shown(token)} cannot follow {_shown(before)}"


_SHOWN = {"and": "&", "or": "|", "not": "!", "=~~": "~", "!~~": "!~"}


def _shown(token: Token) -> str:
    return _SHOWN.get(token.text, token.text or '""')
