"""What the operator chose to see: kept between two starts, so that nobody sorts by hand every morning."""

from enum import StrEnum
from typing import Annotated, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import fields, replace

from tui.core.span import LEAST_ZOOM_US, ZOOM_US
from tui.core.task import TaskRef
from tui.render.times import TimeStyle


class SortKey(StrEnum):
    """What the tasks are sorted by; all but the first are columns."""

    ATTENTION = "attention"
    NAME = "name"
    STATUS = "status"
    FOR = "for"
    POLL = "poll"
    ERRORS = "errors"
    RTT = "rtt"
    REGION = "region"


LARGEST_FIRST = frozenset({SortKey.FOR, SortKey.POLL, SortKey.ERRORS, SortKey.RTT})
"""Columns that are sorted to find the largest value."""


class DetailMode(StrEnum):
    """How much of a task is told."""

    COMPACT = "compact"
    FULL = "full"
    JSON = "json"


class LogScope(StrEnum):
    """Whose lines the log shows."""

    ALL = "all"
    TASK = "task"
    """The selected task's."""


_Choice = TypeVar("_Choice", bound=StrEnum)

TimelineZoom = Annotated[int, msgspec.Meta(ge=LEAST_ZOOM_US)]

PaneNumber = Annotated[int, msgspec.Meta(ge=1, le=5)]


class View(Struct, frozen=True):
    """The operator's choices."""

    filter: str = ""
    """As typed; `render.task_filter` reads it."""
    sort: SortKey = SortKey.ATTENTION
    descending: bool = False
    times: TimeStyle = TimeStyle.UTC
    detail: DetailMode = DetailMode.COMPACT
    log_scope: LogScope = LogScope.ALL
    selected: TaskRef | None = None
    focus: PaneNumber = 1
    zoomed: bool = False
    log_follow: bool = True
    timeline_us: TimelineZoom = ZOOM_US
    """How much time the timeline shows."""

    def filtered(self, text: str) -> "View":
        """Show the tasks that `text` lets through."""
        return replace(self, filter=text)

    def select(self, task: TaskRef | None) -> "View":
        """Put the cursor on `task`."""
        return replace(self, selected=task)

    def next_sort(self, step: int = 1) -> "View":
        """Sort by the column `step` further on, in the direction that column is wanted in."""
        sort = _cycle(self.sort, step)
        return replace(self, sort=sort, descending=sort in LARGEST_FIRST)

    def flip(self) -> "View":
        """Sort the other way round."""
        return replace(self, descending=not self.descending)

    def next_times(self) -> "View":
        """Write times in the next style."""
        return replace(self, times=_cycle(self.times))

    def next_detail(self) -> "View":
        """Tell a task in the next mode."""
        return replace(self, detail=_cycle(self.detail))

    def next_log_scope(self) -> "View":
        """Switch the log between all tasks and the selected one."""
        return replace(self, log_scope=_cycle(self.log_scope))

    def focused(self, pane: int) -> "View":
        """Move the focus to the pane of this number, 1 to 5."""
        return replace(self, focus=pane)

    def zoom(self) -> "View":
        """Give the focused pane the whole screen, or take it back."""
        return replace(self, zoomed=not self.zoomed)

    def follow(self) -> "View":
        """Let the log follow the newest line, or stand."""
        return replace(self, log_follow=not self.log_follow)


def _cycle(value: _Choice, step: int = 1) -> _Choice:
    values = list(type(value))
    return values[(values.index(value) + step) % len(values)]


def to_json(view: View) -> str:
    """`view` as a JSON object, for `from_json`."""
    try:
        return msgspec.json.encode(view).decode()
    except UnicodeEncodeError:  # a lone surrogate, pasted into the filter
        return _escaped(msgspec.to_builtins(view))


def _escaped(value: object) -> str:
    import json  # noqa: PLC0415 - hardly ever needed, and a start is counted in milliseconds

    return json.dumps(value)


def _decoded(text: str) -> object:
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeError):
        import json  # noqa: PLC0415 - as above

        return json.loads(text)


def from_json(text: str) -> View:
    """The stored view. What is missing, broken or of another version is as in a fresh `View`; never raises for it."""
    try:
        stored = _decoded(text)
    except (ValueError, RecursionError):
        return View()
    if not isinstance(stored, dict):
        return View()
    kept = {}
    for field in fields(View):
        try:
            kept[field.name] = msgspec.convert(stored[field.name], field.type)
        except (KeyError, msgspec.ValidationError):
            continue
    return View(**kept)
