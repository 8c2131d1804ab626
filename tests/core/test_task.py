import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.core.task import TaskRef, TaskSyntaxError, parse_task

REGIONS = st.sampled_from(["ap-guangzhou", "ap-shanghai-fsi", "na-siliconvalley", "eu-frankfurt", "ap-beijing-1"])
TASK_IDS = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=512)


@given(REGIONS, st.integers(0, 10**18 - 1), TASK_IDS)
@example("ap-guangzhou", 1400000001, "-dash/first")
@example("ap-guangzhou", 1400000001, "1400000002/ap-guangzhou/x")
def test_what_is_written_is_read_back(region: str, sdk_app_id: int, task_id: str) -> None:
    ref = TaskRef(region, sdk_app_id, task_id)
    assert parse_task(str(ref)) == ref
    assert parse_task(f"  {ref}\n", region="eu-frankfurt", sdk_app_id=7) == ref


@pytest.mark.parametrize(
    ("text", "region", "sdk_app_id", "task_id"),
    [
        ("abc", "eu-frankfurt", 7, "abc"),
        ("-abc", "eu-frankfurt", 7, "-abc"),
        ("12/abc", "eu-frankfurt", 12, "abc"),
        ("ap-guangzhou/abc", "ap-guangzhou", 7, "abc"),
        ("ap-guangzhou/12/abc", "ap-guangzhou", 12, "abc"),
        ("ab/cd", "eu-frankfurt", 7, "ab/cd"),
        ("Ap-guangzhou/abc", "eu-frankfurt", 7, "Ap-guangzhou/abc"),
        ("ap-guangzhou", "eu-frankfurt", 7, "ap-guangzhou"),
        ("12", "eu-frankfurt", 7, "12"),
        ("١٢/abc", "eu-frankfurt", 7, "١٢/abc"),
    ],
)
def test_only_the_shape_makes_a_leading_part(text: str, region: str, sdk_app_id: int, task_id: str) -> None:
    assert parse_task(text, region="eu-frankfurt", sdk_app_id=7) == TaskRef(region, sdk_app_id, task_id)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "holds no TaskId: write [REGION/][SDKAPPID/]TASKID"),
        ("  ", "holds no TaskId"),
        ("ap-guangzhou/", "holds no TaskId"),
        ("ap-guangzhou/12/", "holds no TaskId"),
        ("ap-guangzhou/12/a b", "spaces or control characters"),
        ("ap-guangzhou/12/a\x1b[31m", "spaces or control characters"),
        ("ap-guangzhou/12/" + "x" * 513, "it is too long"),
        ("9" * 5000 + "/abc", "it is too long"),
        ("12/abc", "add --region NAME"),
        ("ap-guangzhou/abc", "add --sdk-app-id NUMBER"),
    ],
)
def test_a_mistake_is_told_in_one_line(text: str, complaint: str) -> None:
    with pytest.raises(TaskSyntaxError) as caught:
        parse_task(text)
    line = str(caught.value)
    assert complaint in line
    assert line.isprintable()
    assert len(line) < 200


@given(st.text(max_size=40))
def test_any_text_is_a_task_or_a_told_mistake(text: str) -> None:
    try:
        read = parse_task(text, region="ap-guangzhou", sdk_app_id=7).task_id
    except TaskSyntaxError as error:
        read = str(error)
    assert read.isprintable()
