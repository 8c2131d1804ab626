import pytest

from tests.render.scenes import ARENA, ENDED, FINAL, NOW_US, SECOND_US, arranged, at, night, polled, seen, watched
from tui.core.entry import Entry
from tui.core.lifecycle import Stage
from tui.core.standing import Standing, Weight
from tui.core.task import TaskRef
from tui.core.views import TaskView
from tui.render.line import Role, text, width
from tui.render.task_rows import MARKS, columns, heading, row
from tui.render.view import SortKey, View


def drawn(entries: list[Entry], cells: int, view: View | None = None, now_us: int = NOW_US) -> list[str]:
    snapshot, view = seen(entries), view or View()
    board, shown = arranged(snapshot, view, now_us), columns(cells)
    lines = [heading(shown, view)]
    for place in range(len(board)):
        task = board.task(place)
        lines.append(row(shown, snapshot.tasks[task], board.standing(task), view, now_us, cursor=place == 1))
    assert {width(spans) for spans in lines} == {cells}
    return [text(spans) for spans in lines]


def test_rows_at_80_cells() -> None:
    assert [told.rstrip() for told in drawn(night(), 80)] == [
        " ^ STATUS       FOR NAME              POLL  WHY",
        " ! InProgress 07:07 qa-3              7:07  GAP: no fresh data",
        ">! InProgress 12:03 live-final-7     29.0s  GAP: no fresh data",
        " ~ Exited     00:03 studio-b-zh       3.0s  leaving",
        "   InProgress 12:05 arena-main-en     0.5s",
        " x ENDED      02:56 studio-a-en          -",
    ]


def test_rows_in_the_wide_pane() -> None:
    assert [told.rstrip() for told in drawn(night(), 95, View(sort=SortKey.RTT, descending=True))] == [
        "   STATUS       FOR NAME               REGION        POLL  ERR  RTTv  WHY",
        " ! InProgress 12:03 live-final-7       ap-singapore 29.0s    0    41  GAP: no fresh data",
        ">! InProgress 07:07 qa-3               ap-singapore  7:07    0    41  GAP: no fresh data",
        " x ENDED      02:56 studio-a-en        ap-singapore     -    0    41",
        " ~ Exited     00:03 studio-b-zh        ap-singapore  3.0s    0    41  leaving",
        "   InProgress 12:05 arena-main-en      ap-hongkong   0.5s    0    39",
    ]


@pytest.mark.parametrize(
    ("cells", "name", "why"), [(80, 16, 36), (96, 18, 26), (114, 18, 44), (116, 20, 44), (160, 32, 76), (300, 32, 216)]
)
def test_the_name_grows_only_when_the_reason_has_its_room(cells: int, name: int, why: int) -> None:
    shown = columns(cells)
    assert [col.cells for col in shown.shown if col.key is SortKey.NAME] == [name]
    told = text(heading(shown, View()))
    assert len(told) == cells
    assert cells - told.index("WHY") == why


def test_a_task_that_was_never_asked_has_no_ages() -> None:
    told = drawn([watched(FINAL, "")], 80, now_us=at(1))
    assert told[1].rstrip() == "   new            - m9-bV..ggE.          -  not answered yet"


def test_a_long_time_stays_in_its_column() -> None:
    told = drawn([watched(ARENA, "arena"), polled(ARENA, 0, "InProgress")], 80, now_us=at(100_000))
    assert told[1].rstrip() == "   InProgress 1d03h arena            1d03h"


@pytest.mark.parametrize("weight", Weight)
def test_the_mark_says_what_the_role_says(weight: Weight) -> None:
    view = TaskView(ENDED, 0, "name", Stage())
    spans = row(columns(80), view, Standing("word", weight, "why", SECOND_US), View(), NOW_US, cursor=False)
    assert text(spans)[:3] == f" {MARKS[weight]} "
    assert len(set(MARKS.values())) == len(Weight)
    roles = {"NEEDS_YOU": Role.NEEDS_YOU, "UNKNOWN": Role.UNKNOWN, "ACKED": Role.CHANGING, "CHANGING": Role.CHANGING}
    wanted = roles.get(weight.name, Role.OVER if weight is Weight.OVER else Role.PLAIN)
    assert {role for part, role in spans if part.strip() in {"word", "why", MARKS[weight]} and part.strip()} == {wanted}


def test_the_cursor_is_a_sign_and_a_role() -> None:
    view = TaskView(ENDED, 0, "name", Stage())
    spans = row(columns(80), view, Standing("Idle", Weight.QUIET, "", 0), View(), NOW_US, cursor=True)
    assert [part.strip() for part, role in spans if role is Role.CURSOR] == [">", "name"]


def test_wide_characters_do_not_move_the_columns_behind_them() -> None:
    told = drawn([watched(TaskRef("r", 1, "t"), "決勝会場メインステージ字幕")], 80, now_us=at(1))
    assert told[1].rstrip() == "   new            - 決勝会場メイン..     -  not answered yet"
