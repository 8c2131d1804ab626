import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tui.core.facts import Facts, facts_of
from tui.core.standing import Standing, Weight
from tui.core.task import TaskRef
from tui.core.views import TaskView, ToolView
from tui.render.filter_reader import FilterReader
from tui.render.task_filter import TaskFilter, meanwhile, read_filter

VIEW = TaskView(TaskRef("ap-singapore", 1400000000, "m9-bVVU7"), 0, name="Studio B Straße")
STANDING = Standing("InProgress", Weight.NEEDS_YOU, "GAP: no fresh data", 0)


def known(view: TaskView) -> Facts:
    return facts_of(view, ToolView(), 0, STANDING)


@pytest.mark.parametrize(
    ("typed", "passes"),
    [
        ("", True),
        ("   ", True),
        ("studio", True),
        ("STRASSE", True),
        ("bvvu", True),
        ("singapore", True),
        ("14000", True),
        ("inprogress", True),
        ("fresh", True),
        ("studio gap", True),
        ("studio qa", False),
        ("!studio", False),
        ("studio !exited", True),
        ("studio !gap", False),
        ("!", True),
        ("b m9", True),
        ("strassem9", False),
    ],
)
def test_all_words_must_match_and_no_unwanted_one(typed: str, *, passes: bool) -> None:
    assert TaskFilter(typed).passes(known(VIEW)) is passes


typed = st.lists(st.sampled_from(["st", "studio", "!st", "!studio", "b", "!b", "in", "!", "zz", "!zz"]), max_size=3)


@given(typed, typed, st.text("studiobz nf", max_size=12))
def test_what_passes_a_narrower_filter_passes_the_wider_one(mine: list[str], other: list[str], name: str) -> None:
    narrow, wide = TaskFilter(" ".join(mine)), TaskFilter(" ".join(other))
    view = replace(VIEW, name=name)
    if narrow.narrows(wide) and narrow.passes(known(view)):
        assert wide.passes(known(view))


@pytest.mark.parametrize(
    ("narrow", "wide", "told"),
    [
        ("stud", "stu", True),
        ("stu", "stud", False),
        ("stud", "", True),
        ("", "", True),
        ("", "stud", False),
        ("stud qa", "stu", True),
        ("stud !qa", "stu", True),
        ("stud", "stu !qa", False),
        ("!q", "!qa", True),
        ("!qa", "!q", False),
    ],
)
def test_another_letter_narrows_and_one_less_does_not(narrow: str, wide: str, *, told: bool) -> None:
    assert TaskFilter(narrow).narrows(TaskFilter(wide)) is told


@pytest.mark.parametrize(
    ("before", "text", "shown"),
    [
        ("statu", "status", ""),
        ("live statu", "live status", "live"),
        ("live statsu ", "live statsu =", "live"),
        ("live", "live held", "live"),
        ("live ", "live !held", "live "),
        ("live", "live !~", ""),
        ("live ", "live &", "live "),
        ("live", "status ==", "live"),
        ("", "status", ""),
        ("held", "held &", "held"),
    ],
)
def test_half_a_predicate_leaves_what_was_shown(before: str, text: str, shown: str) -> None:
    assert meanwhile(read_filter(before), text).text == shown


def test_a_mistake_is_told_with_its_part() -> None:
    reader = FilterReader(predicates=True)
    reader.read("in_state > Idle")
    assert reader.mistake == "in_state is a time: compare it with a time, such as 60s, not with a text: 'Idle'"
    reader.read("in_state > 60s")
    assert reader.mistake == ""


def test_before_predicates_are_allowed_words_are_all_there_is() -> None:
    reader = FilterReader(predicates=False)
    reader.read("live")
    reader.read("live held")
    assert reader.waits
    assert reader.filter.text == "live"
    reader.allow_predicates()
    assert not reader.waits
    assert reader.filter.text == "live held"
