"""Everything in a journal that the documentation does not allow, or does not know."""

from collections.abc import Iterable, Iterator

from tui.core.conformance import Found, found
from tui.core.entry import Entry, Poll
from tui.core.reading import read_task
from tui.core.task import TaskRef
from tui.core.views import TaskView


def findings(entries: Iterable[tuple[int, Entry]]) -> Iterator[Found]:
    """All findings, in the order of `entries`. Whatever that is, nothing is raised.

    Of equal answers in a row it needs the first and the last one, and of END faults the first three.
    """
    views: dict[TaskRef, TaskView] = {}
    for frame, entry in entries:
        if not isinstance(entry, Poll):
            continue
        before = views.get(entry.task) or TaskView(entry.task, entry.sent_us)
        after, edge = read_task(frame, before, entry)
        views[entry.task] = after
        for finding in found(before, entry, after.stage, edge):
            yield Found(frame, entry.task, finding)
