"""The entries of a task as lines: TIME, KIND, WHAT, RTT, REQUEST; equal polls in a row are one line, `x 411`."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from tui.core.entry import Entry, Fault, Poll, Reason
from tui.core.fault import BLINDING, FaultClass
from tui.core.folding import Fold, Folded
from tui.render.frame_line import told_of
from tui.render.line import Line, Role, fit, line
from tui.render.task_times import TaskTimes
from tui.render.text import column, short_request

_TIME_CELLS, _KIND_CELLS, _RTT_CELLS, _REQUEST_CELLS = 13, 5, 5, 18
_GAPS = 6
_LEAST_WHAT = 16


def frame_heading(cells: int) -> Line:
    """What the columns are."""
    titles = (
        f"{'TIME':<{_TIME_CELLS}}",
        f"{'KIND':<{_KIND_CELLS}}",
        f"{'WHAT':<{_what_cells(cells)}}",
        f"{'RTT':>{_RTT_CELLS}}",
    )
    return fit(line((f"  {' '.join(titles)} REQUEST", Role.HEADING)), cells)


def frame_lines(runs: Iterable[Folded], frame: int, times: TaskTimes, cells: int) -> tuple[Line, ...]:
    """The lines of folded entries, each of exactly `cells`; `>` stands at the one that `frame` is in.

    The first poll of a row that told another word has a line of its own, as it tells the change and its RequestId.
    """
    rows = [row for run, before in _with_words(runs) for row in _rows(run, before)]
    return tuple(_row_line(row, frame, times, cells) for row in rows)


class _Row(Struct, frozen=True):
    """One line: its first entry, how many it stands for and up to which frame, and what it says."""

    frame: int
    last_frame: int
    entry: Entry
    text: str
    count: int = 1


def _with_words(runs: Iterable[Folded]) -> Iterator[tuple[Folded, str]]:
    """Each run, and the word that the poll before it told."""
    word = ""
    for run in runs:
        yield run, word
        word = _word(run.like) if isinstance(run, Fold) else word


def _rows(run: Folded, before: str) -> Iterator[_Row]:
    if not isinstance(run, Fold):
        yield _Row(run[0], run[0], run[1], told_of(run[1])[1])
        return
    word, first = _word(run.like), 0
    if before and before != word:
        first = 1
        yield _Row(run.frame, run.frame, run.poll(0), f"{before} -> {word}")
    count = run.count - first
    if count:
        text = word if count == 1 else f"{word} x {count}"
        yield _Row(run.each[first].frame, run.last_frame, run.poll(first), text, count)


def _row_line(row: _Row, frame: int, times: TaskTimes, cells: int) -> Line:
    kind, at_us, rtt, request = _columns(row.entry)
    single = row.count == 1
    return fit(
        line(
            (">" if row.frame <= frame <= row.last_frame else " ", Role.CURSOR),
            f" {column(times.at(at_us, millis=single), _TIME_CELLS)} ",
            (f"{column(kind, _KIND_CELLS)} ", Role.DIM),
            (f"{column(row.text, _what_cells(cells))} ", _role(row.entry)),
            f"{rtt if single else '':>{_RTT_CELLS}} ",
            (request if single else "folded", Role.DIM),
        ),
        cells,
    )


def _columns(entry: Entry) -> tuple[str, int, str, str]:
    """Kind, time, round trip in ms, RequestId."""
    if isinstance(entry, Poll):
        kind = "step" if entry.reason is Reason.YOU else "poll"
        return kind, entry.sent_us, str(entry.latency_us // 1_000), short_request(entry.request_id, _REQUEST_CELLS)
    return told_of(entry)[0], entry.at_us, "-", ""


def _word(poll: Poll) -> str:
    return poll.answer.code if isinstance(poll.answer, Fault) else poll.answer.status


def _role(entry: Entry) -> Role:
    if not isinstance(entry, Poll):
        return Role.PLAIN
    if not isinstance(entry.answer, Fault):
        return Role.STRONG
    if entry.answer.fault_class is FaultClass.END:
        return Role.OVER
    return Role.UNKNOWN if entry.answer.fault_class in BLINDING else Role.NEEDS_YOU


def _what_cells(cells: int) -> int:
    return max(_LEAST_WHAT, cells - _TIME_CELLS - _KIND_CELLS - _RTT_CELLS - _REQUEST_CELLS - _GAPS)
