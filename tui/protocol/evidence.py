"""What one request leaves behind for who has to find out why it failed: what was meant, what left, how it went.

Holds no secret: SecretIds are masked, and of what must not be stored (`Authorization`, tokens, cookies) there is a
`digest`, long enough to tell two values apart and far too short to tell one.
"""

import hashlib
import re
from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

Headers = tuple[tuple[str, str], ...]

_DIGITS = 16
_DOMAIN = "trtc-tui evidence"
_AUTHORIZATION = (
    r"(?P<algorithm>TC3-HMAC-SHA256) Credential=[^/, ]+/"
    r"(?P<rest>\d{4}-\d\d-\d\d/[a-z]+/tc3_request, SignedHeaders=[a-z0-9;-]+,) Signature=[0-9a-f]+\Z"
)
_OPEN_HEADERS = frozenset(
    {
        *("host", "content-type", "content-length", "user-agent", "accept-encoding"),
        *("x-tc-action", "x-tc-version", "x-tc-region", "x-tc-timestamp", "x-tc-language"),
        *("accept", "connection", "transfer-encoding", "via", "x-forwarded-for", "x-forwarded-proto"),
    }
)
_SECRET_HEADERS = frozenset({"authorization", "x-tc-token", "proxy-authorization", "cookie", "set-cookie"})


class Meant(Struct, frozen=True, omit_defaults=True):
    """What the tool was about to send. What is not here follows from the task and from `timestamp_s`."""

    endpoint: str
    """Scheme and host."""
    timestamp_s: int
    """What was signed: this host's clock, corrected if the tool had to correct it."""
    language: str
    agent: str
    """Our own `User-Agent`."""
    key: str
    """The SecretId, masked."""
    key_source: str
    authorization: str
    """Digest of the header as it was made."""
    canonical: str
    """Digest of the canonical request that was signed."""
    token: str = ""
    """Digest of the temporary key's token; empty for keys without."""


class Sent(Struct, frozen=True, omit_defaults=True):
    """The request as it left the HTTP library, whoever changed it before."""

    method: str
    target: str
    headers: Headers
    """In their order; secret values as `masked` writes them."""
    body_sha256: str = ""
    """Empty when the body could not be read on its way."""
    body_bytes: int = 0


class Answered(Struct, frozen=True, omit_defaults=True):
    """The head of the answer, as it came."""

    http_version: str
    http_status: int
    reason: str
    headers: Headers


class Timing(Struct, frozen=True, omit_defaults=True):
    """Where the time went, µs. None: the step did not happen, or was not begun."""

    slot_us: int | None = None
    """Due, but waiting for its turn and for a free slot."""
    connect_us: int | None = None
    """Name and TCP, to the proxy if there is one; None on a kept connection."""
    tls_us: int | None = None
    """TLS, and before it the proxy's CONNECT."""
    send_us: int | None = None
    wait_us: int | None = None
    """From the last byte sent to the head of the answer."""
    receive_us: int | None = None
    broke_in: str = ""
    """The step during which it failed, as the field is called without `_us`; empty when none did."""


class Evidence(Struct, frozen=True, omit_defaults=True):
    """All of it, for one poll."""

    meant: Meant
    sent: Sent | None = None
    """None: not a byte of it was handed to a connection."""
    answered: Answered | None = None
    timing: Timing = Timing()
    address: str = ""
    """The address connected to: the host's, or the proxy's; empty when there was no connection."""
    proxy: str = ""
    """HOST:PORT of the proxy that was used, without its password; empty for none."""

    def after_waiting(self, slot_us: int) -> "Evidence":
        """The same, of a request that was due so long before it had its slot."""
        return replace(self, timing=replace(self.timing, slot_us=slot_us))


NOTHING_LEFT: Mapping[int, Evidence] = MappingProxyType({})
"""For entries that leave none behind."""


def digest(secret: str) -> str:
    """Tells two secrets apart without telling either: 16 hexadecimal digits."""
    return hashlib.sha256(f"{_DOMAIN}\0{secret}".encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def masked(name: str, value: str, key: str) -> str:
    """The value of a header of a request as it may be stored and shown.

    In the clear are only values that cannot be a secret: a header that something renamed might hold one.

    Args:
        key: the masked SecretId, for an `Authorization` of ours.
    """
    lower = name.lower()
    if lower in _OPEN_HEADERS:
        return value
    shown = _masked_authorization(value, key) if lower == "authorization" else f"({len(value)} characters)"
    return f"{shown} digest {digest(value)}"


def masked_answer(name: str, value: str) -> str:
    """The same for an answer, which knows no secret of ours, unless it repeats the question."""
    if name.lower() in _SECRET_HEADERS or "Credential=" in value or "Signature=" in value:
        return f"({len(value)} characters) digest {digest(value)}"
    return value


def is_secret(name: str) -> bool:
    """Whether of a header of this name only a digest is kept."""
    return name.lower() in _SECRET_HEADERS


def told_digest(shown: str) -> str:
    """The digest in what `masked` wrote; empty when there is none."""
    _, found, tail = shown.rpartition("digest ")
    return tail if found else ""


def _masked_authorization(value: str, key: str) -> str:
    """Algorithm, scope and names of the signed headers stay; SecretId, signature and what has another form do not."""
    parts = re.match(_AUTHORIZATION, value)
    if parts is None:
        return f"({len(value)} characters)"
    return f"{parts['algorithm']} Credential={key}/{parts['rest']} Signature=****"
