import json
from collections.abc import Mapping

import pytest
from msgspec.structs import replace

from tui.core.secret import Credential, Secret
from tui.core.task import TaskRef
from tui.protocol.signing import sign
from tui.simulator.keys import DEMO_CREDENTIAL, DEMO_SECRET_ID, TEMPORARY_CREDENTIAL, TEMPORARY_TOKEN
from tui.simulator.verify import MAX_BODY_BYTES, WINDOW_S, ApiError, Received, verify

NOW_S = 1_772_409_600
"""The first second of a UTC day: the second before belongs to another date."""

HOST = "trtc.intl.tencentcloudapi.com"
FIELDS = {"SdkAppId": 1_400_000_000, "TaskId": "-m9+bVV_7nhK."}
TASK = TaskRef("ap-singapore", 1_400_000_000, "-m9+bVV_7nhK.")
KEYS = {credential.secret_id.reveal(): credential for credential in (DEMO_CREDENTIAL, TEMPORARY_CREDENTIAL)}


def request(
    *,
    fields: object = FIELDS,
    body: bytes | None = None,
    credential: Credential = DEMO_CREDENTIAL,
    timestamp_s: int = NOW_S,
    service: str = "trtc",
    content_type: str = "application/json",
    extra_headers: tuple[tuple[str, str], ...] = (),
) -> Received:
    """A correct request but for what the arguments say; it is signed as it is."""
    body = json.dumps(fields).encode() if body is None else body
    signature = sign(
        credential,
        host=HOST,
        service=service,
        body=body,
        timestamp_s=timestamp_s,
        content_type=content_type,
        extra_headers=extra_headers,
    )
    headers = {
        "host": HOST,
        "content-type": content_type,
        "authorization": signature.authorization,
        "x-tc-action": "DescribeCloudTranscription",
        "x-tc-version": "2019-07-22",
        "x-tc-region": "ap-singapore",
        "x-tc-timestamp": str(timestamp_s),
    }
    if credential.token:
        headers["x-tc-token"] = credential.token.reveal()
    return Received("POST", "/", headers | dict(extra_headers), body)


def with_headers(changes: Mapping[str, str | None]) -> Received:
    """A correct request whose headers were changed after signing; None takes one away."""
    sound = request()
    headers = {**sound.headers, **changes}
    return replace(sound, headers={name: value for name, value in headers.items() if value is not None})


def authorization(old: str, new: str) -> Received:
    return with_headers({"authorization": request().headers["authorization"].replace(old, new)})


def accepted(received: Received) -> TaskRef:
    return verify(received, KEYS, NOW_S * 1_000_000)


def refusal(received: Received) -> str:
    with pytest.raises(ApiError) as raised:
        accepted(received)
    assert raised.value.message
    return raised.value.code


def test_a_correct_request_names_its_task() -> None:
    assert accepted(request()) == TASK


def test_further_headers_may_be_signed() -> None:
    extra = (("x-tc-action", "DescribeCloudTranscription"),)

    assert accepted(request(extra_headers=extra)) == TASK


def test_a_charset_is_accepted_when_it_was_signed() -> None:
    assert accepted(request(content_type="application/json; charset=utf-8")) == TASK


def test_a_temporary_key_is_accepted_with_its_token() -> None:
    assert accepted(request(credential=TEMPORARY_CREDENTIAL)) == TASK


SHAPES = {
    "GET": (replace(request(), method="GET"), "UnsupportedProtocol"),
    "another path": (replace(request(), path="/describe"), "InvalidParameter"),
    "a huge body": (request(body=b"x" * (MAX_BODY_BYTES + 1)), "RequestSizeLimitExceeded"),
    "no host": (with_headers({"host": None}), "MissingParameter"),
    "no content type": (with_headers({"content-type": None}), "MissingParameter"),
    "a form": (request(content_type="application/x-www-form-urlencoded"), "InvalidParameter"),
    "no action": (with_headers({"x-tc-action": None}), "MissingParameter"),
    "no version": (with_headers({"x-tc-version": None}), "MissingParameter"),
    "no timestamp": (with_headers({"x-tc-timestamp": None}), "MissingParameter"),
    "no region": (with_headers({"x-tc-region": None}), "MissingParameter"),
    "milliseconds": (with_headers({"x-tc-timestamp": f"{NOW_S}000"}), "InvalidParameter"),
    "a fraction": (with_headers({"x-tc-timestamp": f"{NOW_S}.5"}), "InvalidParameter"),
    "another action": (with_headers({"x-tc-action": "DescribeCloudRecording"}), "InvalidAction"),
    "another version": (with_headers({"x-tc-version": "2018-01-01"}), "NoSuchVersion"),
    "another region": (with_headers({"x-tc-region": "eu-frankfurt"}), "UnsupportedRegion"),
}

AUTHORIZATIONS = {
    "none": (with_headers({"authorization": None}), "AuthFailure.InvalidAuthorization"),
    "another algorithm": (authorization("TC3-HMAC-SHA256", "TC2"), "AuthFailure.InvalidAuthorization"),
    "no space after the commas": (authorization(", ", ","), "AuthFailure.InvalidAuthorization"),
    "yesterday": (authorization("2026-03-02", "2026-03-01"), "AuthFailure.InvalidAuthorization"),
    "another service": (request(service="cvm"), "AuthFailure.InvalidAuthorization"),
    "an unknown key": (authorization(DEMO_SECRET_ID, "AKIDEXAMPLEnobody"), "AuthFailure.SecretIdNotFound"),
    "a wrong secret": (
        request(credential=Credential(Secret(DEMO_SECRET_ID), Secret("EXAMPLEwrong"))),
        "AuthFailure.SignatureFailure",
    ),
    "another host": (with_headers({"host": "proxy.example"}), "AuthFailure.SignatureFailure"),
    "a charset added later": (
        with_headers({"content-type": "application/json; charset=utf-8"}),
        "AuthFailure.SignatureFailure",
    ),
    "another body": (replace(request(), body=request().body + b" "), "AuthFailure.SignatureFailure"),
    "another second": (with_headers({"x-tc-timestamp": str(NOW_S + 1)}), "AuthFailure.SignatureFailure"),
    "host not signed": (authorization("content-type;host", "content-type"), "AuthFailure.SignatureFailure"),
    "names not in order": (authorization("content-type;host", "host;content-type"), "AuthFailure.SignatureFailure"),
    "a signed header that was not sent": (
        authorization("content-type;host", "content-type;host;x-tc-none"),
        "AuthFailure.SignatureFailure",
    ),
    "a token for a lasting key": (with_headers({"x-tc-token": TEMPORARY_TOKEN}), "AuthFailure.TokenFailure"),
    "a wrong token": (
        request(credential=replace(TEMPORARY_CREDENTIAL, token=Secret("TOKENEXAMPLEwrong"))),
        "AuthFailure.TokenFailure",
    ),
    "no token for a temporary key": (
        request(credential=replace(TEMPORARY_CREDENTIAL, token=None)),
        "AuthFailure.TokenFailure",
    ),
}

BODIES = {
    "no JSON": (request(body=b"SdkAppId=1"), "InvalidParameter"),
    "no UTF-8": (request(body=b'"\xff"'), "InvalidParameter"),
    "nested too deep": (request(body=b"[" * 100_000), "InvalidParameter"),
    "a list": (request(fields=[1]), "InvalidParameter"),
    "nothing": (request(fields={}), "MissingParameter.SdkAppId"),
    "no SdkAppId": (request(fields={"TaskId": "t."}), "MissingParameter.SdkAppId"),
    "no TaskId": (request(fields={"SdkAppId": 1}), "MissingParameter.TaskId"),
    "one more": (request(fields={**FIELDS, "RoomId": "1"}), "UnknownParameter"),
    "SdkAppId as a text": (request(fields={**FIELDS, "SdkAppId": "1400000000"}), "InvalidParameter.SdkAppId"),
    "SdkAppId true": (request(fields={**FIELDS, "SdkAppId": True}), "InvalidParameter.SdkAppId"),
    "SdkAppId 0": (request(fields={**FIELDS, "SdkAppId": 0}), "InvalidParameter.SdkAppId"),
    "SdkAppId too large": (request(fields={**FIELDS, "SdkAppId": 2**64}), "InvalidParameter.SdkAppId"),
    "TaskId as a number": (request(fields={**FIELDS, "TaskId": 7}), "InvalidParameter"),
    "TaskId empty": (request(fields={**FIELDS, "TaskId": ""}), "InvalidParameter"),
}


@pytest.mark.parametrize(("received", "code"), SHAPES.values(), ids=SHAPES)
def test_shape(received: Received, code: str) -> None:
    assert refusal(received) == code


@pytest.mark.parametrize(("received", "code"), AUTHORIZATIONS.values(), ids=AUTHORIZATIONS)
def test_authorization(received: Received, code: str) -> None:
    assert refusal(received) == code


@pytest.mark.parametrize(("received", "code"), BODIES.values(), ids=BODIES)
def test_body(received: Received, code: str) -> None:
    assert refusal(received) == code


@pytest.mark.parametrize("off_s", [-WINDOW_S, WINDOW_S])
def test_the_window_is_five_minutes_either_way(off_s: int) -> None:
    beyond_s = off_s + (1 if off_s > 0 else -1)

    assert accepted(request(timestamp_s=NOW_S + off_s)) == TASK
    assert refusal(request(timestamp_s=NOW_S + beyond_s)) == "AuthFailure.SignatureExpire"


def test_an_expired_request_is_told_before_an_unknown_key() -> None:
    nobody = Credential(Secret("AKIDEXAMPLEnobody"), Secret("EXAMPLEnobody"))

    assert refusal(request(credential=nobody, timestamp_s=NOW_S - 3600)) == "AuthFailure.SignatureExpire"
