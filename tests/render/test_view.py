import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.task import TaskRef
from tui.render.times import TimeStyle
from tui.render.view import DetailMode, LogScope, SortKey, View, from_json, to_json

any_text = st.text(st.characters(exclude_categories=()), max_size=8)
views = st.builds(
    View,
    any_text,
    st.sampled_from(SortKey),
    st.booleans(),
    st.sampled_from(TimeStyle),
    st.sampled_from(DetailMode),
    st.sampled_from(LogScope),
    st.none() | st.builds(TaskRef, any_text, st.integers(0, 2**40), any_text),
    st.integers(1, 5),
    st.booleans(),
    st.booleans(),
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3) | st.sampled_from([*SortKey, *TimeStyle]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


@given(views)
def test_a_stored_view_comes_back(view: View) -> None:
    assert from_json(to_json(view)) == view


@given(st.text() | json_values.map(json.dumps))
def test_any_text_makes_a_view(text: str) -> None:
    assert isinstance(from_json(text), View)


@given(st.dictionaries(st.sampled_from([*View.__struct_fields__, "unknown"]), json_values))
def test_any_values_make_a_view_that_can_be_stored(stored: dict[str, object]) -> None:
    view = from_json(json.dumps(stored))
    assert from_json(to_json(view)) == view


@pytest.mark.parametrize("text", ["", "null", "[1]", "{", '"view"', "[" * 100_000, "1" * 5_000, '{"sort": NaN}'])
def test_what_is_no_stored_view_is_a_fresh_one(text: str) -> None:
    assert from_json(text) == View()


def test_only_what_is_broken_falls_back() -> None:
    stored = {"filter": "studio", "sort": "colour", "descending": "yes", "focus": 9, "times": "local", "later": 1}
    assert from_json(json.dumps(stored)) == View(filter="studio", times=TimeStyle.LOCAL)


def test_a_column_is_sorted_in_the_direction_one_looks_for() -> None:
    by_name = View().next_sort()
    assert (by_name.sort, by_name.descending) == (SortKey.NAME, False)
    by_duration = by_name.next_sort(2)
    assert (by_duration.sort, by_duration.descending) == (SortKey.FOR, True)
    assert by_duration.flip().descending is False
    assert View().next_sort(-1).sort is SortKey.REGION


def test_choices_come_round() -> None:
    view = View()
    for _ in TimeStyle:
        view = view.next_times()
    for _ in DetailMode:
        view = view.next_detail()
    for _ in SortKey:
        view = view.next_sort()
    view = view.next_log_scope().next_log_scope().zoom().zoom().follow().follow()
    assert view == View()


def test_choices_of_the_operator() -> None:
    task = TaskRef("ap-singapore", 1, "a")
    view = View().filtered("qa").select(task).focused(4).zoom().follow().next_log_scope()
    assert view == View(filter="qa", selected=task, focus=4, zoomed=True, log_follow=False, log_scope=LogScope.TASK)
