"""TC3-HMAC-SHA256: what is signed, step by step, with every text kept for who has to find the wrong one.

Source: documents 647/34264 and 582/34494, "Signature v3" (tencent-api.md §3).
"""

import hashlib
import hmac
from datetime import UTC, datetime
from functools import lru_cache

from msgspec import Struct

from tui.core.secret import Credential, Secret

ALGORITHM = "TC3-HMAC-SHA256"
SIGNED_HEADERS = "content-type;host"
"""The two the official SDKs sign; more may be signed, none needs to be."""


class Canon(Struct, frozen=True):
    """What a signature is made of, before there is any key."""

    timestamp_s: int
    """Seconds since the epoch, as in `X-TC-Timestamp`."""
    hashed_payload: str
    canonical_request: str
    scope: str
    """`<UTC date>/<service>/tc3_request`."""
    string_to_sign: str
    signed_headers: str

    @property
    def hashed_request(self) -> str:
        """SHA-256 of the canonical request, hexadecimal: the last line of the string to sign."""
        return self.string_to_sign.rpartition("\n")[2]


class Signature(Canon, frozen=True):
    """A signature and all texts it was made of."""

    signature: str
    authorization: str
    """The value of the `Authorization` header. Holds the SecretId: not for screens."""


def canon(
    *,
    host: str,
    service: str,
    body: bytes,
    timestamp_s: int,
    content_type: str = "application/json",
    method: str = "POST",
    query: str = "",
    extra_headers: tuple[tuple[str, str], ...] = (),
) -> Canon:
    """What is signed for `body`, exactly as it will be sent.

    Args:
        host: as in the `Host` header, with the port when it is not the scheme's own.
        service: first label of the host, `trtc`.
        timestamp_s: seconds since the epoch; the server refuses more than 300 s of difference.
        extra_headers: further (name, value) pairs to sign, as sent.
    """
    headers = sorted(
        (name.lower().strip(), value.lower().strip())
        for name, value in (("content-type", content_type), ("host", host), *extra_headers)
    )
    names = ";".join(name for name, _ in headers)
    hashed_payload = hashlib.sha256(body).hexdigest()
    canonical_headers = "".join(f"{name}:{value}\n" for name, value in headers)
    canonical_request = f"{method}\n/\n{query}\n{canonical_headers}\n{names}\n{hashed_payload}"
    scope = f"{utc_date(timestamp_s)}/{service}/tc3_request"
    string_to_sign = f"{ALGORITHM}\n{timestamp_s}\n{scope}\n{hashlib.sha256(canonical_request.encode()).hexdigest()}"
    return Canon(timestamp_s, hashed_payload, canonical_request, scope, string_to_sign, names)


def sign(
    credential: Credential,
    *,
    host: str,
    service: str,
    body: bytes,
    timestamp_s: int,
    content_type: str = "application/json",
    method: str = "POST",
    query: str = "",
    extra_headers: tuple[tuple[str, str], ...] = (),
) -> Signature:
    """Sign `body` exactly as it will be sent; the arguments are those of `canon`."""
    signed = canon(
        host=host,
        service=service,
        body=body,
        timestamp_s=timestamp_s,
        content_type=content_type,
        method=method,
        query=query,
        extra_headers=extra_headers,
    )
    key = derived_key(credential.secret_key, utc_date(timestamp_s), service)
    signature = hmac.new(key, signed.string_to_sign.encode(), hashlib.sha256).hexdigest()
    authorization = (
        f"{ALGORITHM} Credential={credential.secret_id.reveal()}/{signed.scope}, "
        f"SignedHeaders={signed.signed_headers}, Signature={signature}"
    )
    return Signature(
        timestamp_s,
        signed.hashed_payload,
        signed.canonical_request,
        signed.scope,
        signed.string_to_sign,
        signed.signed_headers,
        signature,
        authorization,
    )


@lru_cache(maxsize=8)
def derived_key(secret_key: Secret, date: str, service: str) -> bytes:
    """SecretSigning of one key, UTC day and service, 32 bytes: the same for a whole day, so computed once for it."""
    secret_date = _hmac(b"TC3" + secret_key.reveal().encode(), date)
    return _hmac(_hmac(secret_date, service), "tc3_request")


def utc_date(timestamp_s: int) -> str:
    """The UTC date of a timestamp, `YYYY-MM-DD`; a local date fails for hours around midnight."""
    return datetime.fromtimestamp(timestamp_s, UTC).strftime("%Y-%m-%d")


def _hmac(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()
