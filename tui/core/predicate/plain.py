"""Whether a text is a predicate at all, told without what compiles one."""

import re

from tui.core.predicate.words import WORDS

_OPERATORS = re.compile(r'[<>~&|*]|==|!=|!\(|^!?"|^=')


def is_plain(text: str) -> bool:
    """Whether `text` is only words to be looked for: no operator, no word of `WORDS`."""
    chunks = text.split()
    for place, chunk in enumerate(chunks):
        if _OPERATORS.search(chunk) or chunk.removeprefix("!").partition("=")[0] in WORDS:
            return False
        behind = place < len(chunks) - 1
        if behind and (chunk == "not" or (place > 0 and chunk in ("and", "or"))):
            return False
    return True
