"""Whatever a server or an operator sends: every line is exactly as wide as asked and steers nothing."""

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.core.entries import START_US, at
from tests.render import hostile
from tests.render.scenes import arranged, seen
from tui.core.entry import Entry, Fault, Note, Poll, Reason, Request, Seen, Topic, Verb
from tui.core.fault import FaultClass
from tui.core.task import TaskRef
from tui.render.advice import tool_advice
from tui.render.detail import detail
from tui.render.empty_tasks import empty_lines
from tui.render.header import Identity, header
from tui.render.log_lines import log_line
from tui.render.names import task_name
from tui.render.task_rows import columns, heading, row
from tui.render.times import TimeStyle
from tui.render.view import DetailMode, View

anything = hostile.texts
tasks = st.builds(TaskRef, anything, st.integers(0, 2**63), anything)
times_us = st.integers(0, 9_000_000_000) | st.integers(-(2**62), 2**62)
answers = st.builds(Seen, anything, st.integers(-(2**62), 2**62), st.binary(max_size=40)) | st.builds(
    Fault, st.sampled_from(FaultClass), anything, anything, st.none() | st.integers(), st.binary(max_size=40)
)
histories = st.lists(st.tuples(anything, tasks, st.lists(st.tuples(times_us, answers), max_size=4)), max_size=3)
widths = st.integers(0, 220)


def entries(history: list[tuple[str, TaskRef, list[tuple[int, Seen | Fault]]]]) -> list[Entry]:
    made: list[Entry] = [Note(at(0), Topic.POLLING_STARTED, "started")]
    for name, task, polls in history:
        made.append(Request(at(0), Verb.WATCH, task, name, name))
        for later_us, answer in polls:
            made.append(Poll(task, START_US + later_us, 41_000, Reason.BASE, answer, name or None))
    return made


@settings(max_examples=150)
@given(histories, anything, times_us, widths, st.sampled_from(TimeStyle))
def test_every_line_of_every_pane(
    history: list[tuple[str, TaskRef, list[tuple[int, Seen | Fault]]]],
    words: str,
    later_us: int,
    cells: int,
    times: TimeStyle,
) -> None:
    snapshot, now_us, view = seen(entries(history)), START_US + later_us, View(times=times)
    board = arranged(snapshot, view, now_us)
    identity = Identity(words, words, 1, words, words, words, 3, waiting=words)
    lines = [*header(identity, snapshot, board, now_us, cells), heading(columns(cells), view)]
    lines += header(replace(identity, waiting=""), snapshot, board, now_us, cells)
    for task, task_view in snapshot.tasks.items():
        verdict = board.standing(task)
        lines.append(row(columns(cells), task_view, verdict, view, now_us, cursor=True))
        for mode in DetailMode:
            hint = tool_advice(snapshot.tool, words, words)
            lines += detail(
                task_view, verdict, replace(view, detail=mode), now_us, cells, tool=snapshot.tool, tool_advice=hint
            )
        assert hostile.is_visible(task_name(task_view, cells))
    lines += empty_lines(arranged(snapshot, replace(view, filter=f"{words} nothing")), words, words, cells)
    lines += [log_line(event, lambda task: task.task_id, view, now_us, cells) for event in snapshot.events]
    for spans in lines:
        hostile.assert_drawable(spans, cells)
