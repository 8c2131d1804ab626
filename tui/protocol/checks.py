"""A request as it left, held against the one that should have left: a check a line, computed here and now.

What was sent is taken from the evidence, what should have been from the task, the endpoint and the time that was meant.
Every line is judged by itself alone, so that one changed byte makes one line bad.
"""

from enum import StrEnum

from msgspec import Struct

from tui.core.entry import Fault, Poll
from tui.core.fault import FaultClass
from tui.core.secret import Credential
from tui.core.task import TaskRef
from tui.protocol.clock_look import SECOND_US, look_at_clock
from tui.protocol.endpoint import Endpoint
from tui.protocol.evidence import Evidence, Headers, Meant, Sent, digest, is_secret, told_digest
from tui.protocol.messages import ask, compose, open_headers, own_headers
from tui.protocol.signing import Canon

REQUEST_LINE, BODY = "request line", "body"
SCOPE, SIGNED_HEADERS, CANONICAL = "scope", "signed headers", "canonical request"
SECRET_ID, SIGNATURE = "SecretId", "signature"
TIMESTAMP = "X-TC-Timestamp"

REBUILT = "rebuilt"


class Verdict(StrEnum):
    """Of one line; the values are the words on the screen."""

    OK = "ok"
    BAD = "BAD"
    UNKNOWN = "?"


class Check(Struct, frozen=True):
    """One line and what is to be said of it."""

    subject: str
    """What the line is about: the name of a header, or one of the words above."""
    text: str
    """As sent, secrets masked; as it should have been sent when it was not."""
    verdict: Verdict
    why: str = ""
    changed: bool = False
    """It is not what was made: something came between."""


def rebuilt(task: TaskRef, endpoint: Endpoint, timestamp_s: int, language: str, canon: Canon) -> tuple[Check, ...]:
    """The lines of a request of which nothing is kept: what can be computed, and no verdict."""
    lines = [
        (REQUEST_LINE, "POST / HTTP/1.1"),
        *open_headers(task, endpoint, timestamp_s, language),
        (BODY, f"{len(compose(task))} bytes, SHA-256 {canon.hashed_payload}"),
        *_signed_lines(canon),
    ]
    return tuple(Check(subject, text, Verdict.UNKNOWN, REBUILT) for subject, text in lines)


def checks_of(
    poll: Poll, evidence: Evidence, endpoint: Endpoint, canon: Canon, credential: Credential | None
) -> tuple[Check, ...]:
    """All lines: of the request as it left, of what was signed, and of the key."""
    meant, sent = evidence.meant, evidence.sent
    expected = _expected(poll.task, endpoint, meant)
    request = _request_checks(poll, meant, sent, expected, canon) if sent is not None else _unsent(expected)
    return (*request, *_signed_checks(meant, canon), *_key_checks(poll.task, endpoint, meant, credential))


def _expected(task: TaskRef, endpoint: Endpoint, meant: Meant) -> Headers:
    """The headers as they should be; of secret ones the digest."""
    token = (("X-TC-Token", meant.token),) if meant.token else ()
    return (
        *open_headers(task, endpoint, meant.timestamp_s, meant.language),
        ("Authorization", meant.authorization),
        *token,
        *own_headers(meant.agent),
        ("Content-Length", str(len(compose(task)))),
    )


def _unsent(expected: Headers) -> tuple[Check, ...]:
    told = ((REQUEST_LINE, "POST / HTTP/1.1"), *((name, value) for name, value in expected if not is_secret(name)))
    return tuple(Check(subject, text, Verdict.UNKNOWN, "not a byte was sent") for subject, text in told)


def _request_checks(poll: Poll, meant: Meant, sent: Sent, expected: Headers, canon: Canon) -> tuple[Check, ...]:
    wanted = {name.lower(): (name, value) for name, value in expected}
    by_name: dict[str, list[str]] = {}
    for name, value in sent.headers:
        by_name.setdefault(name.lower(), []).append(value)
    missing = [wanted[lower] for lower in wanted if lower not in by_name]
    headers = [
        _header_check(*wanted[lower], values) if lower in wanted else _foreign(name, values, renamed=bool(missing))
        for name in _once(sent.headers)
        for lower, values in ((name.lower(), by_name[name.lower()]),)
    ]
    headers += [_missing(name, value) for name, value in missing]
    clocked = tuple(_with_clock(check, poll, meant) for check in headers)
    return (_request_line(sent), *clocked, _body(poll.task, sent, canon.hashed_payload))


def _once(headers: Headers) -> tuple[str, ...]:
    """The names, as first written."""
    names: dict[str, str] = {}
    for name, _ in headers:
        names.setdefault(name.lower(), name)
    return tuple(names.values())


def _request_line(sent: Sent) -> Check:
    text = f"{sent.method} {sent.target} HTTP/1.1"
    if (sent.method, sent.target) == ("POST", "/"):
        return Check(REQUEST_LINE, text, Verdict.OK, "as signed, with an empty query")
    return Check(REQUEST_LINE, text, Verdict.BAD, "was POST / when it was signed", changed=True)


def _header_check(name: str, wanted: str, values: list[str]) -> Check:
    text = ", ".join(values)
    if len(values) > 1:
        return Check(name, text, Verdict.BAD, f"was sent {len(values)} times", changed=True)
    if is_secret(name):
        if told_digest(text) == wanted:
            return Check(name, text, Verdict.OK, "as it was made")
        return Check(name, text, Verdict.BAD, "is not the one that was made", changed=True)
    if text == wanted:
        return Check(name, text, Verdict.OK, "as it was made")
    return Check(name, text, Verdict.BAD, f"was {wanted} when it was made", changed=True)


def _missing(name: str, value: str) -> Check:
    return Check(name, "" if is_secret(name) else value, Verdict.BAD, "was not sent", changed=True)


def _foreign(name: str, values: list[str], *, renamed: bool) -> Check:
    """A header that is none of ours. Beside a missing one it is most likely that one, renamed."""
    verdict = Verdict.UNKNOWN if renamed else Verdict.BAD
    return Check(name, ", ".join(values), verdict, "is none of ours; something added or renamed it", changed=True)


def _with_clock(check: Check, poll: Poll, meant: Meant) -> Check:
    """The timestamp may be as it was made, and wrong all the same."""
    if check.subject != TIMESTAMP or check.verdict is not Verdict.OK:
        return check
    clock = look_at_clock(poll, meant.timestamp_s)
    told_so = isinstance(poll.answer, Fault) and poll.answer.fault_class is FaultClass.CLOCK
    if clock is None:
        verdict = Verdict.BAD if told_so else Verdict.OK
        return Check(TIMESTAMP, check.text, verdict, "no Date header tells the server's time")
    seconds = round(clock.signed_ahead_us / SECOND_US)
    away = f"{abs(seconds)} s {'ahead of' if seconds > 0 else 'behind'} Tencent" if seconds else "Tencent's time"
    verdict = Verdict.BAD if told_so or clock.refused else Verdict.OK
    return Check(TIMESTAMP, check.text, verdict, away + (", corrected by the tool" if clock.corrected else ""))


def _body(task: TaskRef, sent: Sent, wanted: str) -> Check:
    text = f"{sent.body_bytes} bytes, SHA-256 {sent.body_sha256}"
    if not sent.body_sha256:
        return Check(BODY, "", Verdict.UNKNOWN, "could not be read on its way")
    if sent.body_sha256 == wanted:
        return Check(BODY, text, Verdict.OK, "as signed")
    return Check(
        BODY, text, Verdict.BAD, f"was {len(compose(task))} bytes, SHA-256 {wanted} when it was signed", changed=True
    )


def _signed_lines(canon: Canon) -> Headers:
    return (SCOPE, canon.scope), (SIGNED_HEADERS, canon.signed_headers), (CANONICAL, canon.hashed_request)


def _signed_checks(meant: Meant, canon: Canon) -> tuple[Check, ...]:
    """What was signed, recomputed: the tool's own arithmetic."""
    same = meant.canonical == digest(canon.canonical_request)
    hashed = (Verdict.OK, "recomputed = signed") if same else (Verdict.BAD, "another text was signed")
    return (
        Check(SCOPE, canon.scope, Verdict.OK, "date matches the timestamp"),
        Check(SIGNED_HEADERS, canon.signed_headers, Verdict.OK, "as the service wants them"),
        Check(CANONICAL, canon.hashed_request, *hashed),
    )


def _key_checks(task: TaskRef, endpoint: Endpoint, meant: Meant, credential: Credential | None) -> tuple[Check, ...]:
    whose = f"{meant.key} from {meant.key_source}" if meant.key_source else meant.key
    if credential is None:
        unknown = Check(SIGNATURE, "****", Verdict.UNKNOWN, "no key here to recompute it with")
        return Check(SECRET_ID, whose, Verdict.UNKNOWN, "no key here to compare it with"), unknown
    if credential.masked_id != meant.key:
        why = f"the key here is another one, {credential.masked_id}"
        return Check(SECRET_ID, whose, Verdict.UNKNOWN, why), Check(SIGNATURE, "****", Verdict.UNKNOWN, why)
    own = Check(SECRET_ID, whose, Verdict.OK, "the key at hand")
    recomputed = ask(task, credential, endpoint, meant.timestamp_s, meant.language).signature
    if digest(recomputed.authorization) == meant.authorization:
        return own, Check(SIGNATURE, "****", Verdict.OK, "verified locally: recomputed = signed")
    return own, Check(SIGNATURE, "****", Verdict.BAD, "another SecretKey signed it than the one at hand")
