"""The runs of equal answers of one task, newest first: what changed last stands on top."""

from tui.core.fault import BLINDING, FaultClass
from tui.core.views import RUNS_KEPT, Run
from tui.render.line import Line, Role, fit, line, width
from tui.render.task_times import TaskTimes
from tui.render.text import cut, request_label

_WORD_CELLS = 48


def history_lines(runs: tuple[Run, ...], times: TaskTimes, cells: int) -> tuple[Line, ...]:
    """A heading and one line per run, each of exactly `cells`; nothing for a task that was never asked."""
    if not runs:
        return ()
    older = f" (older ones are in the journal: {RUNS_KEPT} are shown)" if len(runs) >= RUNS_KEPT else ""
    heading = fit(line(("history, newest first", Role.HEADING), (older, Role.DIM)), cells)
    return (heading, *(_run_line(run, times, cells) for run in reversed(runs)))


def _run_line(run: Run, times: TaskTimes, cells: int) -> Line:
    span = f"  until {times.at(run.last_us)}" if run.count > 1 else ""
    count = f" x {run.count}" if run.count > 1 else ""
    told = line(f" {times.at(run.first_us)}  ", (cut(run.word, _WORD_CELLS), _role(run.fault_class)), f"{count}{span}")
    request = request_label(run.request_id, cells - width(told) - 2)
    return fit(line(*told, "  ", (request, Role.DIM)), cells)


def _role(fault_class: FaultClass | None) -> Role:
    if fault_class is None:
        return Role.STRONG
    if fault_class is FaultClass.END:
        return Role.OVER
    return Role.UNKNOWN if fault_class in BLINDING else Role.NEEDS_YOU
