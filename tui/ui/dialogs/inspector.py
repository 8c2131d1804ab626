"""The inspector: one request of one task, over the whole screen."""

from functools import partial
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from tui.core.task import TaskRef
from tui.protocol.inspection import Inspection
from tui.render.inspector.tabs import Tab, as_text, tab_lines, title_line
from tui.render.line import Line, Role, fit, line
from tui.ui.dialogs.dialog import Dialog
from tui.ui.drawn import DrawnBlock
from tui.ui.inspecting import Inspect, Step

_KEYS = "Tab h l Next tab   j k Scroll   [ ] Frame   y Copy (redacted)   Esc Back"


class Inspector(Dialog[None]):
    """Reads in a thread of its own, and shows what was found, a tab at a time.

    Args:
        frame: from where the newest poll is looked for, backwards.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,i", "dismiss(None)", "Back", show=False),
        Binding("tab,l,right", "turn(1)", "Next tab", show=False, priority=True),
        Binding("shift+tab,h,left", "turn(-1)", "Tab before", show=False, priority=True),
        Binding("down,j", "scroll_lines(1)", "Down", show=False),
        Binding("up,k", "scroll_lines(-1)", "Up", show=False),
        Binding("pagedown", "scroll_lines(20)", "Page down", show=False),
        Binding("pageup", "scroll_lines(-20)", "Page up", show=False),
        Binding("g,home", "scroll_lines(-100000)", "Top", show=False),
        Binding("G,end", "scroll_lines(100000)", "End", show=False),
        Binding("left_square_bracket", "step(-1)", "Poll before", show=False),
        Binding("right_square_bracket", "step(1)", "Next poll", show=False),
        Binding("y", "copy", "Copy", show=False),
    ]

    def __init__(self, inspect: Inspect, task: TaskRef, name: str, frame: int, tab: Tab = Tab.SUMMARY) -> None:
        super().__init__()
        self._inspect = inspect
        self._about = task
        self._called = name
        self._frame = frame
        self._tab = tab
        self._found: Inspection | None = None
        self._title = DrawnBlock(id="inspect-title")
        self._body = DrawnBlock(id="inspect-body")
        self._keys = DrawnBlock(id="inspect-keys")

    def compose(self) -> ComposeResult:
        """A title with the tabs, the lines of the present one, the keys."""
        yield self._title
        yield self._body
        yield self._keys

    def on_mount(self) -> None:
        """Begin with what there is."""
        self._say("reading ..")
        self._draw()
        self._read(Step.HERE)

    def action_turn(self, by: int) -> None:
        """Another tab, from its top."""
        self._tab = self._tab.turn(by)
        self._draw()
        self._to(0)

    def action_scroll_lines(self, lines: int) -> None:
        """Scroll by so many lines."""
        self._to(self._body.scroll_offset.y + lines)

    def action_step(self, by: int) -> None:
        """The poll before or behind this one, of the same task."""
        self._read(Step(by))

    def action_copy(self) -> None:
        """All tabs as text. Secrets are masked before anything is kept, so there is none to take out."""
        if self._found is not None:
            self.app.copy_to_clipboard(as_text(self._found))
            self._say("all tabs sent to the terminal's clipboard")

    @work(thread=True, exclusive=True)
    def _read(self, step: Step) -> None:
        found = self._inspect(self._about, self._frame, step)
        self.app.call_from_thread(self._show, found)

    def _show(self, found: Inspection | str) -> None:
        if isinstance(found, str):
            self._say(found)
            return
        self._found, self._frame = found, found.frame
        self._draw()
        self._say("")

    def _say(self, text: str) -> None:
        shown = line((text, Role.STRONG)) if text else line((_KEYS, Role.KEY))
        self._keys.show(lambda cells: [fit(shown, cells)])

    def _draw(self) -> None:
        frame = self._found.frame if self._found is not None else None
        self._title.show(lambda cells: [title_line(self._called, frame, self._tab, cells)])
        self._body.show(partial(_lines, self._tab, self._found))

    def _to(self, y: int) -> None:
        self._body.scroll_to(y=max(0, y), animate=False, force=True, immediate=True)
        self._body.repaint()


def _lines(tab: Tab, found: Inspection | None, cells: int) -> tuple[Line, ...]:
    return () if found is None else tab_lines(tab, found, cells)
