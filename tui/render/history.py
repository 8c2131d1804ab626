"""The runs of equal answers of one task, newest first: what changed last stands on top."""

from tui.core.fault import BLINDING, FaultClass
from tui.core.views import RUNS_KEPT, Run
from tui.render.line import Line, Role, fit, line, width
from tui.render.task_times import TaskTimes
from tui.render.text import cut, request_label

_WORD_CELLS = 48


def history_lines(runs: tuple[Run, ...], times: TaskTimes, cells: int) -> tuple[Line, ...]:
    """One line per run, each of exactly `cells`; when there may be older runs, a last line says so."""
    older = line((f" older ones are in the journal: {RUNS_KEPT} are shown", Role.DIM))
    last = (fit(older, cells),) if len(runs) >= RUNS_KEPT else ()
    return (*(_run_line(run, times, cells) for run in reversed(runs)), *last)


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
