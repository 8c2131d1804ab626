"""Who is to blame, for every way in which a request can fail."""

import pytest

from tests.protocol.sent import NOON_S, evidence, inspected, poll
from tui.core.fault import FaultClass
from tui.protocol.blame import Culprit
from tui.protocol.checks import TIMESTAMP, Verdict
from tui.protocol.errors import ERRORS, Owner
from tui.protocol.evidence import Answered, Evidence, Timing

CULPRITS = {
    FaultClass.END: Culprit.NOTHING,
    FaultClass.OURS: Culprit.QUESTION,
    FaultClass.AUTH: Culprit.KEY,
    FaultClass.CLOCK: Culprit.CLOCK,
    FaultClass.THROTTLED: Culprit.LIMIT,
    FaultClass.SERVICE: Culprit.SERVICE,
    FaultClass.NETWORK: Culprit.NETWORK,
}

VIA = Answered("HTTP/1.1", 200, "OK", (("Via", "1.1 squid"),))
NGINX_502 = Answered("HTTP/1.1", 502, "Bad Gateway", (("Server", "nginx"),))


@pytest.mark.parametrize("code", [code for code in ERRORS if "." in code])
@pytest.mark.parametrize("left", [evidence(), None])
def test_every_code_has_a_culprit_an_owner_and_a_next_step(code: str, left: Evidence | None) -> None:
    found = inspected(left, poll(code)).blame
    assert found.culprit is CULPRITS[ERRORS[code].fault_class]
    assert found.owner is ERRORS[code].owner
    assert found.why
    assert found.todo


def test_a_clock_that_is_ahead() -> None:
    inspection = inspected(evidence(), poll("AuthFailure.SignatureExpire", 412))
    line = inspection.check(TIMESTAMP)
    assert line is not None
    assert (line.verdict, line.why) == (Verdict.BAD, "412 s ahead of Tencent")
    assert inspection.blame.culprit is Culprit.CLOCK
    assert inspection.blame.why == (
        "this host is 412 s ahead of Tencent (Date header, +-0.6 s); limit 300 s. The key is NOT the problem."
    )
    assert inspection.blame.owner is Owner.HOST_ADMIN


def test_a_clock_that_is_behind() -> None:
    inspection = inspected(evidence(), poll("AuthFailure.SignatureExpire", -3_600))
    assert "this host is 3600 s behind Tencent" in inspection.blame.why


def test_a_clock_that_nobody_told_of() -> None:
    inspection = inspected(evidence(answered=None), poll("AuthFailure.SignatureExpire", None))
    assert inspection.blame.culprit is Culprit.CLOCK
    assert "no Date header tells how far" in inspection.blame.why


def test_a_clock_that_is_wrong_and_corrected_is_not_to_blame() -> None:
    inspection = inspected(evidence(timestamp_s=NOON_S - 412), poll("InProgress", 412))
    line = inspection.check(TIMESTAMP)
    assert line is not None
    assert (line.verdict, line.why) == (Verdict.OK, "Tencent's time, corrected by the tool")
    assert inspection.blame.culprit is Culprit.NOTHING


@pytest.mark.parametrize("ahead_s", [0, 299, -299])
def test_a_clock_within_the_limit_is_not_to_blame(ahead_s: float) -> None:
    assert inspected(evidence(), poll("InProgress", ahead_s)).blame.culprit is Culprit.NOTHING


def test_a_signature_that_is_right_here_and_refused_there_is_the_keys_fault() -> None:
    found = inspected(evidence(), poll("AuthFailure.SignatureFailure")).blame
    assert found.culprit is Culprit.KEY
    assert "recomputed = sent" in found.why
    assert "AKID..MPLE" in found.why


def test_unless_something_stands_between() -> None:
    for left in (evidence(proxy="10.0.0.1:3128"), evidence(answered=VIA)):
        found = inspected(left, poll("AuthFailure.SignatureFailure")).blame
        assert found.culprit is Culprit.PROXY
        assert "or the SecretKey is wrong" in found.why
    assert "Via: 1.1 squid" in found.why


def test_or_the_same_key_was_accepted_before() -> None:
    found = inspected(evidence(), poll("AuthFailure.SignatureFailure"), accepted=True).blame
    assert found.culprit is Culprit.PROXY
    assert "this key was accepted before" in found.why


def test_without_a_key_nobody_claims_to_have_recomputed_it() -> None:
    found = inspected(evidence(), poll("AuthFailure.SignatureFailure"), None).blame
    assert "recomputed" not in found.why


def test_a_connection_that_broke_tells_where_and_after_how_long() -> None:
    left = evidence(answered=None, timing=Timing(connect_us=3_000_000, broke_in="connect"))
    found = inspected(left, poll("Transport.ConnectTimeout", None)).blame
    assert "It broke off in name and TCP connection, after 3.0 s." in found.why


def test_an_answer_that_somebody_else_wrote_tells_who() -> None:
    left = evidence(answered=NGINX_502, proxy="10.0.0.1:3128")
    found = inspected(left, poll("Transport.Html", None)).blame
    assert "On the way: proxy 10.0.0.1:3128. Server: nginx." in found.why


def test_what_was_changed_and_accepted_all_the_same_is_told() -> None:
    found = inspected(evidence(lambda headers: headers[:-1]), poll()).blame
    assert found.culprit is Culprit.PROXY
    assert "accepted" not in found.why
    assert found.why == "Content-Length was not sent. The service took it all the same."
