import pytest

from tui.core.standing import Standing, Weight
from tui.core.task import TaskRef
from tui.core.views import TaskView
from tui.render.task_filter import TaskFilter

VIEW = TaskView(TaskRef("ap-singapore", 1400000000, "m9-bVVU7"), 0, name="Studio B Straße")
STANDING = Standing("InProgress", Weight.NEEDS_YOU, "GAP: no fresh data", 0)


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
    assert TaskFilter(typed).passes(VIEW, STANDING) is passes
