"""All fields of one task, a label and a value each; long values go on in the next line."""

from collections.abc import Iterable, Iterator

from tui.core.standing import Standing
from tui.core.views import Finding, LastPoll, TaskView, ToolView, Trouble
from tui.protocol.errors import explain
from tui.render.compact_detail import bound_text, reason_lines
from tui.render.gap_text import open_gap_lines
from tui.render.history import history_lines
from tui.render.how_polled import how_polled
from tui.render.line import Line, Role, fit, line
from tui.render.task_rows import ROLES
from tui.render.task_times import TaskTimes
from tui.render.text import wrap
from tui.render.times import duration

_LABEL_CELLS = 11
_NONE = "-"

Field = tuple[str, str]


def full_lines(
    task: TaskView, standing: Standing, tool_advice: str, times: TaskTimes, cells: int, *, tool: ToolView
) -> tuple[Line, ...]:
    """Identity, life, last poll, what went wrong, and the history, each field in lines of exactly `cells`."""
    word = (standing.word, ROLES[standing.weight])
    lasting = f" for {duration(times.now_us - standing.since_us)}" if standing.since_us else ""
    return (
        fit(line(word, lasting), cells),
        *open_gap_lines(task, tool, times, cells),
        *how_polled(task, times, cells),
        *reason_lines(task, standing, tool_advice, times.now_us, cells, tool=tool),
        *_lines(_identity(task), cells),
        *_lines(_life(task, times), cells),
        *_lines(_last_poll(task.last, times), cells),
        *_lines(_trouble(task.trouble, times), cells),
        *_lines(_finding(task.finding, times), cells),
        *_history(task, tool, times, cells),
    )


def _lines(fields: Iterable[Field], cells: int) -> Iterator[Line]:
    for label, value in fields:
        for number, part in enumerate(wrap(value, cells - _LABEL_CELLS)):
            title = label if number == 0 else ""
            yield fit(line((f"{title:<{_LABEL_CELLS}}", Role.HEADING), part), cells)


def _history(task: TaskView, tool: ToolView, times: TaskTimes, cells: int) -> tuple[Line, ...]:
    if not task.runs:
        return ()
    return (
        fit(line(("history, newest first", Role.HEADING)), cells),
        *history_lines(task.runs, tool.gaps, times, cells),
    )


def _identity(task: TaskView) -> Iterator[Field]:
    yield "name", task.name or _NONE
    yield "task", task.task.task_id
    yield "region", f"{task.task.region}   sdk {task.task.sdk_app_id}   kind {task.task.kind}"


def _life(task: TaskView, times: TaskTimes) -> Iterator[Field]:
    raw = "" if task.start_time_ms is None else f"   StartTime {task.start_time_ms} ms"
    yield "started", times.start() + raw
    yield "status", (task.stage.word or task.stage.life.value) + ("   Exited was seen" if task.exited_seen else "")
    if task.stage.misses:
        yield "missing", f"{task.stage.misses} answers in a row said that the task is over"
    yield "began", bound_text(task, times) or _NONE
    yield "last seen", _NONE if task.seen_us is None else times.at(task.seen_us, millis=True)
    yield "watched", times.at(task.watched_us)
    yield "polls", f"{task.polls}   errors {task.errors}"


def _last_poll(last: LastPoll | None, times: TaskTimes) -> Iterator[Field]:
    if last is None:
        yield "last poll", "none so far"
        return
    yield "last poll", f"{times.at(last.sent_us, millis=True)}   {last.latency_us / 1_000:.1f} ms   {last.word}"
    http = "" if last.http_status is None else f"   HTTP status {last.http_status}"
    yield "answer", f"{len(last.body)} bytes{http}"
    yield "request", last.request_id or _NONE


def _trouble(trouble: Trouble | None, times: TaskTimes) -> Iterator[Field]:
    if trouble is None:
        return
    info = explain(trouble.code)
    yield "trouble", f"{trouble.code}: {info.meaning}"
    yield "class", f"{trouble.fault_class.value}   whose move: {info.owner}"
    yield "advice", info.advice
    yield "message", trouble.message or _NONE
    yield "since", f"{times.at(trouble.since_us)}   x {trouble.count}"
    yield "request", trouble.request_id or _NONE


def _finding(finding: Finding | None, times: TaskTimes) -> Iterator[Field]:
    if finding is not None:
        yield "finding", f"{finding.verdict.value}: {finding.text}"
        yield "found", f"{times.at(finding.at_us)}   req {finding.request_id or _NONE}"
