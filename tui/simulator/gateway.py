"""From a request to a reply, without a socket: verify, count, ask the world, spoil it where a fault says so."""

import json
import random
from collections.abc import Iterable
from enum import Enum, auto
from uuid import UUID

from msgspec import Struct

from tui.core.secret import Credential
from tui.core.task import TaskRef
from tui.simulator.faults import FaultKind, Faults, FaultSpec
from tui.simulator.keys import DEMO_CREDENTIAL, TEMPORARY_CREDENTIAL
from tui.simulator.traffic import LIMIT, Arrival, Traffic
from tui.simulator.verify import ApiError, Received, claimed_key, claimed_task_id, verify
from tui.simulator.world import NOT_FOUND, Answer, World

_MIB = 1024 * 1024

MESSAGES = {
    NOT_FOUND: "the specified resource does not exist",
    "InternalError": "internal error",
    "RequestLimitExceeded": f"the current request frequency exceeds the limit of {LIMIT} per second",
}

ESCAPES = "[bold red]会议[/] \x1b[31m\x1b]0;title\x07\x1b[2J\u202e"
"""Markup, colour, window title, bell, clear screen and right-to-left override: none of it may take effect."""

HTML_PAGE = b"<html><head><title>Bad Gateway</title></head><body><center>nginx</center></body></html>"


class Ending(Enum):
    """How the body of a reply reaches the client."""

    WHOLE = auto()
    SLOW = auto()
    TRUNCATED = auto()
    RESET = auto()
    HANG = auto()


_ENDINGS = {
    FaultKind.RESET: Ending.RESET,
    FaultKind.HANG: Ending.HANG,
    FaultKind.TRUNCATE: Ending.TRUNCATED,
    FaultKind.SLOW: Ending.SLOW,
}
"""Faults of the path; when several meet one request, the first of these wins."""

Drawn = dict[FaultKind, FaultSpec]
Fields = dict[str, object]


class Reply(Struct, frozen=True):
    """What to send, and how."""

    body: bytes
    date_s: int
    """The server's clock, seconds since the epoch, for the `Date` header."""
    status: int = 200
    content_type: str = "application/json"
    delay_ms: int = 0
    ending: Ending = Ending.WHOLE
    spread_ms: int = 0
    """Over how long a slow body is sent."""


class Gateway:
    """The API as a function of a request and the time.

    Args:
        keys: accepted credentials; both pairs of `simulator.keys` when none are given.
        limit: refuse what exceeds 20 requests in a sliding second.
    """

    def __init__(
        self,
        world: World,
        *,
        keys: Iterable[Credential] = (),
        faults: Faults | None = None,
        limit: bool = False,
        seed: int = 0,
    ) -> None:
        self.world = world
        self.faults = faults or Faults(seed=seed)
        self.traffic = Traffic()
        accepted = tuple(keys) or (DEMO_CREDENTIAL, TEMPORARY_CREDENTIAL)
        self._keys = {credential.secret_id.reveal(): credential for credential in accepted}
        self._limit = limit
        self._dice = random.Random(seed)  # noqa: S311 - repeatable RequestIds

    def reply(self, request: Received, *, now_us: int, monotonic_us: int) -> Reply:
        """Answer a request that arrived at `now_us` (µs UTC) or `monotonic_us`."""
        request_id = str(UUID(int=self._dice.getrandbits(128), version=4))
        self.traffic.arrive(Arrival(monotonic_us, claimed_key(request), request_id, claimed_task_id(request)))
        drawn = self.faults.draw()
        server_us = now_us + _number(drawn, FaultKind.SKEW) * 1_000_000
        delay_ms = _number(drawn, FaultKind.LATENCY)
        try:
            task = verify(request, self._keys, server_us)
            self._admit(drawn, monotonic_us)
            answer = self.world.describe(task, now_us)
            delay_ms += answer.step.delay_ms
            fields = _status_fields(task, answer, drawn)
            self.traffic.settle(answer.step.word)
        except ApiError as error:
            fields = _error_fields(error, drawn)
            self.traffic.settle(error.code)
        return _wrap({**fields, "RequestId": request_id}, drawn, server_us // 1_000_000, delay_ms)

    def _admit(self, drawn: Drawn, monotonic_us: int) -> None:
        if self._limit and not self.traffic.admit(monotonic_us):
            raise _api_error("RequestLimitExceeded")
        if FaultKind.CODE in drawn:
            raise _api_error(drawn[FaultKind.CODE].code)


def _number(drawn: Drawn, kind: FaultKind) -> int:
    return drawn[kind].number if kind in drawn else 0


def _api_error(code: str, message: str = "") -> ApiError:
    return ApiError(code, message or MESSAGES.get(code, "the request failed"))


def _status_fields(task: TaskRef, answer: Answer, drawn: Drawn) -> Fields:
    """Raises ApiError when the script says that Describe fails."""
    if answer.step.is_error:
        raise _api_error(answer.step.word, answer.step.message)
    status = answer.step.word + ESCAPES if FaultKind.ESCAPES in drawn else answer.step.word
    task_id = f"not-{task.task_id}" if FaultKind.WRONG_TASK in drawn else answer.task_id
    return {"StartTime": answer.start_time_ms, "Status": status, "TaskId": task_id}


def _error_fields(error: ApiError, drawn: Drawn) -> Fields:
    message = error.message + ESCAPES if FaultKind.ESCAPES in drawn else error.message
    return {"Error": {"Code": error.code, "Message": message}}


def _wrap(fields: Fields, drawn: Drawn, date_s: int, delay_ms: int) -> Reply:
    if FaultKind.HUGE in drawn:
        fields = {**fields, "Padding": "x" * (drawn[FaultKind.HUGE].number * _MIB)}
    payload = {"Request": fields} if FaultKind.NO_RESPONSE in drawn else {"Response": fields}
    status, content_type, body = 200, "application/json", json.dumps(payload, ensure_ascii=False).encode()
    if FaultKind.HTML in drawn:
        status, content_type, body = drawn[FaultKind.HTML].number, "text/html", HTML_PAGE
    return Reply(
        body,
        date_s,
        status,
        content_type,
        delay_ms,
        ending=next((ending for kind, ending in _ENDINGS.items() if kind in drawn), Ending.WHOLE),
        spread_ms=_number(drawn, FaultKind.SLOW),
    )
