"""Where requests go: scheme and host, checked once, so that a key can never travel in the clear."""

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

from msgspec import Struct

_LABEL = r"(?!xn--)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
"""As DNS has them. Punycode is left out: no such host serves this API, and HTTP libraries differ about it."""
_NAME = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.?\Z")
_LONGEST_NAME = 253
_HIGHEST_PORT = 65_535
_OWN_PORTS = {"https": 443, "http": 80}


class EndpointError(ValueError):
    """A text is no endpoint, or one that must not be used; the message says why and what to type."""


class Endpoint(Struct, frozen=True):
    """A scheme and a host that may be asked.

    Raises:
        EndpointError: plain `http` to another machine, or another scheme. The requests carry a SecretId and a token.
    """

    scheme: str
    host: str
    """Lower case, with the port when it is not the scheme's own: exactly the `Host` header, as signed."""

    def __post_init__(self) -> None:
        if self.scheme not in _OWN_PORTS:
            raise EndpointError(f"endpoint {self.host!r} has no https scheme: write https://{self.host}")
        if self.scheme == "http" and not self.is_loopback:
            raise EndpointError(f"plain http goes to this machine only: write https://{self.host}")

    @property
    def url(self) -> str:
        """Scheme and host, without a slash at the end."""
        return f"{self.scheme}://{self.host}"

    @property
    def name(self) -> str:
        """The host without port and brackets."""
        return urlsplit(self.url).hostname or ""

    @property
    def is_loopback(self) -> bool:
        """Whether requests stay on this machine: 127.0.0.0/8, ::1 or localhost."""
        name = self.name
        if name == "localhost":
            return True
        try:
            return ipaddress.ip_address(name).is_loopback
        except ValueError:
            return False


def parse_endpoint(text: str) -> Endpoint:
    """Read `https://HOST[:PORT]`, or `http://` to loopback; a slash at the end is let pass.

    Raises:
        EndpointError: anything else.
    """
    text = text.strip()
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise EndpointError(f"endpoint {_shown(text)} is no URL: write https://HOST") from None
    if "@" in text:
        raise EndpointError("an endpoint holds no user or password: write https://HOST")
    if "://" not in text:
        raise EndpointError(f"endpoint {_shown(text)} has no scheme: write https://HOST")
    if parts.path not in ("", "/") or "?" in text or "#" in text:
        raise EndpointError(f"endpoint {_shown(text)} has more than scheme and host: write https://HOST")
    return Endpoint(parts.scheme, _host(text, parts, port))


def _host(text: str, parts: SplitResult, port: int | None) -> str:
    name = parts.hostname or ""
    if not _is_host(name):
        raise EndpointError(f"endpoint {_shown(text)} has no valid host: write https://HOST")
    if port is not None and not 1 <= port <= _HIGHEST_PORT:
        raise EndpointError(f"endpoint {_shown(text)} has no valid port: write 1 to {_HIGHEST_PORT}")
    shown = f"[{name}]" if ":" in name else name
    return shown if port in (None, _OWN_PORTS.get(parts.scheme)) else f"{shown}:{port}"


def _is_host(name: str) -> bool:
    if ":" in name:
        try:
            ipaddress.IPv6Address(name)
        except ValueError:
            return False
        return "%" not in name
    return len(name) <= _LONGEST_NAME and _NAME.match(name) is not None


def _shown(text: str) -> str:
    return repr(text[:80])
