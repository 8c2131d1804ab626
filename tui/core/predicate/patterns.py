"""Texts in which `*` stands for anything. Linear in the text, whatever the pattern: operators type them."""

from collections.abc import Callable

Matcher = Callable[[str], bool]
"""Tests a text that is already in small letters."""


def whole(pattern: str, *, wild: bool) -> Matcher:
    """All of the text is `pattern`; with `wild`, a `*` in it is anything."""
    wanted = pattern.casefold()
    if not wild or "*" not in wanted:
        return wanted.__eq__
    first, *middle, last = wanted.split("*")

    def matches(text: str) -> bool:
        end = len(text) - len(last)
        if end < len(first) or not text.startswith(first) or not text.endswith(last):
            return False
        return _in_order(middle, text, len(first), end)

    return matches


def part(pattern: str, *, wild: bool) -> Matcher:
    """Somewhere in the text is `pattern`."""
    wanted = pattern.casefold()
    if not wild or "*" not in wanted:
        return lambda text: wanted in text
    pieces = wanted.split("*")
    return lambda text: _in_order(pieces, text, 0, len(text))


def _in_order(pieces: list[str], text: str, at: int, end: int) -> bool:
    for piece in pieces:
        found = text.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return True
