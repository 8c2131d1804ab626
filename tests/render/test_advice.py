from msgspec.structs import replace

from tests.render.scenes import ARENA, QA, WRONG_APP, arranged, at, looked, night, polled, seen, started, watched
from tui.adapters.credentials.environment import SOURCE
from tui.core.entry import Entry
from tui.core.fault import FaultClass
from tui.core.task import TaskRef
from tui.protocol.errors import ERRORS, explain
from tui.render.advice import LOGIN, LOGIN_NOW, NEW_START, advice, move, tool_advice


def test_every_reason_has_its_advice() -> None:
    snapshot = seen(night())
    board = arranged(snapshot)
    assert advice(snapshot.tasks[QA], board.standing(QA), "").startswith("nobody looked in time")
    assert advice(snapshot.tasks[ARENA], board.standing(ARENA), "") == ""


def verdict_and_advice(entries: list[Entry], second: float) -> tuple[str, str]:
    snapshot = seen(entries)
    verdict = arranged(snapshot, now_us=at(second)).standing(QA)
    return verdict.word, advice(snapshot.tasks[QA], verdict, tool_advice(snapshot.tool, "", "keyring"))


def test_advice_by_what_went_wrong() -> None:
    begin: list[Entry] = [watched(QA, "qa"), started()]
    not_found = replace(WRONG_APP, fault_class=FaultClass.END, code="ResourceNotFound")
    never = [*begin, *looked(QA, (1, 3, 11), not_found)]
    assert verdict_and_advice(never, 12)[1].startswith("check TaskId, SdkAppId and region")
    blind = [
        *begin,
        polled(QA, 1, "Idle"),
        polled(TaskRef("r", 1, "x"), 2, replace(WRONG_APP, fault_class=FaultClass.AUTH)),
    ]
    assert verdict_and_advice(blind, 3) == ("UNKNOWN", f"you: {explain(WRONG_APP.code).advice.rstrip('.')}")
    back = [*begin, polled(QA, 1, "Exited"), polled(QA, 2, "Idle")]
    assert verdict_and_advice(back, 3)[1].startswith("the documentation rules this out")
    leaving = [*begin, *looked(QA, range(1, 70), "Exited")]
    assert verdict_and_advice(leaving, 70)[1].startswith("the task should be gone")
    busy = explain("InternalError")
    refused = [
        *begin,
        polled(QA, 1, "Idle"),
        polled(QA, 2, replace(WRONG_APP, fault_class=FaultClass.SERVICE, code=busy.code)),
    ]
    assert verdict_and_advice(refused, 3)[1] == f"Tencent: {busy.advice.rstrip('.')}"


def test_what_to_type_is_told_as_it_is_typed_beside_a_screen_that_stays() -> None:
    for code, info in ERRORS.items():
        assert move(code, "profile prod").startswith(f"{info.owner}: ")
        assert (LOGIN_NOW in move(code, "profile prod")) == (LOGIN in info.advice)


def test_exported_keys_are_read_at_the_start_only() -> None:
    assert move("AuthFailure.SecretIdNotFound", SOURCE) == f"you: {NEW_START}"
    assert move("AuthFailure.SecretIdNotFound") == f"you: {LOGIN_NOW}, or {NEW_START}"
