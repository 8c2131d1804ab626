"""Two polls of a task, field by field: what is the same, what is not, and what never is."""

from collections.abc import Iterable, Iterator
from enum import StrEnum

import msgspec
from msgspec import Struct

from tui.core.entry import Fault, Poll, Seen
from tui.core.folding import without_request_id

MOST_FIELDS = 2_000
"""An answer has a dozen; one with a megabyte of them is compared up to here, and then as text."""


class Change(StrEnum):
    """What became of a field."""

    SAME = "same"
    CHANGED = "changed"
    APPEARED = "appeared"
    GONE = "gone"
    ALWAYS = "always differs"
    """It differs between any two polls, so that it tells nothing: no change."""


class FieldDiff(Struct, frozen=True, gc=False):
    """One field of two polls. Texts are as the server sent them."""

    name: str
    before: str | None
    """None: there was none."""
    after: str | None
    change: Change


_DOCUMENTED = frozenset({"Status", "StartTime", "TaskId", "RequestId"})
"""What may be in an answer, by the documentation."""

_ANSWER = "answer "
"""Before the path of what is in an answer, though nobody documented it."""

_ERROR = ("Error.Code", "Error.Message")
"""Told by fields of their own."""

_ALWAYS = frozenset({"RequestId", "sent", "rtt", "skew"})


def diff(before: Poll, after: Poll) -> tuple[FieldDiff, ...]:
    """All fields that either of the two has: what is documented, what the failure was, how it was asked, and then
    whatever else the answer holds."""
    old, new = _fields(before), _fields(after)
    names = [*new, *(name for name in old if name not in new)]
    ordered = sorted(names, key=lambda name: _ORDER.get(name, len(_ORDER)))
    compared = tuple(FieldDiff(name, old.get(name), new.get(name), _change(name, old, new)) for name in ordered)
    return (*compared, *_as_sent(before, after, compared))


def _as_sent(before: Poll, after: Poll, compared: tuple[FieldDiff, ...]) -> tuple[FieldDiff, ...]:
    """The two answers as texts, where they differ in what no field tells: spaces, doubled keys, what is no JSON."""
    old, new = _text(before), _text(after)
    told = any(_differs(field) for field in compared if field.name in _DOCUMENTED or field.name.startswith(_ANSWER))
    if old == new or (told and _decoded(before) and _decoded(after)):
        return ()
    return (FieldDiff("answer as sent", old, new, Change.CHANGED),)


def _differs(field: FieldDiff) -> bool:
    return field.change not in (Change.SAME, Change.ALWAYS)


def change_count(fields: Iterable[FieldDiff]) -> tuple[int, int]:
    """How many changed, appeared or went, and how many are the same."""
    told = [field.change for field in fields]
    same = told.count(Change.SAME)
    return len(told) - same - told.count(Change.ALWAYS), same


def _change(name: str, old: dict[str, str], new: dict[str, str]) -> Change:
    if name in _ALWAYS:
        return Change.ALWAYS
    if name not in old:
        return Change.APPEARED
    if name not in new:
        return Change.GONE
    return Change.SAME if old[name] == new[name] else Change.CHANGED


def _fields(poll: Poll) -> dict[str, str]:
    fields = {**_told(poll.answer), **_asked(poll)}
    for path, value in _leaves(_decoded(poll)):
        if path not in _ERROR:
            fields.setdefault(path if path in _DOCUMENTED else f"{_ANSWER}{path}", value)
    return fields


def _told(answer: Seen | Fault) -> dict[str, str]:
    if isinstance(answer, Seen):
        return {"Status": answer.status, "StartTime": str(answer.start_time_ms)}
    http_status = {} if answer.http_status is None else {"HTTP status": str(answer.http_status)}
    return {
        "error code": answer.code,
        "error message": answer.message,
        "error class": answer.fault_class.value,
        **http_status,
    }


def _asked(poll: Poll) -> dict[str, str]:
    facts = {
        "sent": str(poll.sent_us),
        "rtt": f"{poll.latency_us / 1_000:.0f} ms",
        "reason": poll.reason.value,
        "body bytes": str(len(poll.answer.body)),
    }
    if poll.request_id is not None:
        facts["RequestId"] = poll.request_id
    if poll.skew is not None:
        facts["skew"] = f"{poll.skew.offset_us / 1e6:+.1f} s +- {poll.skew.error_us / 1e6:.1f} s"
    return facts


_ORDER = {
    name: place
    for place, name in enumerate(
        (
            "Status",
            "StartTime",
            "TaskId",
            "error code",
            "error class",
            "error message",
            "HTTP status",
            "reason",
            "body bytes",
            "RequestId",
            "rtt",
            "sent",
            "skew",
        )
    )
}


def _text(poll: Poll) -> str:
    """The answer as it came, but for its RequestId."""
    return without_request_id(poll)[0].answer.body.decode("utf-8", "backslashreplace")


def _decoded(poll: Poll) -> dict[str, object]:
    """What the answer holds; empty for what is no answer of the API."""
    try:
        answer = msgspec.json.decode(poll.answer.body, type=dict[str, object])
    except (ValueError, RecursionError):
        return {}
    response = answer.get("Response")
    return response if isinstance(response, dict) else answer


def _leaves(answer: dict[str, object]) -> Iterator[tuple[str, str]]:
    """Path and value of each value that holds no others, in order; an empty list or object is one."""
    waiting: list[tuple[str, object]] = _parts("", answer)[::-1]
    left = MOST_FIELDS
    while waiting and left:
        path, value = waiting.pop()
        parts = _parts(path, value)
        if parts:
            waiting += parts[:left][::-1]
        else:
            left -= 1
            yield path, value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _parts(path: str, value: object) -> list[tuple[str, object]]:
    if isinstance(value, dict):
        return [(f"{path}.{key}" if path else str(key), part) for key, part in value.items()]
    if isinstance(value, list):
        return [(f"{path}[{number}]", part) for number, part in enumerate(value)]
    return []
