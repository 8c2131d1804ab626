import pytest

from tests.core.entries import numbered
from tests.render.scenes import FINAL, at, polled, started, watched
from tui.core.breakpoint import Watch
from tui.core.facts import Facts, facts_of
from tui.core.timeline import fold
from tui.render.line import text, width
from tui.render.watch_lines import watch_lines, watched_value


def facts(second: float) -> Facts:
    snapshot = fold(numbered([started(), watched(FINAL, "live"), polled(FINAL, 1, "InProgress")]))
    return facts_of(snapshot.tasks[FINAL], snapshot.tool, at(second))


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("status", "InProgress"),
        ("rtt", "41 ms"),
        ("in_state", "30.0 s"),
        ("in_state * 10", "05:00"),
        ("polls + 1", "2"),
        ("ended", "false"),
        ("error", "-"),
        ("skew", "200 ms"),
        ("age > 10s & !ended", "true"),
    ],
)
def test_a_value_with_its_unit(expression: str, value: str) -> None:
    assert watched_value(expression, facts(31)) == value


def test_a_line_each_in_exactly_so_many_cells() -> None:
    lines = watch_lines([Watch("status", stops=True), Watch("statsu + 1"), Watch("polls")], facts(31), 80)
    assert [width(line) for line in lines] == [80, 80, 80]
    first, wrong, last = (text(line).split() for line in lines)
    assert first == ["*", "status", "InProgress"]
    assert "did you mean status" in " ".join(wrong)
    assert last == ["polls", "1"]


def test_without_a_task_nothing_is_known() -> None:
    (line,) = watch_lines([Watch("status")], None, 40)
    assert text(line).split() == ["status", "-"]
