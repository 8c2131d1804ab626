"""The question as bytes, and the answer as values of the core.

The order in which an answer is judged is tencent-api.md §4.2: JSON is looked for whatever status and content type say,
an `Error` counts with any status, a success needs status 200, the rest was written by something in between.
"""

import json
from typing import Annotated

import msgspec

from tui.core.entry import Fault, Seen
from tui.core.fault import WRONG_TASK
from tui.core.secret import Credential
from tui.core.task import TaskRef
from tui.protocol.endpoint import Endpoint
from tui.protocol.errors import explain
from tui.protocol.exchange import Question
from tui.protocol.kinds import KINDS
from tui.protocol.signing import Canon, canon, sign

CONTENT_TYPE = "application/json"
"""To the letter: an appended charset breaks the signature, and switches off error detection in the official SDK."""

LANGUAGE = "en-US"
"""Of error messages: the advice beside them is English too."""

KEPT_BYTES = 2_000
"""How much of a failed answer is kept."""

_LATEST_MS = 253_402_300_799_999
"""The last millisecond of the year 9999: a later StartTime is not a time."""

_OK = 200
_REDIRECTS = range(300, 400)
_SHOWN_TYPE = 60
_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


_NOTHING = msgspec.Raw()


class _Envelope(msgspec.Struct):
    response: msgspec.Raw = msgspec.field(default=_NOTHING, name="Response")


class _Error(msgspec.Struct):
    code: Annotated[str, msgspec.Meta(min_length=1, max_length=256)] = msgspec.field(name="Code")
    message: str | None = msgspec.field(default=None, name="Message")


class _Head(msgspec.Struct):
    request_id: str | None = msgspec.field(default=None, name="RequestId")
    error: _Error | None = msgspec.field(default=None, name="Error")


class _Status(msgspec.Struct):
    status: Annotated[str, msgspec.Meta(min_length=1)] = msgspec.field(name="Status")
    start_time_ms: Annotated[int, msgspec.Meta(ge=0, le=_LATEST_MS)] = msgspec.field(name="StartTime")
    task_id: str | None = msgspec.field(default=None, name="TaskId")


class _Legacy(msgspec.Struct):
    """The error shape from before API 3.0, which the Go SDK still reads (tencent-api.md §2.6)."""

    code: int
    message: str = ""
    code_desc: str = msgspec.field(default="", name="codeDesc")


_ABSENT = (_NOTHING, msgspec.Raw(b"null"))

_read_envelope = msgspec.json.Decoder(_Envelope).decode
_read_head = msgspec.json.Decoder(_Head).decode
_read_status = msgspec.json.Decoder(_Status).decode
_read_legacy = msgspec.json.Decoder(_Legacy).decode


def compose(task: TaskRef) -> bytes:
    """The body: SdkAppId and TaskId and nothing else, ASCII. Encoded here once; what is hashed is what is sent."""
    return json.dumps({"SdkAppId": task.sdk_app_id, "TaskId": task.task_id}, separators=(",", ":")).encode()


def ask(
    task: TaskRef, credential: Credential, endpoint: Endpoint, timestamp_s: int, language: str = LANGUAGE
) -> Question:
    """The signed request about `task`, as of `timestamp_s` (seconds since the epoch, by the server's clock)."""
    kind = KINDS[task.kind]
    body = compose(task)
    signature = sign(
        credential,
        host=endpoint.host,
        service=kind.service,
        body=body,
        timestamp_s=timestamp_s,
        content_type=CONTENT_TYPE,
    )
    headers = [*open_headers(task, endpoint, timestamp_s, language), ("Authorization", signature.authorization)]
    if credential.token is not None:
        headers.append(("X-TC-Token", credential.token.reveal()))
    return Question(task, f"{endpoint.url}/", tuple(headers), body, signature)


def open_headers(task: TaskRef, endpoint: Endpoint, timestamp_s: int, language: str) -> tuple[tuple[str, str], ...]:
    """The headers of a question for which no key is needed, in the order in which they are sent."""
    kind = KINDS[task.kind]
    return (
        ("Host", endpoint.host),
        ("Content-Type", CONTENT_TYPE),
        ("X-TC-Action", kind.action),
        ("X-TC-Version", kind.version),
        ("X-TC-Region", task.region),
        ("X-TC-Timestamp", str(timestamp_s)),
        ("X-TC-Language", language),
    )


def own_headers(agent: str) -> tuple[tuple[str, str], ...]:
    """What we send beside them, unsigned. An answer has 200 bytes: packing it would only make it longer."""
    return ("User-Agent", agent), ("Accept-Encoding", "identity")


def signed_part(task: TaskRef, endpoint: Endpoint, timestamp_s: int) -> Canon:
    """What of a question is signed."""
    return canon(
        host=endpoint.host,
        service=KINDS[task.kind].service,
        body=compose(task),
        timestamp_s=timestamp_s,
        content_type=CONTENT_TYPE,
    )


def read(task: TaskRef, http_status: int, content_type: str, body: bytes) -> tuple[Seen | Fault, str | None]:
    """What an answer says, and its RequestId. Raises nothing, whatever the bytes."""
    try:
        response = _read_envelope(body).response
    except _UNREADABLE as error:
        return _unreadable(http_status, content_type, body, error), None
    if response in _ABSENT:
        return _without_response(http_status, content_type, body), None
    try:
        head = _read_head(response)
    except _UNREADABLE as error:
        return transport_fault("Transport.BadAnswer", str(error), http_status, body), None
    request_id = head.request_id or None
    if head.error is not None:
        return _fault(head.error.code, head.error.message or "", http_status, body), request_id
    if http_status != _OK:
        return _foreign("Transport.HttpStatus", http_status, content_type, body), request_id
    return _seen(task, http_status, response, body), request_id


def transport_fault(code: str, message: str, http_status: int | None = None, body: bytes = b"") -> Fault:
    """A fault of our own; `code` is one of `TRANSPORT_FAULTS`."""
    return _fault(code, message, http_status, body)


def _fault(code: str, message: str, http_status: int | None, body: bytes) -> Fault:
    return Fault(explain(code).fault_class, code, message, http_status, body[:KEPT_BYTES])


def _seen(task: TaskRef, http_status: int, response: msgspec.Raw, body: bytes) -> Seen | Fault:
    try:
        status = _read_status(response)
    except _UNREADABLE as error:
        return transport_fault("Transport.BadAnswer", str(error), http_status, body)
    if status.task_id is not None and status.task_id != task.task_id:
        return transport_fault(WRONG_TASK, f"TaskId is {status.task_id[:80]!r}", http_status, body)
    return Seen(status.status, status.start_time_ms, body)


def _without_response(http_status: int, content_type: str, body: bytes) -> Fault:
    """JSON that is not the API's: an old error, or somebody else's."""
    try:
        legacy = _read_legacy(body)
    except _UNREADABLE:
        legacy = None
    if legacy is not None and legacy.code != 0:
        return _fault(legacy.code_desc or str(legacy.code), legacy.message, http_status, body)
    return _foreign("Transport.NoResponse", http_status, content_type, body)


def _unreadable(http_status: int, content_type: str, body: bytes, error: Exception) -> Fault:
    start = body[:KEPT_BYTES].lstrip()
    if "html" in content_type.lower() or start.startswith(b"<"):
        return _foreign("Transport.Html", http_status, content_type, body)
    if start.startswith(b"{") and "truncated" in str(error):
        return _foreign("Transport.Truncated", http_status, content_type, body)
    return _foreign("Transport.NotJson", http_status, content_type, body)


def _foreign(code: str, http_status: int, content_type: str, body: bytes) -> Fault:
    """A fault for what the API did not write. An odd status tells more than a body of no known shape."""
    if http_status in _REDIRECTS:
        code = "Transport.Redirect"
    elif http_status != _OK and code != "Transport.Html":
        code = "Transport.HttpStatus"
    what = content_type[:_SHOWN_TYPE] or "no content type"
    return transport_fault(code, f"HTTP {http_status}, {what}, {len(body)} bytes", http_status, body)
