"""What one entry of a journal is, in one line: what the screen stands at while it is in the past."""

from collections.abc import Callable

from tui.core.entry import Ack, Entry, Fault, Gap, Mark, Note, Poll, Reason, Request
from tui.core.task import TaskRef
from tui.render.line import Line, Role, fill, line, width
from tui.render.task_times import TaskTimes
from tui.render.text import cut, request_label

_NAME_CELLS = 24
_TEXT_CELLS = 48


def frame_line(entry: Entry, names: Callable[[TaskRef], str], times: TaskTimes, cells: int) -> Line:
    """Kind, time, whose it is and what it says, in exactly `cells`.

    Args:
        names: what to call a task.
    """
    kind, text = told_of(entry)
    task = None if isinstance(entry, Note) else entry.task
    at_us = entry.sent_us if isinstance(entry, Poll) else entry.at_us
    told = line(
        (f"{kind}  ", Role.HEADING),
        times.at(at_us, millis=True),
        (f"  {cut(names(task), _NAME_CELLS)}" if task is not None else "", Role.STRONG),
        f"  {cut(text, max(_TEXT_CELLS, cells // 2))}",
    )
    request = entry.request_id if isinstance(entry, Poll) else None
    label = request_label(request, cells - width(told) - 2)
    return fill((told, line((label, Role.DIM))), cells)


def told_of(entry: Entry) -> tuple[str, str]:
    """What kind of entry it is, and what it says, in words."""
    match entry:
        case Poll():
            return ("step" if entry.reason is Reason.YOU else "poll"), _poll(entry)
        case Request():
            return "you", entry.verb.value + _by(entry.operator)
        case Note():
            return "tool", entry.text
        case Gap():
            return "gap", f"nobody looks: {entry.cause.value}"
        case Mark():
            return "mark", f"{entry.note}{_by(entry.operator)} (frame {entry.frame})"
        case Ack():
            return "ack", f"{entry.rule}{_by(entry.operator)}"


def _poll(poll: Poll) -> str:
    answer = poll.answer
    word = f"{answer.code} {answer.message}".rstrip() if isinstance(answer, Fault) else answer.status
    return f"{poll.latency_us // 1_000}ms {word}"


def _by(operator: str) -> str:
    return f" by {operator}" if operator else ""
