"""Requests as they leave, and what may be done to them before they do."""

import hashlib
from collections.abc import Callable

from tui.core.entry import Fault, Poll, Reason, Seen, Skew
from tui.core.secret import Credential, Secret
from tui.core.task import TaskRef
from tui.protocol.endpoint import Endpoint
from tui.protocol.errors import explain
from tui.protocol.evidence import Answered, Evidence, Headers, Sent, Timing, masked
from tui.protocol.inspection import Inspection, inspect
from tui.protocol.messages import ask, own_headers

TASK = TaskRef("ap-singapore", 1400000000, "-m9Ghi1U7upt0+aR8QqgE.")
ENDPOINT = Endpoint("https", "trtc.intl.tencentcloudapi.com")
KEY = Credential(
    Secret("AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE"),
    Secret("CanaryKeyEXAMPLE0000000000000000"),
    Secret("CanaryTokenEXAMPLE"),
    source="keyring",
)
OTHER_SECRET = Credential(KEY.secret_id, Secret("AnotherKeyEXAMPLE000000000000000"), KEY.token)
OTHER_KEY = Credential(Secret("AKIDyyyyyyyyyyyyyyyyyyyyyyyyEXAMPLE2"), Secret("AnotherKeyEXAMPLE000000000000000"))
AGENT = "trtc-tui/0.1.0"
NOON_S = 1_772_433_534
ANSWER = Answered("HTTP/1.1", 200, "OK", (("Server", "nginx"), ("Date", "Mon, 02 Mar 2026 06:38:54 GMT")))

NO_TIMING = Timing()

Change = Callable[[Headers], Headers]


def unchanged(headers: Headers) -> Headers:
    return headers


def evidence(
    change: Change = unchanged,
    change_body: Callable[[bytes], bytes] = bytes,
    *,
    key: Credential = KEY,
    request_line: tuple[str, str] = ("POST", "/"),
    timestamp_s: int = NOON_S,
    answered: Answered | None = ANSWER,
    timing: Timing = NO_TIMING,
    proxy: str = "",
) -> Evidence:
    """What is left of a request whose headers or body something changed after it was signed."""
    question = ask(TASK, key, ENDPOINT, timestamp_s)
    length = ("Content-Length", str(len(question.body)))
    headers = change((*question.headers, *own_headers(AGENT), length))
    body = change_body(question.body)
    shown = tuple((name, masked(name, value, key.masked_id)) for name, value in headers)
    sent = Sent(*request_line, shown, hashlib.sha256(body).hexdigest(), len(body))
    return Evidence(question.meant(key, AGENT), sent, answered, timing, "43.1.2.3:443", proxy)


def poll(answer: str = "InProgress", ahead_s: float | None = 0) -> Poll:
    """The poll that left it behind. `answer` with a dot is an error code.

    Args:
        ahead_s: how far this host's clock was ahead of the service's; None: no answer told.
    """
    told = Seen(answer, NOON_S * 1000)
    fault = Fault(explain(answer).fault_class, answer, "as told by a test", 200)
    skew = None if ahead_s is None else Skew(round(-ahead_s * 1_000_000), 600_000)
    sent_us = NOON_S * 1_000_000 + 250_000
    return Poll(TASK, sent_us, 41_000, Reason.BASE, fault if "." in answer else told, "r-1", skew)


def inspected(
    left: Evidence | None, asked: Poll | None = None, key: Credential | None = KEY, *, accepted: bool = False
) -> Inspection:
    return inspect(asked or poll(), left, ENDPOINT, key, frame=318, accepted=accepted)
