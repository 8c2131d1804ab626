"""Text as the worst of servers would send it."""

import unicodedata

from hypothesis import strategies as st
from rich.cells import cell_len

from tui.render.line import Line, width
from tui.render.line import text as text_of

_PIECES = st.sampled_from(
    [
        "\x1b[2J",
        "\x1b]52;c;aGk=\x07",
        "\x9b31m",
        "\x7f",
        "\r\n",
        "\t",
        "\u202e",
        "\u2066",
        "\u200d",
        "\ufe0f",
        "\ufeff",
        "\u2028",
        "\ud800",
        "\ue000",
        "\U000e0041",
        "\u0378",
        "\u3164",
        "e\u0301",
        "会議" * 100,
        "👩\u200d👩\u200d👧" * 20,
        "👍🏽",
        "[bold red]",
        "\\x1b",
        " ",
    ]
)
texts = st.lists(_PIECES | st.text(st.characters(exclude_categories=()), max_size=6), max_size=5).map("".join)

_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def is_visible(text: str) -> bool:
    return not {unicodedata.category(char) for char in text} & _UNSEEN and not set(text) & {"\u3164", "\ufe0f"}


def assert_drawable(spans: Line, cells: int) -> None:
    """Exactly so wide, and nothing in it that steers a terminal or hides."""
    assert cell_len(text_of(spans)) == width(spans) == max(0, cells)
    assert is_visible(text_of(spans))
