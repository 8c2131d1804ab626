"""From a text to a function. Imports rule-engine: whoever is in a hurry imports this late."""

from tui.core.predicate.build import build
from tui.core.predicate.grammar import DOES_NOT_FIT, parse
from tui.core.predicate.mistake import PredicateError
from tui.core.predicate.part import Part
from tui.core.predicate.scan import Sort, scan
from tui.core.predicate.translate import translate


def compiled(text: str) -> tuple[Part, frozenset[str]]:
    """What `text` is, and which of `WORDS` it asks.

    Raises:
        PredicateError: it is nothing.
    """
    translation = translate(scan(text))
    tree, fits = parse(translation, len(text))
    part = build(tree, translation.leaves)
    if not fits:
        raise PredicateError(DOES_NOT_FIT, part.start, part.end)
    asked = (leaf.token for leaf in translation.leaves)
    return part, frozenset(token.text for token in asked if token.sort is Sort.WORD)
