"""A task in few lines. The first three are all that a small screen shows, so they carry what one acts on; no line is
spent on a heading.
"""

from tui.core.lifecycle import Life
from tui.core.standing import Standing
from tui.core.views import LastPoll, TaskView, ToolView
from tui.render.ack_text import ack_text
from tui.render.advice import advice
from tui.render.gap_text import open_gap, open_gap_lines
from tui.render.history import history_lines
from tui.render.how_polled import how_polled
from tui.render.line import Line, Role, fill, fit, line, width
from tui.render.sort_keys import GAP
from tui.render.task_rows import HELD, ROLES
from tui.render.task_times import TaskTimes
from tui.render.text import cut, request_label, wrap
from tui.render.times import TimeStyle, duration

_WORD_CELLS = 32


def compact_lines(
    task: TaskView, standing: Standing, tool_advice: str, times: TaskTimes, cells: int, *, tool: ToolView
) -> tuple[Line, ...]:
    """Life; last poll; whether nobody looks; how it is polled, if not as usual; the reason and what to do, if there is
    one; how exactly the change is known; the history.
    """
    return (
        _life(task, standing, times, cells),
        _last_poll(task.last, times, cells),
        *open_gap_lines(task, tool, times, cells),
        *how_polled(task, times, cells),
        *reason_lines(task, standing, tool_advice, times.now_us, cells, tool=tool),
        *_bound(task, times, cells),
        *history_lines(task.runs, tool.gaps, times, cells),
    )


def reason_lines(
    task: TaskView, standing: Standing, tool_advice: str, now_us: int, cells: int, *, tool: ToolView
) -> tuple[Line, ...]:
    """Why the task stands as it does and whose move it is, in as many lines as it takes; none for a quiet task.

    What the lines of an open gap and of a hold tell is not said again.
    """
    gap_told = standing.why.startswith(GAP) and open_gap(task, tool) is not None
    hold_told = standing.why.startswith(HELD) and task.held_us is not None
    why = "" if gap_told or hold_told else standing.why
    ack = ack_text(standing.acked, now_us)
    told = ": ".join(part for part in (ack, why) if part)
    reason = " -> ".join(part for part in (told, advice(task, standing, tool_advice)) if part)
    if not reason:
        return ()
    return tuple(fit(line((part, ROLES[standing.weight])), cells) for part in wrap(reason, cells))


def bound_text(task: TaskView, times: TaskTimes) -> str:
    """Between which two looks the present state began; empty before the first answer."""
    if task.stage.life is Life.NEW:
        return ""
    if not task.since_bound_us:
        return f"so when first asked, at {times.at(task.since_us)}; it began earlier"
    return f"seen to change between {times.at(task.since_bound_us)} and {times.at(task.since_us)}"


def _life(task: TaskView, standing: Standing, times: TaskTimes, cells: int) -> Line:
    state = [(cut(standing.word, _WORD_CELLS), ROLES[standing.weight])]
    if standing.since_us:
        since = "" if times.style is TimeStyle.RELATIVE else f" since {times.at(standing.since_us)}"
        state.append((f" {duration(times.now_us - standing.since_us)}{since}", Role.PLAIN))
    errors = line((f"errors {task.errors}", Role.CHANGING if task.errors else Role.PLAIN))
    return fill((line(f"started {times.start()}"), line(*state), line(f"polls {task.polls}"), errors), cells)


def _last_poll(last: LastPoll | None, times: TaskTimes, cells: int) -> Line:
    if last is None:
        return fit(line("last poll  none so far"), cells)
    when = times.at(last.sent_us, millis=True)
    told = line(f"last poll  {when} {last.latency_us // 1_000}ms ", (cut(last.word, _WORD_CELLS), Role.STRONG))
    request = request_label(last.request_id, cells - width(told) - 2)
    return fill((told, line((request, Role.DIM))), cells)


def _bound(task: TaskView, times: TaskTimes, cells: int) -> tuple[Line, ...]:
    told = bound_text(task, times)
    return (fit(line((told, Role.DIM)), cells),) if told else ()
