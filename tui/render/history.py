"""The runs of equal answers of one task, newest first: what changed last stands on top."""

from collections.abc import Iterator

from tui.core.fault import BLINDING, FaultClass
from tui.core.views import RUNS_KEPT, GapView, Run
from tui.render.gap_text import gap_before, run_gap_line
from tui.render.line import Line, Role, fit, line, width
from tui.render.task_times import TaskTimes
from tui.render.text import cut, request_label

_WORD_CELLS = 48


def history_lines(runs: tuple[Run, ...], gaps: tuple[GapView, ...], times: TaskTimes, cells: int) -> tuple[Line, ...]:
    """One line per run, and one per time between runs in which nobody looked, each of exactly `cells`.

    When there may be older runs, a last line says so.

    Args:
        gaps: those of all tasks.
    """
    older = line((f" older ones are in the journal: {RUNS_KEPT} are shown", Role.DIM))
    last = (fit(older, cells),) if len(runs) >= RUNS_KEPT else ()
    return (*_lines(runs, gaps, times, cells), *last)


def _lines(runs: tuple[Run, ...], gaps: tuple[GapView, ...], times: TaskTimes, cells: int) -> Iterator[Line]:
    for place in range(len(runs) - 1, -1, -1):
        run = runs[place]
        yield _run_line(run, times, cells)
        gap = gap_before(run, runs[place - 1] if place else None, gaps)
        if gap is not None:
            yield run_gap_line(gap, times, cells)


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
