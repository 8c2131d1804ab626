"""Who or what is to blame for one answer: one word, one sentence, whose move it is, and what to do."""

from collections.abc import Callable
from enum import StrEnum

from msgspec import Struct

from tui.core.entry import Fault, Poll
from tui.core.fault import FaultClass
from tui.protocol.checks import BODY, CANONICAL, SECRET_ID, SIGNATURE, TIMESTAMP, Check, Verdict
from tui.protocol.clock_look import CLOCK_LIMIT_S, SECOND_US, ClockLook
from tui.protocol.errors import Owner, explain
from tui.protocol.evidence import Evidence, Timing


class Culprit(StrEnum):
    """The values are the words on the screen."""

    NOTHING = "nothing wrong"
    CLOCK = "clock"
    KEY = "key"
    PROXY = "proxy"
    """Something between what was signed and Tencent, on this host or behind it, changed a line."""
    BODY = "body"
    NETWORK = "network"
    LIMIT = "limit"
    SERVICE = "service"
    QUESTION = "question"
    """What was asked: a region, an SdkAppId, a TaskId."""


class Blame(Struct, frozen=True):
    """The finding of an inspection."""

    culprit: Culprit
    why: str
    """Sentences."""
    owner: Owner
    todo: str
    """What the owner does next; empty when nothing is to be done."""
    subject: str = ""
    """The line to blame, `Check.subject`; empty for none."""


_REWRITES = (
    "Something rewrites requests after they are signed: look for a proxy, or an agent that patches HTTP clients."
)
_WRITTEN_BY_OTHERS = frozenset(
    f"Transport.{name}" for name in ("HttpStatus", "Redirect", "Html", "NotJson", "NoResponse", "ProxyRefused")
)
_REPORT = "Update trtc-tui; if it stays, report it with the text of this inspection."
_EXPIRED = "AuthFailure.SignatureExpire"
SIGNATURE_FAILURE = "AuthFailure.SignatureFailure"
_BY_CLASS = {
    FaultClass.AUTH: Culprit.KEY,
    FaultClass.CLOCK: Culprit.CLOCK,
    FaultClass.NETWORK: Culprit.NETWORK,
    FaultClass.THROTTLED: Culprit.LIMIT,
    FaultClass.SERVICE: Culprit.SERVICE,
    FaultClass.OURS: Culprit.QUESTION,
}
_STEPS: dict[str, tuple[str, Callable[[Timing], int | None]]] = {
    "connect": ("name and TCP connection", lambda timing: timing.connect_us),
    "tls": ("TLS", lambda timing: timing.tls_us),
    "send": ("sending", lambda timing: timing.send_us),
    "wait": ("waiting for the answer", lambda timing: timing.wait_us),
    "receive": ("receiving the answer", lambda timing: timing.receive_us),
}
"""By `Timing.broke_in`: in words, and how long it took."""


def blame(
    poll: Poll, evidence: Evidence | None, checks: tuple[Check, ...], clock: ClockLook | None, *, accepted: bool = False
) -> Blame:
    """The first thing that explains the answer: a line that is bad before a code that only says so.

    Args:
        accepted: the service has taken a signature of the same key, lately.
    """
    bad = [check for check in checks if check.verdict is Verdict.BAD]
    fault = poll.answer if isinstance(poll.answer, Fault) else None
    for check in bad:
        if check.changed:
            return _rewritten(check, fault)
    for check in bad:
        if check.subject == CANONICAL:
            return Blame(
                Culprit.QUESTION,
                f"The tool signed another text than it should have. {check.why}.",
                Owner.US,
                _REPORT,
                CANONICAL,
            )
    if (fault is not None and fault.fault_class is FaultClass.CLOCK) or any(one.subject == TIMESTAMP for one in bad):
        return _clock(fault, clock)
    if fault is None or fault.fault_class is FaultClass.END:
        return _nothing(poll, evidence, fault)
    if any(check.subject == SIGNATURE for check in bad):
        return _other_key(fault, evidence)
    if fault.code == SIGNATURE_FAILURE:
        return _key_or_path(fault, evidence, checks, accepted=accepted)
    if fault.fault_class is FaultClass.NETWORK:
        return _network(fault, evidence)
    return _by_code(fault, evidence)


def _rewritten(check: Check, fault: Fault | None) -> Blame:
    """A line that is not what was made."""
    culprit = Culprit.BODY if check.subject == BODY else Culprit.PROXY
    outcome = "The service took it all the same." if fault is None else f"The answer is {fault.code}."
    what = (
        f"{check.subject} {check.why}"
        if culprit is Culprit.PROXY
        else "The body that left is not the one that was signed"
    )
    return Blame(culprit, f"{what}. {outcome}", Owner.HOST_ADMIN, _REWRITES, check.subject)


def _clock(fault: Fault | None, clock: ClockLook | None) -> Blame:
    info = explain(fault.code if fault is not None else _EXPIRED)
    return Blame(
        Culprit.CLOCK, f"{clock_sentence(clock)} The key is NOT the problem.", info.owner, info.advice, TIMESTAMP
    )


def clock_sentence(clock: ClockLook | None) -> str:
    """How far this host is from Tencent, how sure that is, and what is allowed."""
    limit = f"limit {CLOCK_LIMIT_S} s."
    if clock is None:
        return f"the timestamp is too far from Tencent's clock, and no Date header tells how far; {limit}"
    seconds = round(clock.host_ahead_us / SECOND_US)
    side = "ahead of" if seconds > 0 else "behind"
    where = f"{abs(seconds)} s {side} Tencent" if seconds else "at Tencent's time"
    return f"this host is {where} (Date header, +-{clock.error_us / SECOND_US:.1f} s); {limit}"


def _other_key(fault: Fault, evidence: Evidence | None) -> Blame:
    key = evidence.meant.key if evidence is not None else "the SecretId"
    why = (
        f"The request was signed with another SecretKey than the one now stored for {key}. The answer is {fault.code}."
    )
    return Blame(Culprit.KEY, why, Owner.US, explain(fault.code).advice, SIGNATURE)


def _nothing(poll: Poll, evidence: Evidence | None, fault: Fault | None) -> Blame:
    answered = f"Answered in {poll.latency_us / 1000:.0f} ms"
    kept = "every line left as it was made" if evidence is not None else "nothing is kept of what was sent"
    if fault is None:
        return Blame(Culprit.NOTHING, f"{answered}; {kept}.", Owner.NOBODY, "")
    info = explain(fault.code)
    return Blame(Culprit.NOTHING, f"{answered}; {kept}. {fault.code}: {info.meaning}.", info.owner, info.advice)


def _key_or_path(fault: Fault, evidence: Evidence | None, checks: tuple[Check, ...], *, accepted: bool) -> Blame:
    """The service computes another signature from what it received than from what left here."""
    if evidence is None:
        return _by_code(fault, evidence)
    suspects = _between(evidence)
    verified = any(check.subject == SIGNATURE and check.verdict is Verdict.OK for check in checks)
    right = "recomputed = sent" if verified else "what left is what was signed"
    if suspects or accepted:
        by = f" ({', '.join(suspects)})" if suspects else ""
        changed = f"something on the way{by} changed host, content-type or body"
        known = f"this key was accepted before: {changed}" if accepted else f"{changed}, or the SecretKey is wrong"
        why = f"Everything left here as it should ({right}), and {known}."
        return Blame(Culprit.PROXY, why, Owner.NETWORK, "Ask without the proxy, or have it leave this host alone.")
    why = f"Everything left here as it should ({right}), so the SecretKey is not the one of {evidence.meant.key}."
    return Blame(Culprit.KEY, why, Owner.US, explain(fault.code).advice, SIGNATURE)


def _between(evidence: Evidence) -> list[str]:
    """What is known to stand between this host and Tencent."""
    found = [f"proxy {evidence.proxy}"] if evidence.proxy else []
    if evidence.answered is not None:
        found += [f"Via: {value}" for name, value in evidence.answered.headers if name.lower() == "via"]
    return found


def _network(fault: Fault, evidence: Evidence | None) -> Blame:
    info = explain(fault.code)
    parts = [f"{info.meaning}: {fault.message}."]
    if evidence is not None:
        parts += _where_it_broke(evidence.timing)
        parts += [f"On the way: {', '.join(suspects)}." for suspects in (_between(evidence),) if suspects]
        if fault.code in _WRITTEN_BY_OTHERS and evidence.answered is not None:
            parts += [f"Server: {value}." for name, value in evidence.answered.headers if name.lower() == "server"]
    return Blame(Culprit.NETWORK, " ".join(parts), info.owner, info.advice)


def _where_it_broke(timing: Timing) -> list[str]:
    if timing.broke_in not in _STEPS:
        return []
    words, took = _STEPS[timing.broke_in]
    took_us = took(timing)
    return [f"It broke off in {words}" + (f", after {took_us / SECOND_US:.1f} s." if took_us is not None else ".")]


def _by_code(fault: Fault, evidence: Evidence | None) -> Blame:
    info = explain(fault.code)
    culprit = _BY_CLASS[fault.fault_class]
    whose = (
        f" {evidence.meant.key} from {evidence.meant.key_source}."
        if evidence is not None and culprit is Culprit.KEY
        else ""
    )
    return Blame(culprit, f"{fault.code}: {info.meaning}.{whose}", info.owner, info.advice, SECRET_ID if whose else "")
