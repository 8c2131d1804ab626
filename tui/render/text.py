"""Text from outside as data, and its size on a terminal.

Widths are those of `rich.cells`, because that is what Textual computes with: one measure, no drifting columns.
"""

from unicodedata import category

from rich.cells import cell_len, chop_cells, set_cell_size

_ELLIPSIS = ".."

_HIDDEN = frozenset(
    chr(code)
    for first, last in (
        (0x034F, 0x034F),
        (0x115F, 0x1160),
        (0x17B4, 0x17B5),
        (0x180B, 0x180F),
        (0x3164, 0x3164),
        (0xFE00, 0xFE0F),
        (0xFFA0, 0xFFA0),
        (0x1F3FB, 0x1F3FF),
        (0xE0100, 0xE01EF),
    )
    for code in range(first, last + 1)
)
"""What Python calls printable although it draws nothing (joiner, fillers), or whose own width depends on what stands
before it and on the terminal (variation selectors, skin tones)."""

_MOST_CHARS = 4_096
"""No screen shows more of one text; a megabyte from outside must not be measured again for every frame."""

_ID_HEAD = 5
_ID_TAIL = 4
_REQUEST_HEAD = 13
_REQUEST_TAIL = 3
_REQUEST_LEAST = 12


def visible(text: str) -> str:
    r"""`text` with everything that would steer a terminal, or not be seen, as an escape: `\x1b`, `\u200d`, `\ud800`.

    Those are control, format (bidi, zero width), surrogate, private-use and unassigned characters, line and paragraph
    separators, and fillers. Spaces of all widths stay. A second pass changes nothing.
    """
    if text.isprintable() and (text.isascii() or _HIDDEN.isdisjoint(text)):
        return text
    return "".join(char if _shows(char) else _escape(char) for char in text)


def _shows(char: str) -> bool:
    return char not in _HIDDEN if char.isprintable() else category(char) == "Zs"


def _escape(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def cells(text: str) -> int:
    """Cells that `text`, made visible, takes on a terminal."""
    return cell_len(visible(text))


def cut(text: str, cells: int) -> str:
    """`text`, made visible, in at most `cells`; `..` at its end tells that something is missing."""
    shown = visible(text[:_MOST_CHARS])
    if len(text) <= _MOST_CHARS and cell_len(shown) <= cells:
        return shown
    if cells <= len(_ELLIPSIS):
        return set_cell_size(shown, max(0, cells))
    return set_cell_size(shown, cells - len(_ELLIPSIS)) + _ELLIPSIS


def column(text: str, cells: int, *, right: bool = False) -> str:
    """`text`, made visible, in exactly `cells`: padded, or cut with `..`."""
    shown = cut(text, cells)
    padding = " " * (cells - cell_len(shown))
    return padding + shown if right else shown + padding


def wrap(text: str, cells: int) -> list[str]:
    """`text`, made visible, in lines of at most `cells`: broken at spaces, a longer word anywhere.

    At least one line.
    """
    lines = [""]
    shown = visible(text[:_MOST_CHARS]) + (_ELLIPSIS if len(text) > _MOST_CHARS else "")
    for word in shown.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if cell_len(longer) <= cells:
            lines[-1] = longer
            continue
        pieces = chop_cells(word, max(1, cells)) or [word]
        lines[-1:] = [lines[-1], *pieces] if lines[-1] else pieces
    return lines


def chop(text: str, cells: int) -> list[str]:
    """`text`, made visible, in lines of at most `cells`, broken anywhere, with every space kept. At least one line."""
    return chop_cells(visible(text), max(1, cells)) or [""]


def short_id(task_id: str, cells: int = 13) -> str:
    """A TaskId in at most `cells`: whole, or its two ends as `m9-bV..sggE`, the same wherever there is room for it."""
    return _ends(task_id, cells, _ID_HEAD, _ID_TAIL)


def short_request(request_id: str | None, cells: int = 18) -> str:
    """A RequestId in at most `cells`: whole, or its two ends as `f83001c5-7e3c..8d1`; `-` for none."""
    return _ends(request_id, cells, _REQUEST_HEAD, _REQUEST_TAIL) if request_id else "-"


def request_label(request_id: str | None, cells: int) -> str:
    """`req ` and as much of a RequestId as `cells` hold, both ends of it at least; empty where that is no use."""
    room = cells - len("req ")
    if not request_id or room < _REQUEST_LEAST:
        return ""
    whole = cell_len(visible(request_id)) <= room
    return f"req {request_id if whole else short_request(request_id, min(room, 18))}"


def _ends(text: str, cells: int, head: int, tail: int) -> str:
    shown = visible(text)
    if cell_len(shown) <= cells:
        return shown
    head = min(head, cells - tail - len(_ELLIPSIS))
    if head < 1:
        return cut(shown, cells)
    end = set_cell_size(shown[::-1], tail)[::-1]
    return set_cell_size(shown, head) + _ELLIPSIS + end
