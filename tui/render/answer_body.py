"""The last answer as it came: JSON laid out, everything else as visible text."""

from contextlib import suppress

import msgspec

from tui.core.views import LastPoll
from tui.render.line import Line, Role, fit, line
from tui.render.text import chop

MOST_LINES = 2_000
"""An answer has a dozen lines; one that has a megabyte must not stop the screen."""

_MOST_BYTES = 16_384
"""Deeply nested JSON grows a thousandfold when it is laid out."""


def body_lines(last: LastPoll | None, cells: int) -> tuple[Line, ...]:
    """The body in lines of exactly `cells`."""
    return laid_out_lines(last.body if last is not None else b"", cells)


def laid_out_lines(body: bytes, cells: int) -> tuple[Line, ...]:
    """A body in lines of exactly `cells`; what is left out of a huge one is said in the last line."""
    if not body:
        return (fit(line(("no answer was received", Role.DIM)), cells),)
    shown = body[:_MOST_BYTES]
    told = _laid_out(shown).split("\n")
    lines = [part for whole in told[:MOST_LINES] for part in chop(whole, cells)]
    if len(shown) < len(body) or len(told) > MOST_LINES or len(lines) > MOST_LINES:
        del lines[MOST_LINES:]
        lines.append(f"(only the beginning is shown: the answer has {len(body)} bytes)")
    return tuple(fit(line(part), cells) for part in lines)


def _laid_out(body: bytes) -> str:
    """Layout alone is changed: numbers, doubled keys and escapes stay as they were sent."""
    with suppress(msgspec.DecodeError, RecursionError):
        body = msgspec.json.format(body, indent=2)
    return body.decode("utf-8", "backslashreplace")
