"""Lines of the log: what was seen, when, of which task, and how late."""

from collections.abc import Callable

from tui.core.entry import Level
from tui.core.task import TaskRef
from tui.core.views import Event
from tui.render.line import Line, Role, Span, fit, line, width
from tui.render.text import cells as cells_of
from tui.render.text import cut, request_label
from tui.render.times import TimeStyle, age, moment
from tui.render.view import View

_MILLIS_FROM = 120
_TAG_CELLS = 5
_GAP = "  "
_NAME_SHARE = 4
"""At most one of so many cells goes to the name of the task."""
_LEAST_TEXT = 12
_ROLES = {Level.INFO: Role.PLAIN, Level.WARN: Role.CHANGING, Level.ALERT: Role.NEEDS_YOU}
_TIME_CELLS = {TimeStyle.UTC: 9, TimeStyle.LOCAL: 11, TimeStyle.RELATIVE: 9, TimeStyle.SINCE_START: 9}


def log_line(
    event: Event,
    names: Callable[[TaskRef], str],
    view: View,
    now_us: int,
    cells: int,
    *,
    start_us: int | None = None,
) -> Line:
    """One event in exactly `cells`: time, kind or the level when it is loud, task, text, `delay <=`, `x 411`, `req`.

    A RequestId is shown whole where there is room, else by its ends, else not at all; then the text is cut.

    Args:
        names: what to call a task.
        start_us: what the style SINCE_START counts from.
    """
    time = moment(event.at_us, view.times, now_us, start_us, millis=cells >= _MILLIS_FROM)
    role = _ROLES[event.level]
    loud = event.level is not Level.INFO
    head: list[Span] = [
        (f"{time:<{_TIME_CELLS[view.times]}} ", Role.DIM),
        (f"{event.level.upper() if loud else event.kind:<{_TAG_CELLS}} ", role if loud else Role.DIM),
    ]
    if event.task is not None:
        head.append((f"{cut(names(event.task), cells // _NAME_SHARE)} ", Role.STRONG))
    facts = _facts(event)
    room = cells - width(line(*head, facts))
    text = cut(event.text, max(_LEAST_TEXT, room))
    request = request_label(event.request_id, room - cells_of(text) - len(_GAP))
    return fit(line(*head, (text, role), facts, (_GAP if request else ""), (request, Role.DIM)), cells)


def _facts(event: Event) -> str:
    delay = "" if event.bound_us is None else f"  delay <= {age(event.bound_us)}"
    return delay + (f"  x {event.count}" if event.count > 1 else "")
