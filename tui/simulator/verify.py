"""What the gateway refuses, in the order in which it looks.

The codes are the documented ones (tencent-api.md §1.4, §4.3). Where the documentation names a failure but no code, or
no order, the choice is ours. The signature is recomputed with `protocol.signing`; that this is no circle is what
tests/peers shows: the official SDKs are accepted too.
"""

import hmac
import json
import re
from collections.abc import Mapping

from msgspec import Struct

from tui.core.secret import Credential
from tui.core.task import TRANSCRIPTION, TaskRef
from tui.protocol.kinds import KINDS
from tui.protocol.signing import ALGORITHM, sign, utc_date

KIND = KINDS[TRANSCRIPTION]
"""The only kind of task that is played."""

REGIONS = frozenset(region for regions in KIND.regions.values() for region in regions)
"""Of both sites together: the simulator is one host for either."""

WINDOW_S = 300
"""How far a request's timestamp may be from the server's clock."""

MAX_BODY_BYTES = 10 * 1024 * 1024
_MAX_SDK_APP_ID = 2**64 - 1

_AUTHORIZATION = re.compile(
    rf"{ALGORITHM} Credential=(?P<secret_id>[^/, ]+)/(?P<date>\d{{4}}-\d\d-\d\d)/(?P<service>[a-z]+)/tc3_request, "
    r"SignedHeaders=(?P<names>[a-z0-9-]+(?:;[a-z0-9-]+)*), Signature=(?P<signature>[0-9a-f]{64})\Z"
)


class ApiError(Exception):
    """The API's own way to fail: HTTP 200 with `Response.Error`."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message


class Received(Struct, frozen=True):
    """A request as it came off the wire. Header names are in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


def claimed_key(request: Received) -> str:
    """The SecretId that a request names, be the rest of it right or wrong; empty when it names none."""
    claim = _AUTHORIZATION.match(request.headers.get("authorization", ""))
    return claim["secret_id"] if claim else ""


def claimed_task_id(request: Received) -> str:
    """The TaskId that a request asks for, be the rest of it right or wrong; empty when it names none."""
    try:
        fields = json.loads(request.body)
    except ValueError:
        return ""
    task_id = fields.get("TaskId") if isinstance(fields, dict) else None
    return task_id if isinstance(task_id, str) else ""


def verify(request: Received, keys: Mapping[str, Credential], now_us: int) -> TaskRef:
    """The task a correct request asks for.

    Args:
        keys: accepted credentials by their SecretId.
        now_us: the server's clock, µs UTC.

    Raises:
        ApiError: the first thing that is wrong.
    """
    _check_shape(request)
    credential = _check_authorization(request, keys, now_us)
    _check_token(request, credential)
    _check_action(request)
    return _read_task(request)


def _check_shape(request: Received) -> None:
    if request.method != "POST":
        raise ApiError("UnsupportedProtocol", f"method {request.method} is not played here; send POST")
    if request.path != "/":
        raise ApiError("InvalidParameter", "the path must be /: the action goes into X-TC-Action")
    if len(request.body) > MAX_BODY_BYTES:
        raise ApiError("RequestSizeLimitExceeded", "the body is larger than 10 MB")
    for name in ("Host", "Content-Type", "X-TC-Action", "X-TC-Version", "X-TC-Timestamp"):
        if not request.headers.get(name.lower()):
            raise ApiError("MissingParameter", f"the request has no {name} header")
    if request.headers["content-type"].partition(";")[0] != "application/json":
        raise ApiError("InvalidParameter", "Content-Type must be application/json")


def _check_authorization(request: Received, keys: Mapping[str, Credential], now_us: int) -> Credential:
    stamp = request.headers["x-tc-timestamp"]
    if not re.fullmatch(r"[0-9]{1,11}", stamp):
        raise ApiError("InvalidParameter", "X-TC-Timestamp must be whole seconds since 1970")
    timestamp_s = int(stamp)
    claim = _AUTHORIZATION.match(request.headers.get("authorization", ""))
    if claim is None:
        raise ApiError("AuthFailure.InvalidAuthorization", "the Authorization header is missing or malformed")
    if claim["date"] != utc_date(timestamp_s):
        raise ApiError("AuthFailure.InvalidAuthorization", "the credential's date is not the timestamp's UTC date")
    if claim["service"] != KIND.service:
        raise ApiError("AuthFailure.InvalidAuthorization", f"the credential's service is not {KIND.service}")
    if abs(timestamp_s * 1_000_000 - now_us) > WINDOW_S * 1_000_000:
        raise ApiError("AuthFailure.SignatureExpire", "the timestamp is more than 5 minutes off the server's clock")
    credential = keys.get(claim["secret_id"])
    if credential is None:
        raise ApiError("AuthFailure.SecretIdNotFound", "the SecretId does not exist")
    _check_signature(request, credential, timestamp_s, claim)
    return credential


def _check_signature(request: Received, credential: Credential, timestamp_s: int, claim: re.Match[str]) -> None:
    names = claim["names"].split(";")
    if not {"content-type", "host"} <= set(names) <= set(request.headers):
        raise ApiError("AuthFailure.SignatureFailure", "a signed header is missing")
    expected = sign(
        credential,
        host=request.headers["host"],
        service=KIND.service,
        body=request.body,
        timestamp_s=timestamp_s,
        content_type=request.headers["content-type"],
        extra_headers=tuple((name, request.headers[name]) for name in names if name not in {"content-type", "host"}),
    )
    if expected.signed_headers != claim["names"] or not hmac.compare_digest(expected.signature, claim["signature"]):
        raise ApiError("AuthFailure.SignatureFailure", "the signature does not match")


def _check_token(request: Received, credential: Credential) -> None:
    token = request.headers.get("x-tc-token", "")
    expected = credential.token.reveal() if credential.token else ""
    if not hmac.compare_digest(token.encode(), expected.encode()):
        raise ApiError("AuthFailure.TokenFailure", "the token is missing, wrong or not for this key")


def _check_action(request: Received) -> None:
    if request.headers["x-tc-action"] != KIND.action:
        raise ApiError("InvalidAction", f"the only action played here is {KIND.action}")
    if request.headers["x-tc-version"] != KIND.version:
        raise ApiError("NoSuchVersion", f"the only version is {KIND.version}")
    region = request.headers.get("x-tc-region")
    if not region:
        raise ApiError("MissingParameter", "the request has no X-TC-Region header")
    if region not in REGIONS:
        raise ApiError("UnsupportedRegion", f"the action is offered in {', '.join(sorted(REGIONS))}")


def _read_task(request: Received) -> TaskRef:
    try:
        fields = json.loads(request.body)
    except (ValueError, RecursionError):
        raise ApiError("InvalidParameter", "the body is no JSON") from None
    if not isinstance(fields, dict):
        raise ApiError("InvalidParameter", "the body is no JSON object")
    for name in ("SdkAppId", "TaskId"):
        if name not in fields:
            raise ApiError(f"MissingParameter.{name}", f"the body has no {name}")
    unknown = sorted(fields.keys() - {"SdkAppId", "TaskId"})
    if unknown:
        raise ApiError("UnknownParameter", f"the parameter {unknown[0]} is not defined")
    sdk_app_id, task_id = fields["SdkAppId"], fields["TaskId"]
    if type(sdk_app_id) is not int or not 0 < sdk_app_id <= _MAX_SDK_APP_ID:
        raise ApiError("InvalidParameter.SdkAppId", "SdkAppId must be a positive integer")
    if not isinstance(task_id, str) or not task_id:
        raise ApiError("InvalidParameter", "TaskId must be a string that is not empty")
    return TaskRef(request.headers["x-tc-region"], sdk_app_id, task_id)
