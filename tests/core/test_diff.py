"""Two polls, field by field."""

import json

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.core.entries import ROOM, fault, poll, polls
from tui.core.diff import MOST_FIELDS, Change, FieldDiff, change_count, diff
from tui.core.entry import Poll, Reason, Seen, Skew
from tui.core.fault import FaultClass


def told(second: float = 0, request_id: str = "one", **more: object) -> Poll:
    """An answer as the API gives it, with whatever else."""
    held = {"Status": "Idle", "StartTime": 5, "TaskId": ROOM.task_id, "RequestId": request_id, **more}
    status = str(held["Status"])
    answer = Seen(status, 5, json.dumps({"Response": held}).encode())
    return replace(poll("Idle", second), answer=answer, request_id=request_id)


def by_name(fields: tuple[FieldDiff, ...]) -> dict[str, Change]:
    named = {field.name: field.change for field in fields}
    assert len(named) == len(fields)
    return named


def changed(before: Poll, after: Poll) -> dict[str, Change]:
    """What differs, but for what always does."""
    return {
        name: change
        for name, change in by_name(diff(before, after)).items()
        if change.value not in ("same", "always differs")
    }


def test_polls_that_tell_the_same_differ_in_what_always_differs() -> None:
    fields = diff(told(1, "one"), replace(told(2, "two"), latency_us=44_000, skew=Skew(200_000, 500_000)))
    named = by_name(fields)
    assert [name for name in named if named[name] is Change.ALWAYS] == ["RequestId", "rtt", "sent", "skew"]
    assert change_count(fields) == (0, len(named) - 4)
    assert [field.name for field in fields[:3]] == ["Status", "StartTime", "TaskId"]
    assert next(field for field in fields if field.name == "rtt") == FieldDiff("rtt", "20 ms", "44 ms", Change.ALWAYS)


def test_what_is_new_and_what_is_gone() -> None:
    before, after = told(1, Old=[1]), told(2, New={"deep": [{"er": True}]})
    assert changed(before, after) == {
        "answer New.deep[0].er": Change.APPEARED,
        "answer Old[0]": Change.GONE,
        "body bytes": Change.CHANGED,
    }


def test_a_value_deep_inside_differs() -> None:
    named = diff(told(1, Robots=[{"Id": 1}, {"Id": 2}]), told(2, Robots=[{"Id": 1}, {"Id": 3}]))
    (found,) = [field for field in named if field.change is Change.CHANGED]
    assert found == FieldDiff("answer Robots[1].Id", "2", "3", Change.CHANGED)


def test_a_status_after_a_failure() -> None:
    failed = poll(fault(FaultClass.SERVICE), 1)
    assert changed(failed, told(2)) == {
        "Status": Change.APPEARED,
        "StartTime": Change.APPEARED,
        "TaskId": Change.APPEARED,
        "error code": Change.GONE,
        "error class": Change.GONE,
        "error message": Change.GONE,
        "HTTP status": Change.GONE,
        "body bytes": Change.CHANGED,
        "answer as sent": Change.CHANGED,
    }


def test_how_it_was_asked() -> None:
    assert changed(told(1), replace(told(2), reason=Reason.YOU)) == {"reason": Change.CHANGED}


def test_an_answer_that_only_looks_different() -> None:
    before = told(1)
    body = before.answer.body
    spaced = replace(before, answer=Seen("Idle", 5, body + b" "))
    doubled = replace(before, answer=Seen("Idle", 5, body.replace(b'{"Status"', b'{"StartTime":9,"Status"')))
    assert changed(before, spaced) == {"body bytes": Change.CHANGED, "answer as sent": Change.CHANGED}
    assert changed(before, doubled) == {"body bytes": Change.CHANGED, "answer as sent": Change.CHANGED}


def test_an_endless_answer_is_compared_to_its_end() -> None:
    many = [0] * (MOST_FIELDS + 9)
    fields = diff(told(1, Many=many), told(2, Many=[*many[:-1], 1]))
    assert len(fields) < MOST_FIELDS + 20
    assert fields[-1].name == "answer as sent"
    assert fields[-1].change is Change.CHANGED


bodies = st.binary(max_size=20) | st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(st.text(max_size=3), parts, max_size=3),
    max_leaves=8,
).map(lambda value: json.dumps(value).encode())
bodied = st.builds(lambda poll, body: replace(poll, answer=replace(poll.answer, body=body)), polls, bodies)


@given(bodied)
def test_nothing_changed_against_itself(one: Poll) -> None:
    assert change_count(diff(one, one))[0] == 0


@given(bodied, bodied)
def test_the_other_way_round_it_is_the_opposite(one: Poll, other: Poll) -> None:
    opposite = {Change.APPEARED: Change.GONE, Change.GONE: Change.APPEARED}
    there, back = by_name(diff(one, other)), by_name(diff(other, one))
    assert {name: opposite.get(change, change) for name, change in there.items()} == back


@given(bodied, bodied)
def test_other_answers_are_told_to_differ(one: Poll, other: Poll) -> None:
    other = replace(other, request_id=None)
    one = replace(one, request_id=None)
    if one.answer != other.answer:
        assert change_count(diff(one, other))[0] > 0
