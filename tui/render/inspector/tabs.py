"""The tabs of the inspector, and the whole of it as one text."""

from collections.abc import Callable, Iterator
from enum import StrEnum

from tui.protocol.inspection import Inspection
from tui.render.inspector.answer import answer_lines
from tui.render.inspector.request import request_lines
from tui.render.inspector.sign import sign_lines
from tui.render.inspector.summary import summary_lines
from tui.render.inspector.timing import timing_lines
from tui.render.line import Line, Role, join, line, spread, text

COPIED_CELLS = 100


class Tab(StrEnum):
    """The values are the words on the screen."""

    SUMMARY = "Summary"
    REQUEST = "Request"
    SIGN = "Sign"
    ANSWER = "Answer"
    TIMING = "Timing"

    def turn(self, by: int) -> "Tab":
        """The tab so many further, round and round."""
        tabs = tuple(Tab)
        return tabs[(tabs.index(self) + by) % len(tabs)]


_LINES: dict[Tab, Callable[[Inspection, int], Iterator[Line]]] = {
    Tab.SUMMARY: summary_lines,
    Tab.REQUEST: request_lines,
    Tab.SIGN: sign_lines,
    Tab.ANSWER: answer_lines,
    Tab.TIMING: timing_lines,
}


def tab_lines(tab: Tab, inspection: Inspection, cells: int) -> tuple[Line, ...]:
    """All lines of a tab, each of exactly `cells`."""
    return tuple(_LINES[tab](inspection, cells))


def title_line(name: str, frame: int | None, tab: Tab, cells: int) -> Line:
    """Whose request it is, which one, and the tabs with the present one in brackets."""
    shown = (line((f"[{one}]", Role.TITLE)) if one is tab else line((f" {one} ", Role.DIM)) for one in Tab)
    numbered = "" if frame is None else f"frame {frame}  "
    return spread(line(("i Inspect ", Role.TITLE), numbered, (name, Role.STRONG)), join(shown, ""), cells)


def as_text(inspection: Inspection) -> str:
    """All tabs one below the other, to paste into a ticket. Secrets are masked already."""
    parts = ((tab, tab_lines(tab, inspection, COPIED_CELLS)) for tab in Tab)
    return "\n".join(
        f"== {tab}, frame {inspection.frame}\n" + "\n".join(text(spans).rstrip() for spans in lines) + "\n"
        for tab, lines in parts
    )
