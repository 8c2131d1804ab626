"""What is raised, and the rules that raise it."""

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from tui.core.alerts import BLIND, RULES, blind_cause
from tui.core.task import TaskRef
from tui.render.alert_rows import alert_row, predicate_line, rule_row, tool_row
from tui.render.line import Line, Role, fit, line
from tui.ui.desk import Desk
from tui.ui.dialogs.dialog import Dialog
from tui.ui.drawn import DrawnBlock, DrawnLines

TICK_S = 1.0
MOST_ALERTS = 1_000
_MOST_DIGITS = 6
_SHORT_S = 120
_KEYS = "Enter Go to task   space On/off   + - or digits Enter Number   Esc Close"

Row = tuple[str, TaskRef | None, bool]
"""The rule of a row, its task, and whether it is an alert: else it is the rule itself."""


class AlertList(Dialog[TaskRef | None]):
    """Closes with the task to go to, or with None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("pagedown", "move(10)", "Page down", show=False),
        Binding("pageup", "move(-10)", "Page up", show=False),
        Binding("space", "switch", "On/off", show=False),
        Binding("plus", "count(1)", "More", show=False),
        Binding("minus", "count(-1)", "Less", show=False),
        Binding("backspace", "rub_out", "Back", show=False),
        Binding("enter", "go", "Go", show=False),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._list = _Rows(desk)
        self._told = DrawnBlock(id="alert-chosen")

    def compose(self) -> ComposeResult:
        """A box with the list and its keys."""
        with Vertical(classes="dialog dialog-tall"):
            yield Static("Alerts, and the rules that raise them", markup=False, classes="dialog-title")
            yield self._list
            yield self._told
            yield Static(_KEYS, markup=False, classes="dialog-keys")

    def on_mount(self) -> None:
        """Alerts come and go while one looks."""
        self.set_interval(TICK_S, self._renew)
        self._tell_chosen()

    def _renew(self) -> None:
        self._list.renew()
        self._tell_chosen()

    def _tell_chosen(self) -> None:
        """What the rule of the row says, for a breakpoint or a filter of one's own."""
        rule = self._list.chosen[0]
        setting = self._desk.tuning.of(rule)
        self._told.show(lambda cells: [predicate_line(rule, setting, cells)])

    def action_move(self, lines: int) -> None:
        """Move the cursor."""
        self._list.move(lines)
        self._tell_chosen()

    def action_switch(self) -> None:
        """Switch the rule of the row on or off."""
        rule = self._list.chosen[0]
        if RULES[rule].always:
            self._desk.say(f"{rule} cannot be switched off: {RULES[rule].words}")
        self._desk.tune(self._desk.tuning.switch(rule))
        self._renew()

    def action_count(self, steps: int) -> None:
        """Raise the alert later, or sooner."""
        rule = self._list.chosen[0]
        number = self._desk.tuning.of(rule).number
        step = 1 if RULES[rule].unit != "s" else 10 if number + min(0, steps) < _SHORT_S else 60
        self._count(number + steps * step)

    def action_rub_out(self) -> None:
        """Take back a digit."""
        self._list.type(self._list.typed[:-1])

    def action_go(self) -> None:
        """Set the number that was typed, or go to the task of the row."""
        _, task, _ = self._list.chosen
        if self._list.typed:
            self._count(int(self._list.typed))
        elif task is not None:
            self.dismiss(task)

    def action_close(self) -> None:
        """Take back the number that was typed, or close."""
        if self._list.typed:
            self._list.type("")
        else:
            self.dismiss(None)

    def on_key(self, event: events.Key) -> None:
        """A digit is part of another number."""
        if event.character is not None and event.character in "0123456789" and RULES[self._list.chosen[0]].unit:
            event.stop()
            self._list.type((self._list.typed + event.character)[:_MOST_DIGITS])

    def _count(self, number: int) -> None:
        self._desk.tune(self._desk.tuning.count(self._list.chosen[0], number))
        self._list.type("")
        self._renew()


class _Rows(DrawnLines):
    """A line an alert, a line between, a line a rule."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(id="alert-rows")
        self._desk = desk
        self._rows = self._current()
        self._cursor = 0
        self.typed = ""
        """Digits of another number for the rule under the cursor."""

    @property
    def chosen(self) -> Row:
        """What the cursor is on."""
        return self._rows[self._cursor]

    @property
    def line_count(self) -> int:
        """Rows, and the line between."""
        return len(self._rows) + 1

    def line_at(self, y: int, width: int) -> Line:
        """Line `y`."""
        alerts = self._alerts
        if y == alerts:
            return fit(line(("rules" if alerts else "nothing is raised; rules", Role.HEADING)), width)
        rule, task, is_alert = self._rows[y - (y > alerts)]
        scene = self._desk.scene
        if not is_alert:
            typed = self.typed if self.on_cursor(y) else ""
            return rule_row(rule, self._desk.tuning.of(rule), typed, width)
        if task is None:
            return tool_row(scene.snapshot.tool, scene.now_us, width)
        return alert_row(scene.snapshot.tasks[task], scene.board.standing(task), scene.now_us, width)

    def on_cursor(self, y: int) -> bool:
        """Whether keys are about line `y`."""
        return y == self._line

    def move(self, lines: int) -> None:
        """Move the cursor by so many rows."""
        self.typed = ""
        self._cursor = min(max(0, self._cursor + lines), len(self._rows) - 1)
        top, height = self.scroll_offset.y, max(1, self.window)
        if not top <= self._line < top + height:
            target = self._line if self._line < top else self._line - height + 1
            self.scroll_to(y=target, animate=False, force=True, immediate=True)
        self.repaint()

    def type(self, digits: str) -> None:
        """Show these digits where the number is."""
        if digits and self.chosen[2]:
            self._cursor = self._rows.index((self.chosen[0], None, False))
        self.typed = digits
        self.move_into_sight()

    def move_into_sight(self) -> None:
        """Scroll to the cursor, and keep what is typed."""
        typed = self.typed
        self.move(0)
        self.typed = typed
        self.repaint()

    def renew(self) -> None:
        """What is raised may be another; the cursor stays on what it is on."""
        chosen = self.chosen
        self._rows = self._current()
        places = [place for place, row in enumerate(self._rows) if row == chosen]
        self._cursor = places[0] if places else min(self._cursor, len(self._rows) - 1)
        self.move_into_sight()

    @property
    def _alerts(self) -> int:
        return sum(is_alert for _, _, is_alert in self._rows)

    @property
    def _line(self) -> int:
        return self._cursor + (self._cursor >= self._alerts)

    def _current(self) -> tuple[Row, ...]:
        scene = self._desk.scene
        blind = scene.board.live and blind_cause(scene.snapshot.tool)
        raised = [
            (standing.rule, view.task, True)
            for view, standing in scene.board.worst(MOST_ALERTS)
            if standing.rule not in ("", BLIND)
        ]
        return (*([(BLIND, None, True)] if blind else []), *raised, *((rule, None, False) for rule in RULES))
