"""What is wrong with a predicate, where, and what was meant."""

from collections.abc import Iterable


class PredicateError(ValueError):
    """A text is no predicate: one line for the operator, and which part of the text it is about."""

    def __init__(self, line: str, start: int, end: int) -> None:
        super().__init__(line)
        self.line = line
        self.start = start
        """Place of the first character that is wrong, from 0; the length of the text when something is missing."""
        self.end = end
        """Place behind the last character that is wrong."""


def no_such_word(text: str, start: int, end: int, known: Iterable[str]) -> PredicateError:
    """There is no word of this name; the nearest one is told."""
    near = nearest(text, known)
    hint = f"did you mean {near}?" if near else "all words are in the help (?)"
    return PredicateError(f"there is no word {text}; {hint}", start, end)


def nearest(text: str, known: Iterable[str]) -> str:
    """The known name that looks most like `text`; empty when none does."""
    from difflib import get_close_matches  # noqa: PLC0415 - only who mistypes needs it

    return next(iter(get_close_matches(text.casefold(), list(known), 1, 0.5)), "")
