"""A live event at seven minutes past three: 38 tasks, and the journal that a night of polling them leaves."""

import base64
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from tui.core.entry import Entry, Fault, Level, Note, Poll, Reason, Request, Seen, Skew, Topic, Verb
from tui.core.fault import FaultClass
from tui.core.task import TaskRef

SECOND_US = 1_000_000
NOW_US = 1_795_317_127 * SECOND_US
"""2026-11-22 03:12:07 UTC."""
SINGAPORE, HONGKONG = "ap-singapore", "ap-hongkong"
SDK_APP_ID = 1400000000

Answer = str | Fault

GONE = Fault(FaultClass.END, "ResourceNotFound", "task not found", 200, b'{"Response":{"Error":{}}}')
INTERNAL = Fault(FaultClass.SERVICE, "InternalError", "internal error, try again", 200, b'{"Response":{"Error":{}}}')
UNREACHABLE = Fault(FaultClass.NETWORK, "Transport.ConnectTimeout", "no connection within 3 s")
REFUSED_KEY = Fault(FaultClass.AUTH, "AuthFailure.SecretIdNotFound", "The SecretId is not found", 200, b"{}")

_ASK_AGAIN_S = (1.0, 3.0, 11.0)
"""When a task that seems gone is asked again, in seconds after the first such answer."""

_IN_SIGHT = 8
"""The first tasks of a show are polled because somebody looks at them."""


@dataclass(frozen=True, slots=True)
class Part:
    """A task and its life: at which second (0 is now) which answer began."""

    name: str
    life: tuple[tuple[float, Answer], ...]
    region: str = SINGAPORE
    silent_s: float = 0.0
    """For how long nobody has asked."""

    def answer_at(self, second: float) -> Answer | None:
        """What is answered at that second; None before the life begins, and behind its end."""
        told = [answer for begin, answer in self.life if begin <= second]
        return told[-1] if told and told[-1] is not GONE else None

    @property
    def task(self) -> TaskRef:
        """A TaskId as long as real ones, made from the name."""
        digest = base64.b32encode(hashlib.sha256(self.name.encode()).digest()).decode()
        return TaskRef(self.region, SDK_APP_ID, f"m9-{digest[:22]}********{digest[22:26]}.")


def _steady(minutes: float, *names: str, region: str = SINGAPORE) -> tuple[Part, ...]:
    """Tasks that began to transcribe so many minutes ago, one shortly after the other."""
    starts = ((name, number * 3 - minutes * 60) for number, name in enumerate(names))
    return tuple(Part(name, ((start - 2, "Idle"), (start, "InProgress")), region) for name, start in starts)


SHOW = (
    Part("live-final-7", ((-724, "Idle"), (-722, "InProgress"), (-95, "Exited"))),
    Part("qa-3", ((-220, "InProgress"),), silent_s=14.1),
    Part("studio-b-zh", ((-2931, "InProgress"), (-6, "Exited"))),
    *_steady(48.8, "arena-main-en", "arena-main-ja", "arena-main-zh", "arena-main-ko", "arena-main-th"),
    *_steady(31.2, "arena-b-en", "arena-b-ja", "arena-b-zh"),
    *_steady(15.3, "panel-1-en", "panel-1-zh", "panel-2-en", "panel-2-zh", "panel-3-en", "panel-3-zh"),
    *_steady(15.0, "press-room", "press-room-zh", region=HONGKONG),
    *_steady(12.0, "green-room-1", "green-room-2", "stage-left", "stage-right", "studio-c-en", "studio-c-zh"),
    *_steady(7.5, "backstage-cam1", "helpdesk-en", "helpdesk-zh", "vip-lounge", region=HONGKONG),
    *_steady(4.0, "qa-1", "qa-2", "qa-4", "overflow-1", "overflow-2"),
    Part("backstage-cam2", ((-41, "Idle"),)),
    Part("spare-1", ((-542, "Idle"),), HONGKONG),
    Part("studio-a-en", ((-2900, "InProgress"), (-140, "Exited"), (-132, GONE))),
    Part("rehearsal-2", ((-1800, "InProgress"), (-465, GONE))),
)
"""Two need somebody (`Exited` for long, not asked for long), one is leaving, two are over, the others are well."""


def at(second: float) -> int:
    """So many seconds after now, µs UTC."""
    return NOW_US + round(second * SECOND_US)


def watching(*parts: Part, second: float = -3000) -> list[Entry]:
    """The requests that put these tasks on the list."""
    return [Request(at(second), Verb.WATCH, part.task, "alice", part.name) for part in parts]


def polling_started(second: float = -3000) -> Note:
    return Note(at(second), Topic.POLLING_STARTED, "polling with key AKID..MPLE from the OS keyring")


def auth_stopped(second: float) -> list[Entry]:
    text = "polling stopped: AuthFailure.SecretIdNotFound"
    return [Note(at(second), Topic.AUTH_STOPPED, text, Level.ALERT)]


def poll(
    task: TaskRef,
    second: float,
    answer: Answer,
    start_ms: int,
    latency_us: int = 41_000,
    *,
    reason: Reason = Reason.BASE,
) -> Poll:
    """One poll, sent at `second`; the RequestId comes from task and time."""
    reached = not isinstance(answer, Fault) or answer.http_status is not None
    digest = hashlib.sha256(f"{task} {second}".encode()).hexdigest()
    request_id = "-".join((digest[:8], digest[8:12], digest[12:16], digest[16:20], digest[20:32])) if reached else None
    told = answer if isinstance(answer, Fault) else Seen(answer, start_ms, _body(task, answer, start_ms, request_id))
    skew = Skew(200_000, 520_000) if reached else None
    return Poll(task, at(second), latency_us, reason, told, request_id, skew)


def _body(task: TaskRef, status: str, start_ms: int, request_id: str | None) -> bytes:
    told = {"RequestId": request_id, "StartTime": start_ms, "Status": status, "TaskId": task.task_id}
    return json.dumps({"Response": told}).encode()


def polls_of(part: Part, number: int, until: float = 0.0) -> Iterator[Poll]:
    """The polls of one task up to second `until`: around each change, and every two seconds of the last minute."""
    start_ms = at(part.life[0][0]) // 1000 - 488
    latency_us = 36_000 + number * 7 % 23 * 1_000
    reason = Reason.FOCUS if number < _IN_SIGHT else Reason.BASE
    for second in sorted(_seconds(part, number, until)):
        if second < until - part.silent_s:
            answer = next(answer for begin, answer in reversed(part.life) if begin <= second)
            yield poll(part.task, second, answer, start_ms, latency_us, reason=reason)


def _seconds(part: Part, number: int, until: float) -> set[float]:
    first, _ = part.life[0]
    end = next((begin for begin, answer in part.life if answer is GONE), None)
    changes = {begin for begin, _ in part.life}
    usual = {
        *changes,
        *(begin - 1.9 for begin in changes),
        *(until - 62.0 + number * 0.053 + 2.1 * k for k in range(31)),
    }
    if end is None:
        return {second for second in usual if second >= first}
    asked_again = {end + after for after in _ASK_AGAIN_S[:1]}
    return {second for second in usual if first <= second <= end} | asked_again


def journal(parts: tuple[Part, ...] = SHOW, until: float = 0.0) -> list[Entry]:
    """What the journal holds of these tasks at second `until`, in order of time."""
    polls = [answered for number, part in enumerate(parts) for answered in polls_of(part, number, until)]
    if parts is SHOW and until > -5:
        polls.append(poll(PANEL.task, -5.2, INTERNAL, at(-900) // 1000, 91_000))
    entries: list[Entry] = [*watching(*parts), polling_started(), *polls]
    return sorted(entries, key=attrgetter("at_us"))


PANEL = next(part for part in SHOW if part.name == "panel-2-zh")
"""Failed once, and answers again."""
