"""One changed byte makes one line bad, and that line is blamed."""

from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.protocol.sent import KEY, NOON_S, OTHER_KEY, OTHER_SECRET, TASK, Change, evidence, inspected, poll
from tests.protocol.test_signing import EXAMPLE, SIGNING_KEY_OF_MARCH_2
from tests.protocol.test_signing import NOON_S as VECTOR_S
from tui.core.entry import Poll, Reason, Seen
from tui.core.task import TaskRef
from tui.protocol.blame import Culprit
from tui.protocol.checks import BODY, CANONICAL, REQUEST_LINE, SECRET_ID, SIGNATURE, Verdict
from tui.protocol.endpoint import Endpoint
from tui.protocol.evidence import Evidence, Headers
from tui.protocol.inspection import Inspection, inspect
from tui.protocol.messages import ask, compose
from tui.protocol.signing import derived_key

NAMES = (
    "Host",
    "Content-Type",
    "X-TC-Action",
    "X-TC-Version",
    "X-TC-Region",
    "X-TC-Timestamp",
    "X-TC-Language",
    "Authorization",
    "X-TC-Token",
    "User-Agent",
    "Accept-Encoding",
    "Content-Length",
)


def bad(inspection: Inspection) -> list[str]:
    return [check.subject for check in inspection.checks if check.verdict is Verdict.BAD]


def with_value(name: str, change: Callable[[str], str]) -> Change:
    return lambda headers: tuple((n, change(v) if n == name else v) for n, v in headers)


def with_name(name: str, change: Callable[[str], str]) -> Change:
    return lambda headers: tuple((change(n) if n == name else n, v) for n, v in headers)


def without(name: str) -> Change:
    return lambda headers: tuple(pair for pair in headers if pair[0] != name)


def twice(name: str) -> Change:
    return lambda headers: tuple(pair for each in headers for pair in ((each, each) if each[0] == name else (each,)))


class ChangeText:
    """Changes the character at a place, counted round and round, to another one."""

    def __init__(self, place: int, by: int) -> None:
        self._place = place
        self._by = by

    def __call__(self, text: str) -> str:
        place = self._place % len(text)
        code = 33 + (ord(text[place]) - 33 + self._by) % 94
        return text[:place] + chr(code) + text[place + 1 :]


ChangeWhere = Callable[[str, Callable[[str], str]], Change]

changes = st.builds(ChangeText, st.integers(0, 10_000), st.integers(1, 93))
names = st.sampled_from(NAMES)


def test_a_request_that_nobody_touched_is_right_in_every_line() -> None:
    inspection = inspected(evidence())
    assert {check.verdict for check in inspection.checks} == {Verdict.OK}
    assert [check.subject for check in inspection.checks[:13]] == [REQUEST_LINE, *NAMES]
    assert (inspection.blame.culprit, inspection.blame.todo) == (Culprit.NOTHING, "")


@given(names, changes)
def test_another_value_makes_its_line_bad_and_no_other(name: str, change: ChangeText) -> None:
    inspection = inspected(evidence(with_value(name, change)))
    assert bad(inspection) == [name]
    assert (inspection.blame.culprit, inspection.blame.subject) == (Culprit.PROXY, name)


@given(names, changes)
def test_another_name_makes_the_line_bad_that_is_missing_now(name: str, change: ChangeText) -> None:
    renamed = change(name)
    if renamed.lower() in {other.lower() for other in NAMES}:
        return
    inspection = inspected(evidence(with_name(name, change)))
    assert bad(inspection) == [name]
    assert inspection.blame.subject == name
    other = inspection.check(renamed)
    assert other is not None
    assert other.verdict is Verdict.UNKNOWN


@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_other_letters_is_the_same_name(name: str) -> None:
    assert not bad(inspected(evidence(with_name(name, str.swapcase))))


@pytest.mark.parametrize("change", [without, twice])
@pytest.mark.parametrize("name", NAMES)
def test_a_header_that_is_missing_or_doubled(name: str, change: Callable[[str], Change]) -> None:
    inspection = inspected(evidence(change(name)))
    assert bad(inspection) == [name]
    assert (inspection.blame.culprit, inspection.blame.subject) == (Culprit.PROXY, name)


def test_a_header_that_was_added() -> None:
    inspection = inspected(evidence(lambda headers: (*headers, ("X-Forwarded-For", "10.0.0.1"))))
    assert bad(inspection) == ["X-Forwarded-For"]
    assert "none of ours" in inspection.blame.why


@given(st.integers(0, len(compose(TASK)) - 1), st.integers(1, 255))
def test_one_byte_of_the_body(place: int, by: int) -> None:
    def change(body: bytes) -> bytes:
        return body[:place] + bytes([(body[place] + by) % 256]) + body[place + 1 :]

    inspection = inspected(evidence(change_body=change), poll("AuthFailure.SignatureFailure"))
    assert bad(inspection) == [BODY]
    assert (inspection.blame.culprit, inspection.blame.subject) == (Culprit.BODY, BODY)


@pytest.mark.parametrize("line", [("GET", "/"), ("POST", "//"), ("POST", "/?a=b")])
def test_the_request_line(line: tuple[str, str]) -> None:
    inspection = inspected(evidence(request_line=line))
    assert bad(inspection) == [REQUEST_LINE]
    assert inspection.blame.culprit is Culprit.PROXY


def test_a_signature_of_another_secret_key() -> None:
    inspection = inspected(evidence(key=OTHER_SECRET), poll("AuthFailure.SignatureFailure"))
    assert bad(inspection) == [SIGNATURE]
    assert (inspection.blame.culprit, inspection.blame.subject) == (Culprit.KEY, SIGNATURE)


@pytest.mark.parametrize("key", [None, OTHER_KEY])
def test_without_the_key_only_the_key_is_unknown(key: None) -> None:
    inspection = inspected(evidence(), key=key)
    unknown = {check.subject for check in inspection.checks if check.verdict is Verdict.UNKNOWN}
    assert unknown == {SECRET_ID, SIGNATURE}
    assert not bad(inspection)


def test_a_text_that_was_signed_though_it_should_not_have_been() -> None:
    left = evidence()
    inspection = inspect(poll(), left, Endpoint("https", "trtc.tencentcloudapi.com"), None)
    assert bad(inspection) == ["Host", CANONICAL]


def test_what_was_never_sent_is_not_judged() -> None:
    left = msgspec.structs.replace(evidence(answered=None), sent=None)
    inspection = inspected(left, poll("Transport.ConnectFailed", None))
    line = inspection.check(REQUEST_LINE)
    assert line is not None
    assert (line.verdict, line.why) == (Verdict.UNKNOWN, "not a byte was sent")
    assert inspection.blame.culprit is Culprit.NETWORK


def test_without_evidence_the_request_is_rebuilt_and_not_judged() -> None:
    inspection = inspected(None)
    assert {check.verdict for check in inspection.checks} == {Verdict.UNKNOWN}
    assert all("rebuilt" in check.why for check in inspection.checks)
    assert inspection.canon.canonical_request == ask(TASK, KEY, inspection.endpoint, NOON_S).signature.canonical_request
    assert inspection.body == compose(TASK)
    assert inspection.blame.culprit is Culprit.NOTHING


VECTOR_TASK = TaskRef("ap-singapore", 1400000000, "m9-bVVU7nhKM5X3GsED6KNGVG********ndibWSn631uT6pbhE4PcPDSsggE.")


def test_the_documented_vector_is_what_an_inspection_recomputes() -> None:
    """V1b of tencent-api.md: compact, SdkAppId first."""
    asked = Poll(VECTOR_TASK, VECTOR_S * 1_000_000, 41_000, Reason.BASE, Seen("Idle", 1))
    inspection = inspect(asked, None, Endpoint("https", "trtc.intl.tencentcloudapi.com"), None)
    assert inspection.canon.hashed_payload == "4b701bf9a1bfccdaab8f33cc5dc6d633896f1e57b55d0136044371394630b4a7"
    assert inspection.canon.hashed_request == "a089819d947f4cc3f552169e3bc28aec14b1bb051d50c94e5fa5e6df2f3834ad"
    assert inspection.canon.scope == "2026-03-02/trtc/tc3_request"
    assert derived_key(EXAMPLE.secret_key, "2026-03-02", "trtc").hex() == SIGNING_KEY_OF_MARCH_2


@given(names, changes, st.sampled_from([with_value, with_name]))
def test_evidence_and_inspection_hold_no_secret(name: str, change: ChangeText, where: ChangeWhere) -> None:
    for left in (evidence(where(name, change)), evidence()):
        told = msgspec.json.encode(left).decode() + repr(inspected(left))
        signature = ask(TASK, KEY, inspected(left).endpoint, NOON_S).signature.signature
        for secret in (KEY.secret_key.reveal(), "CanaryTokenEXAMPLE", KEY.secret_id.reveal()[4:-4], signature):
            assert secret[:12] not in told
            assert secret[-12:] not in told


@given(st.binary(max_size=40), names)
def test_evidence_comes_back_as_it_was(value: bytes, name: str) -> None:
    def change(headers: Headers) -> Headers:
        return (*headers, (name, value.decode("latin-1")))

    left = evidence(change)
    assert msgspec.json.decode(msgspec.json.encode(left), type=Evidence) == left
