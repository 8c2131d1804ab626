"""The scenes as pictures for the README: the SVG that Textual writes, made to look the same everywhere."""

import re
from html import escape, unescape

from rich.cells import cell_len

from tests.ui.scenes import (
    AUTH_STOPPED,
    BREAKPOINTS,
    FILTER,
    GAP,
    HELP,
    IMPOSSIBLE,
    INSPECTOR_CLOCK,
    REPLAY,
    REQUESTS,
    RUNNING,
    SMALL,
    WIDE,
    Scene,
)

PICTURES = (
    (RUNNING, WIDE),
    (RUNNING, SMALL),
    (IMPOSSIBLE, WIDE),
    (REQUESTS, SMALL),
    (GAP, WIDE),
    (AUTH_STOPPED, SMALL),
    (FILTER, SMALL),
    (HELP, SMALL),
    (REPLAY, WIDE),
    (BREAKPOINTS, SMALL),
    (INSPECTOR_CLOCK, SMALL),
)

_CELL = 12.2
"""Width of a cell in Rich's SVG."""

_FONTS = "'Fira Code', ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace"
_TEXT = re.compile(r'<text class="(t-r\d+)" x="([\d.]+)" y="([\d.]+)" textLength="[\d.]+">([^<]*)</text>')
_WORDS = re.compile(r"\S+(?: \S+)*")
"""What stands between two gaps of more than one cell."""


def file_name(scene: Scene, size: tuple[int, int]) -> str:
    return f"{scene.name}-{size[0]}x{size[1]}.svg"


async def draw(scene: Scene, size: tuple[int, int]) -> str:
    """The scene on a terminal of `size`, as SVG; the same on every machine."""
    app, session = scene.app()
    async with app.run_test(size=size) as pilot:
        await scene.play(pilot, session)
        return _slim(app.export_screenshot(title=f"{app.title} {size[0]}x{size[1]}", simplify=True))


def _slim(svg: str) -> str:
    """Without web fonts, which no README loads, and without clips, which no line here needs; ids without a checksum."""
    slim = re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    slim = re.sub(r"\s*<clipPath id=\"[^\"]*-line-\d+\">.*?</clipPath>", "", slim, flags=re.DOTALL)
    slim = re.sub(r' clip-path="url\(#[^"]*-line-\d+\)"', "", slim)
    slim = re.sub(r"font-family: Fira Code, monospace;", f"font-family: {_FONTS};", slim)
    slim = re.sub(r"\bterminal-\d+-", "t-", slim)
    slim = _TEXT.sub(_without_gaps, slim).replace("&#160;", " ")
    return "\n".join(line.rstrip() for line in slim.strip().splitlines()) + "\n"


def _without_gaps(text: re.Match[str]) -> str:
    """Each group of words at its own cell: some viewers drop leading blanks, others ignore `textLength`."""
    style, x, y, content = text.groups()
    shown = unescape(content).replace("\N{NO-BREAK SPACE}", " ")
    return "".join(
        f'<text class="{style}" x="{float(x) + cell_len(shown[: words.start()]) * _CELL:g}" y="{y}"'
        f' textLength="{cell_len(words[0]) * _CELL:g}">{escape(words[0])}</text>\n'
        for words in _WORDS.finditer(shown)
    )
