"""A line of the screen as plain data: spans of text, each with the role it plays. What a role looks like is `ui`'s."""

from collections.abc import Iterable
from enum import StrEnum

from rich.cells import cell_len, set_cell_size, split_text

from tui.render.text import visible


class Role(StrEnum):
    """What a span means. A role is never the only sign of a state: a word or a mark always says the same."""

    PLAIN = "plain"
    DIM = "dim"
    STRONG = "strong"
    TITLE = "title"
    HEADING = "heading"
    NEEDS_YOU = "needs-you"
    UNKNOWN = "unknown"
    CHANGING = "changing"
    OVER = "over"
    GOOD = "good"
    KEY = "key"
    CURSOR = "cursor"


Span = tuple[str, Role]
Line = tuple[Span, ...]
"""Made by `line`, so that its texts are visible and `cell_len` is their width."""


def line(*parts: str | Span) -> Line:
    """A line of these parts; a bare text is PLAIN. All text goes through `visible` here, so nobody can forget it."""
    spans = ((part, Role.PLAIN) if isinstance(part, str) else part for part in parts)
    return tuple((visible(text), role) for text, role in spans if text)


def text(spans: Line) -> str:
    """The line without its roles."""
    return "".join(part for part, _ in spans)


def width(spans: Line) -> int:
    """Cells that the line takes on a terminal."""
    return sum(cell_len(part) for part, _ in spans)


def fit(spans: Line, cells: int) -> Line:
    """The line cut or padded with spaces to exactly `cells`; a wide character cut in half becomes a space."""
    kept: list[Span] = []
    left = max(0, cells)
    for part, role in spans:
        size = cell_len(part)
        if size > left:
            if left:
                kept.append((set_cell_size(part, left), role))
            return tuple(kept)
        kept.append((part, role))
        left -= size
    if left:
        kept.append((" " * left, Role.PLAIN))
    return tuple(kept)


def crop(spans: Line, start: int) -> Line:
    """The line without its first `start` cells; a wide character cut in half becomes a space."""
    if start <= 0:
        return spans
    kept: list[Span] = []
    skip = start
    for part, role in spans:
        size = cell_len(part)
        if size <= skip:
            skip -= size
            continue
        kept.append((split_text(part, skip)[1], role))
        skip = 0
    return tuple(kept)


def join(lines: Iterable[Line], gap: str = "  ") -> Line:
    """The lines that are not empty, one after the other, with `gap` between them."""
    joined: list[Span] = []
    for spans in lines:
        if spans and joined:
            joined.append((gap, Role.PLAIN))
        joined.extend(spans)
    return tuple(joined)


def spread(left: Line, right: Line, cells: int) -> Line:
    """`left` at the left and `right` at the right edge of `cells`, a space between; where they meet, `left` is cut."""
    room = cells - width(right)
    if not right or room <= 0:
        return fit(right or left, cells)
    return (*fit(left, room - 1), (" ", Role.PLAIN), *right)


def leading(parts: Iterable[Line], cells: int, gap: str = "  ") -> Line:
    """As many leading `parts` as fit whole into `cells`: the last ones are given up first.

    Empty ones do not count. The first one is always there, whatever its width.
    """
    kept: list[Line] = []
    used = 0
    for part in filter(None, parts):
        used += width(part) + (len(gap) if kept else 0)
        if kept and used > cells:
            break
        kept.append(part)
    return join(kept, gap)


def fill(parts: Iterable[Line], cells: int, gap: str = "  ") -> Line:
    """The leading `parts` that fit, in exactly `cells`."""
    return fit(leading(parts, cells, gap), cells)
