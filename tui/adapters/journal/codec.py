"""Entries as rows and rows as entries, without loss. No SQL here."""

import zlib
from hashlib import blake2b
from sys import intern
from typing import NamedTuple

import msgspec

from tui.adapters.journal.text import (
    Stored,
    loaded_json,
    loaded_request_id,
    loaded_text,
    stored_json,
    stored_request_id,
    stored_text,
)
from tui.core.entry import (
    Ack,
    Entry,
    Fault,
    Gap,
    GapCause,
    Level,
    Mark,
    Note,
    Poll,
    Reason,
    Request,
    Seen,
    Skew,
    Topic,
    Verb,
)
from tui.core.fault import FaultClass
from tui.core.task import TaskRef

REASONS = (
    Reason.BASE,
    Reason.CONFIRM,
    Reason.YOU,
    Reason.CLOCK,
    Reason.FOCUS,
    Reason.STALE,
    Reason.PROBE,
)
"""The index is what the file holds: only append here."""

_REQUEST_ID = b"{RequestId}"

_PACK_FROM_BYTES = 512
"""A usual answer of 170 bytes is mostly TaskId, which does not compress."""


class AnswerRow(NamedTuple):
    """The columns of `answer` behind its `id` and `digest`."""

    fault_class: str | None
    word: Stored
    message: Stored | None
    start_time_ms: int | None
    http_status: int | None
    body: bytes
    cut: int
    packed: int


class EntryRow(NamedTuple):
    """The columns of `entry` behind its `frame`."""

    at_us: int
    task: int | None = None
    answer: int | None = None
    latency_us: int | None = None
    request_id: Stored | None = None
    reason: int | None = None
    skew_us: int | None = None
    skew_error_us: int | None = None
    note: Stored | None = None


class _Asked(msgspec.Struct, frozen=True, tag="request"):
    verb: Verb
    operator: str
    name: str


class _Said(msgspec.Struct, frozen=True, tag="note"):
    topic: Topic
    text: str
    level: Level


class _Unseen(msgspec.Struct, frozen=True, tag="gap"):
    since_us: int
    cause: GapCause


class _Marked(msgspec.Struct, frozen=True, tag="mark"):
    moment_us: int
    frame: int
    note: str
    operator: str


class _TakenCareOf(msgspec.Struct, frozen=True, tag="ack"):
    rule: str
    operator: str


_Spoken = _Asked | _Said | _Unseen | _Marked | _TakenCareOf

_NOTES: msgspec.json.Decoder[_Spoken] = msgspec.json.Decoder(_Spoken)


def answer_row(answer: Seen | Fault, request_id: str | None) -> AnswerRow:
    """The row of an answer: equal for all polls that were told the same, except for their RequestId."""
    template, cut = _cut(answer.body, request_id)
    body = zlib.compress(template) if len(template) >= _PACK_FROM_BYTES else template
    form = (body, int(cut), int(body is not template))
    if isinstance(answer, Seen):
        return AnswerRow(None, stored_text(answer.status), None, answer.start_time_ms, None, *form)
    code, message = stored_text(answer.code), stored_text(answer.message)
    return AnswerRow(answer.fault_class.value, code, message, None, answer.http_status, *form)


def digest(row: AnswerRow) -> bytes:
    """16 bytes that stand for all columns."""
    # ascii() and not repr(): what repr() escapes changes with Python's Unicode tables.
    told = ascii(row._replace(body=b"")).encode()
    return blake2b(told + b"\0" + row.body, digest_size=16).digest()


def _cut(body: bytes, request_id: str | None) -> tuple[bytes, bool]:
    """`body` with a placeholder for its RequestId, and True; as it is, and False, where that would not be lossless."""
    own = _in_body(request_id)
    if not own or own not in body:
        return body, False
    template = body.replace(own, _REQUEST_ID)
    if template.replace(_REQUEST_ID, own) != body:
        return body, False
    return template, True


def _in_body(request_id: str | None) -> bytes:
    return (request_id or "").encode("utf-8", "surrogatepass")


def loaded_answer(row: AnswerRow, request_id: str | None) -> Seen | Fault:
    """The answer `answer_row` was given.

    Raises:
        ValueError, zlib.error: the row is damaged.
    """
    body = zlib.decompress(row.body) if row.packed else row.body
    if row.cut:
        body = body.replace(_REQUEST_ID, _in_body(request_id))
    word = intern(loaded_text(row.word))
    if row.fault_class is None:
        return Seen(word, row.start_time_ms or 0, body)
    return Fault(FaultClass(row.fault_class), word, loaded_text(row.message or ""), row.http_status, body)


def entry_row(entry: Entry, task: int | None, answer: int | None) -> EntryRow:
    """The row of an entry; `task` and `answer` are the ids of what it refers to."""
    match entry:
        case Poll():
            return EntryRow(
                entry.sent_us,
                task,
                answer,
                entry.latency_us,
                stored_request_id(entry.request_id),
                REASONS.index(entry.reason),
                entry.skew.offset_us if entry.skew else None,
                entry.skew.error_us if entry.skew else None,
            )
        case Request():
            return EntryRow(entry.at_us, task, note=stored_json(_Asked(entry.verb, entry.operator, entry.name)))
        case Note():
            return EntryRow(entry.at_us, note=stored_json(_Said(entry.topic, entry.text, entry.level)))
        case Gap():
            return EntryRow(entry.at_us, task, note=stored_json(_Unseen(entry.since_us, entry.cause)))
        case Mark():
            marked = _Marked(entry.moment_us, entry.frame, entry.note, entry.operator)
            return EntryRow(entry.at_us, task, note=stored_json(marked))
        case Ack():
            return EntryRow(entry.at_us, task, note=stored_json(_TakenCareOf(entry.rule, entry.operator)))


def loaded_entry(row: EntryRow, task: TaskRef | None, answer: AnswerRow | None) -> Entry:
    """The entry `entry_row` was given; `answer` is the row it refers to.

    Raises:
        ValueError, LookupError, zlib.error: the row is damaged.
    """
    if row.note is not None:
        return _spoken(row.at_us, loaded_json(row.note, _NOTES), task)
    if task is None or answer is None:
        raise LookupError("an entry refers to a row that is not there")
    request_id = loaded_request_id(row.request_id)
    skew = None if row.skew_us is None else Skew(row.skew_us, row.skew_error_us or 0)
    reason = REASONS[row.reason or 0]
    told = loaded_answer(answer, request_id)
    return Poll(task, row.at_us, row.latency_us or 0, reason, told, request_id, skew)


def _spoken(at_us: int, spoken: _Spoken, task: TaskRef | None) -> Entry:
    match spoken:
        case _Said():
            return Note(at_us, spoken.topic, spoken.text, spoken.level)
        case _Unseen():
            return Gap(at_us, spoken.since_us, spoken.cause, task)
        case _Marked():
            return Mark(at_us, spoken.moment_us, spoken.frame, spoken.note, spoken.operator, task)
        case _TakenCareOf():
            return Ack(at_us, spoken.rule, spoken.operator, task)
        case _Asked():
            if task is None:
                raise LookupError("a request is about no task")
            return Request(at_us, spoken.verb, task, spoken.operator, spoken.name)
