"""Breakpoints that many a night has needed, and the one for what the cursor is on."""

from tui.core.breakpoint import Action, Breakpoint
from tui.core.lifecycle import Life, Verdict, stage_word
from tui.core.views import TaskView

READY_MADE: tuple[tuple[str, str, tuple[Action, ...]], ...] = (
    ("change", "in_state < 1s", (Action.STOP,)),
    ("ended", "ended", (Action.STOP, Action.BELL)),
    ("error", "error", (Action.BELL, Action.LOG)),
    ("stuck", "status == Idle & in_state > 60s", (Action.BELL, Action.MARK)),
    ("stale", "age > 10s & !ended & !held", (Action.BELL,)),
    ("illegal", "illegal", (Action.STOP, Action.BELL)),
    ("slow", "rtt > 800ms", (Action.LOG,)),
    ("clock", "skew > 60s | skew < -60s", (Action.BELL, Action.LOG)),
)
"""Name, predicate and actions, in the order of the keys 1, 2, 3, …"""


def about(view: TaskView, number: int) -> Breakpoint:
    """A breakpoint for what is most remarkable about a task now: its trouble, a finding, its last change, its status.

    It is meant for this task alone; the operator may widen that.
    """
    return Breakpoint(number, _remarkable(view), view.name or view.task.task_id)


def _remarkable(view: TaskView) -> str:
    if view.trouble is not None and view.trouble.code:
        return f"error == {_quoted(view.trouble.code)}"
    if view.finding is not None and view.finding.verdict is Verdict.IMPOSSIBLE:
        return "illegal"
    if view.stage.life is Life.NEW:
        return "status != new"
    if view.edge:
        return f"edge == {_quoted(view.edge)}"
    return f"status == {_quoted(stage_word(view.stage))}"


def _quoted(text: str) -> str:
    """A text as a predicate takes it: bare where it is one word."""
    if text.replace(".", "").replace("->", "").replace("_", "").isalnum() and text.isascii():
        return text
    quote = "'" if '"' in text else '"'
    return f"{quote}{text}{quote}"
