"""Two polls side by side."""

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.core.entries import polls
from tests.render import hostile
from tests.render.scenes import FINAL, NOT_FOUND, NOW_US, polled, texts
from tui.core.entry import Fault, Poll, Seen
from tui.core.fault import FaultClass
from tui.render.diff_lines import Sides, diff_lines, diff_title
from tui.render.task_times import TaskTimes
from tui.render.times import TimeStyle

UTC = TaskTimes(TimeStyle.UTC, NOW_US, None)


def sides(before: Poll, after: Poll, folded: int = 1) -> Sides:
    return Sides(317, before, 318, after, folded)


def test_what_changed_stands_on_top() -> None:
    before = polled(FINAL, 600, "InProgress")
    after = replace(polled(FINAL, 602, "Exited"), latency_us=39_000)
    assert texts(diff_lines(sides(before, after), UTC, 78)) == [
        "~ Status             InProgress            -> Exited                 (changed)",
        "~ body bytes         36                    -> 32                     (changed)",
        "  RequestId          f83001c5-7e3..8d1 -> f83001c5-7e3..8d1  (always differs)",
        "  rtt                41 ms             -> 39 ms              (always differs)",
        "  sent               03:10:00.000Z     -> 03:10:02.000Z      (always differs)",
        "  skew               +0.2 s +- 0.1 s   -> +0.2 s +- 0.1 s    (always differs)",
        "  StartTime          1795316402515                                    (same)",
        "  reason             base                                             (same)",
    ]


def test_what_was_not_there_before_and_is_no_more() -> None:
    lines = texts(diff_lines(sides(polled(FINAL, 600, "Exited"), polled(FINAL, 602, NOT_FOUND)), UTC, 110))
    assert any(line.startswith("+ error code") and "- " in line and "ResourceNotFound" in line for line in lines)
    assert any(line.startswith("- Status") and "Exited" in line and line.endswith("(gone)") for line in lines)


def test_the_title_counts() -> None:
    one, other = polled(FINAL, 600, "InProgress"), polled(FINAL, 602, "Exited")
    assert diff_title(sides(one, other)) == "Diff frame 317 -> 318: 2 changed, 2 same"
    assert diff_title(sides(one, one, 316)) == "Diff frame 317 -> 318: 0 changed, 4 same; 316 told the same in a row"


answers = st.builds(Seen, hostile.texts, st.integers(-(2**62), 2**62), st.binary(max_size=40)) | st.builds(
    Fault, st.sampled_from(FaultClass), hostile.texts, hostile.texts, st.none() | st.integers(), st.binary(max_size=40)
)
served = st.builds(
    lambda poll, answer, own: replace(poll, answer=answer, request_id=own), polls, answers, hostile.texts
)


@settings(max_examples=60)
@given(served, served, st.integers(0, 200), st.sampled_from(TimeStyle))
def test_whatever_a_server_sends_every_line_is_drawable(one: Poll, other: Poll, cells: int, style: TimeStyle) -> None:
    for spans in diff_lines(sides(one, other), TaskTimes(style, NOW_US, None), cells):
        hostile.assert_drawable(spans, cells)
