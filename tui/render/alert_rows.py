"""The list of alerts and of the rules that raise them, a line each."""

from tui.core.alerts import BLIND, RULES, blind_cause
from tui.core.standing import Standing, Weight
from tui.core.tuning import Setting
from tui.core.views import TaskView, ToolView
from tui.render.ack_text import ack_text
from tui.render.line import Line, Role, fit, line
from tui.render.names import task_name
from tui.render.sort_keys import reason_since_us
from tui.render.task_rows import MARKS, ROLES
from tui.render.text import column
from tui.render.times import TimeStyle, duration, moment

_RULE_CELLS = 12
_NAME_CELLS = 16
_SINCE_CELLS = 15
_NUMBER_CELLS = 8


def alert_row(view: TaskView, standing: Standing, now_us: int, cells: int) -> Line:
    """`! idle-long    live-final-7   00:05:12 03:07Z   Idle > 300s`, and who takes care of it."""
    since_us = reason_since_us(view, standing)
    role = ROLES[standing.weight]
    why = ", ".join(part for part in (ack_text(standing.acked, now_us), standing.why) if part)
    return fit(
        line(
            (f"{MARKS[standing.weight]} {column(standing.rule, _RULE_CELLS)} ", role),
            (f"{column(task_name(view), _NAME_CELLS)} ", Role.STRONG),
            f"{column(_since(since_us, now_us), _SINCE_CELLS)} ",
            (why, role),
        ),
        cells,
    )


def tool_row(tool: ToolView, now_us: int, cells: int) -> Line:
    """The alert of the tool itself."""
    weight = Weight.ACKED if tool.acked is not None else Weight.NEEDS_YOU
    began = tool.blindness or tool.gap
    since = _since(began.since_us, now_us) if began is not None else ""
    told = ", ".join(part for part in (ack_text(tool.acked, now_us), blind_cause(tool)) if part)
    return fit(
        line(
            (f"{MARKS[weight]} {column(BLIND, _RULE_CELLS)} ", ROLES[weight]),
            (f"{column('the tool', _NAME_CELLS)} ", Role.STRONG),
            f"{column(since, _SINCE_CELLS)} ",
            (told, ROLES[weight]),
        ),
        cells,
    )


def rule_row(rule: str, setting: Setting, typed: str, cells: int) -> Line:
    """`on   idle-long    300s     Idle: no transcription goes on`.

    Args:
        typed: digits of another number, not in force yet.
    """
    known = RULES[rule]
    number = f"{typed}_" if typed else f"{setting.number}{known.unit}" if known.unit else ""
    tuned = known.unit and setting.number != known.number
    return fit(
        line(
            ("on   " if setting.on else "off  ", Role.GOOD if setting.on else Role.OVER),
            (column(rule, _RULE_CELLS), Role.STRONG),
            (f" {column(number, _NUMBER_CELLS)} ", Role.CHANGING if typed or tuned else Role.PLAIN),
            known.words,
        ),
        cells,
    )


def predicate_line(rule: str, setting: Setting, cells: int) -> Line:
    """The rule in the one language, as it is in force."""
    text = RULES[rule].predicate.format(n=setting.number) or "of the tool as a whole, not of a task"
    return fit(line((f"{rule}: ", Role.DIM), (text, Role.STRONG)), cells)


def _since(since_us: int, now_us: int) -> str:
    return f"{duration(max(0, now_us - since_us))} {moment(since_us, TimeStyle.UTC, now_us)}" if since_us else ""
