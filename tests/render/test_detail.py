from msgspec.structs import replace

from tests.render.scenes import (
    ARENA,
    ENDED,
    FINAL,
    NOW_US,
    QA,
    REQUEST_ID,
    WRONG_APP,
    arranged,
    at,
    night,
    polled,
    seen,
    started,
    texts,
    watched,
)
from tui.core.entry import Entry, Skew
from tui.core.fault import FaultClass
from tui.core.task import TaskRef
from tui.core.views import TaskView
from tui.render.advice import tool_advice
from tui.render.detail import detail
from tui.render.times import TimeStyle
from tui.render.view import DetailMode, View


def told(
    entries: list[Entry],
    task: TaskRef,
    mode: DetailMode = DetailMode.COMPACT,
    *,
    cells: int = 80,
    times: TimeStyle = TimeStyle.UTC,
    now_us: int = NOW_US,
    waiting: str = "",
) -> list[str]:
    snapshot = seen(entries)
    verdict = arranged(snapshot, now_us=now_us).standing(task)
    view = View(detail=mode, times=times)
    hint = tool_advice(snapshot.tool, waiting, "keyring")
    return texts(detail(snapshot.tasks[task], verdict, view, now_us, cells, tool=snapshot.tool, tool_advice=hint))


def test_compact_at_80_cells() -> None:
    assert told(night(), FINAL) == [
        "started 03:00:02Z  InProgress 12:03 since 03:00:04Z  polls 349  errors 0",
        "last poll  03:11:38.000Z 41ms InProgress  req f83001c5-7e3c..8d1",
        "GAP: no fresh data -> nobody looked in time: see the tool's own line, and",
        "whether its poller runs",
        "seen to change between 03:00:02Z and 03:00:04Z",
        " 03:00:04Z  InProgress x 348  until 03:11:38Z  req f83001c5-7e3c..8d1",
        f" 03:00:02Z  Idle  req {REQUEST_ID}",
    ]


def test_compact_in_the_wide_pane_keeps_the_request() -> None:
    assert told(night(), ARENA, cells=64)[:3] == [
        "started 03:00:02Z  InProgress 12:05 since 03:00:02Z  polls 3",
        "last poll  03:12:06.500Z 39ms InProgress  req f83001c5-7e3c..8d1",
        "so when first asked, at 03:00:02Z; it began earlier",
    ]


def test_a_quiet_task_needs_no_advice_and_an_old_one_shows_its_end() -> None:
    assert told(night(), ENDED) == [
        "started 03:00:02Z  ENDED 02:56 since 03:09:11Z  polls 4  errors 0",
        "last poll  03:09:11.000Z 41ms ResourceNotFound  req f83001c5-7e3c..8d1",
        "seen to change between 03:08:20Z and 03:09:11Z",
        " 03:09:10Z  ResourceNotFound x 2  until 03:09:11Z  req f83001c5-7e3c..8d1",
        f" 03:08:20Z  Exited  req {REQUEST_ID}",
        f" 03:00:02Z  InProgress  req {REQUEST_ID}",
    ]


def test_relative_times_say_nothing_twice() -> None:
    lines = told(night(), FINAL, times=TimeStyle.RELATIVE)
    assert lines[0] == "started 12:04 ago  InProgress 12:03  polls 349  errors 0"
    assert told(night(), FINAL, times=TimeStyle.SINCE_START)[0] == (
        "started 03:00:02Z  InProgress 12:03 since +00:01  polls 349  errors 0"
    )


def test_a_task_that_was_never_asked() -> None:
    assert told([watched(QA, "qa")], QA, now_us=at(5)) == [
        "started not seen yet  new  polls 0  errors 0",
        "last poll  none so far",
        "not answered yet",
    ]
    assert told([watched(QA, "qa")], QA, DetailMode.JSON, now_us=at(5)) == ["no answer was received"]
    assert "last poll  none so far" in told([watched(QA, "qa")], QA, DetailMode.FULL, now_us=at(5))


def test_why_the_tool_does_not_see_comes_before_the_tasks_own_advice() -> None:
    locked = "the OS keyring is locked: type trtc-tui unlock"
    assert told([watched(QA, "qa")], QA, now_us=at(5), waiting=locked)[2:] == [f"not answered yet -> {locked}"]
    assert locked not in " ".join(told(night(), ENDED, waiting=locked)), "nobody needs to ask for what is over"
    refused = replace(WRONG_APP, fault_class=FaultClass.AUTH, code="AuthFailure.SecretIdNotFound")
    blind: list[Entry] = [watched(QA, "qa"), started(), polled(QA, 1, "Idle"), polled(TaskRef("r", 1, "x"), 2, refused)]
    assert told(blind, QA, now_us=at(3))[2:4] == [
        "was Idle, AuthFailure.SecretIdNotFound -> you: trtc-tui login in another window",
        "so when first asked, at 03:00:01Z; it began earlier",
    ]
    behind = replace(refused, fault_class=FaultClass.CLOCK, code="AuthFailure.SignatureExpire")
    late = replace(polled(TaskRef("r", 1, "x"), 2, behind), skew=Skew(412_000_000, 0))
    assert told([watched(QA, "qa"), started(), late], QA, now_us=at(3))[2:5] == [
        "never seen, AuthFailure.SignatureExpire -> this host's clock is 412 s behind ->",
        "the administrator of this host: Set this host's clock (NTP); until then the tool",
        "signs with the server's time",
    ]


def test_history_that_is_not_all_says_so_at_its_end() -> None:
    changes: list[Entry] = [polled(QA, second, "Idle" if second % 2 else "InProgress") for second in range(1, 40)]
    lines = told([watched(QA, "qa"), started(), *changes], QA, now_us=at(41))
    assert lines[-1] == " older ones are in the journal: 24 are shown"


def test_full_tells_every_field() -> None:
    assert told(
        [watched(QA, "qa-3"), started(), polled(QA, 1, "Idle"), polled(QA, 3, WRONG_APP)],
        QA,
        DetailMode.FULL,
        now_us=at(4),
    ) == [
        "REFUSED for 00:01",
        "InvalidParameter.SdkAppId -> you: Check --sdk-app-id: it must be the application",
        "of the room, under the account of this key",
        "name       qa-3",
        "task       qa-task",
        "region     ap-singapore   sdk 1400000000   kind transcription",
        "started    03:00:02Z   StartTime 1795316402515 ms",
        "status     Idle",
        "began      so when first asked, at 03:00:01Z; it began earlier",
        "last seen  03:00:01.041Z",
        "watched    03:00:00Z",
        "polls      2   errors 1",
        "last poll  03:00:03.000Z   41.0 ms   InvalidParameter.SdkAppId",
        "answer     2 bytes   HTTP status 200",
        f"request    {REQUEST_ID}",
        "trouble    InvalidParameter.SdkAppId: the SdkAppId is wrong",
        "class      ours   whose move: you",
        "advice     Check --sdk-app-id: it must be the application of the room, under the",
        "           account of this key.",
        "message    SdkAppId is not yours",
        "since      03:00:03Z   x 1",
        f"request    {REQUEST_ID}",
        "history, newest first",
        f" 03:00:03Z  InvalidParameter.SdkAppId  req {REQUEST_ID}",
        f" 03:00:01Z  Idle  req {REQUEST_ID}",
    ]


def test_full_tells_what_the_documentation_rules_out() -> None:
    entries: list[Entry] = [watched(QA, "qa"), started(), polled(QA, 1, "Exited"), polled(QA, 2, "Idle")]
    lines = told(entries, QA, DetailMode.FULL, now_us=at(3))
    assert "finding    impossible: Exited -> Idle" in lines
    assert f"found      03:00:02Z   req {REQUEST_ID}" in lines
    assert "status     Idle   Exited was seen" in lines


def test_an_end_to_be_confirmed_is_told() -> None:
    entries = night()[:-1]
    snapshot = seen(entries)
    missing = replace(snapshot.tasks[ARENA], stage=replace(snapshot.tasks[ARENA].stage, misses=1))
    full = View(detail=DetailMode.FULL)
    lines = texts(
        detail(missing, arranged(snapshot).standing(ARENA), full, NOW_US, 80, tool=snapshot.tool, tool_advice="")
    )
    assert "missing    1 answers in a row said that the task is over" in lines


def test_an_undocumented_word_is_shown_and_flagged() -> None:
    lines = told([watched(QA, "qa"), started(), polled(QA, 1, "Paused\x1b[31m")], QA, now_us=at(2))
    assert lines[0] == r"started 03:00:02Z  Paused\x1b[31m 00:01 since 03:00:01Z  polls 1  errors 0"
    assert lines[2].startswith("status word not documented -> ")


def test_a_view_without_runs_has_no_history() -> None:
    snapshot = seen(night())
    bare = TaskView(QA, 0)
    lines = texts(detail(bare, arranged(snapshot).standing(QA), View(), NOW_US, 80, tool=snapshot.tool, tool_advice=""))
    assert not any("history" in told for told in lines)
