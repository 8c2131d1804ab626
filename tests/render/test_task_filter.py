import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tui.core.facts import Facts, facts_of
from tui.core.standing import Standing, Weight
from tui.core.task import TaskRef
from tui.core.views import TaskView, ToolView
from tui.render.task_filter import TaskFilter

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
