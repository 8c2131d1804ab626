import pytest

from tests.render.scenes import FINAL, NOW_US, REQUEST_ID, STUDIO, at
from tui.core.entry import Level
from tui.core.task import TaskRef
from tui.core.views import Event
from tui.render.line import Role, text, width
from tui.render.log_lines import log_line
from tui.render.times import TimeStyle
from tui.render.view import View

CHANGE = Event(1, at(724), Level.INFO, "poll", STUDIO, "InProgress -> Exited", REQUEST_ID, 1_940_000)
FAILURE = Event(2, at(725), Level.WARN, "error", FINAL, "InternalError busy", None, None, 411, at(727))
ALARM = Event(3, at(726), Level.ALERT, "error", None, "AuthFailure.SecretIdNotFound", REQUEST_ID)


def name(task: TaskRef) -> str:
    return {STUDIO: "studio-b-zh", FINAL: "live-final-7"}[task]


def told(event: Event, cells: int, times: TimeStyle = TimeStyle.UTC) -> str:
    spans = log_line(event, name, View(times=times), NOW_US, cells)
    assert width(spans) == cells
    return text(spans).rstrip()


@pytest.mark.parametrize(
    ("event", "shown"),
    [
        (CHANGE, "03:12:04Z poll  studio-b-zh InProgress -> Exited  delay <= 1.9s"),
        (FAILURE, "03:12:05Z WARN  live-final-7 InternalError busy  x 411"),
        (ALARM, "03:12:06Z ALERT AuthFailure.SecretIdNotFound  req f83001c5-7e3c..8d1"),
    ],
)
def test_lines_at_80_cells(event: Event, shown: str) -> None:
    assert told(event, 80) == shown


def test_a_wide_line_has_milliseconds_and_the_whole_request() -> None:
    assert told(CHANGE, 160) == (
        f"03:12:04.000Z poll  studio-b-zh InProgress -> Exited  delay <= 1.9s  req {REQUEST_ID}"
    )


def test_what_happened_often_or_late_is_told_even_if_the_text_is_cut() -> None:
    long = Event(1, at(0), Level.WARN, "error", FINAL, "InternalError " + "very " * 99, REQUEST_ID, 900_000, 7)
    assert told(long, 80).endswith("..  delay <= 0.9s  x 7")


@pytest.mark.parametrize(
    ("style", "shown"),
    [
        (TimeStyle.RELATIVE, "3.0s ago  poll  "),
        (TimeStyle.SINCE_START, "+12:02    poll  "),
    ],
)
def test_times_in_the_operators_style(style: TimeStyle, shown: str) -> None:
    spans = log_line(CHANGE, name, View(times=style), NOW_US, 80, start_us=at(2))
    assert text(spans).startswith(shown)


def test_without_a_start_the_times_are_utc() -> None:
    assert told(CHANGE, 80, TimeStyle.SINCE_START).startswith("03:12:04Z poll  ")


def test_a_long_name_leaves_room_for_what_happened() -> None:
    spans = log_line(CHANGE, lambda _: "a" * 60, View(), NOW_US, 80)
    assert text(spans).rstrip() == f"03:12:04Z poll  {'a' * 18}.. InProgress -> Exited  delay <= 1.9s"


def test_a_loud_line_is_told_by_a_word_and_a_role() -> None:
    spans = log_line(ALARM, name, View(), NOW_US, 80)
    assert ("ALERT ", Role.NEEDS_YOU) in spans
