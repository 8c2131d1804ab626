"""The one HTTP client: its limits, its proxy and whom it trusts."""

import os
import ssl
from pathlib import Path

from tui.adapters.api_setup import ApiSetupError
from tui.adapters.lean_httpx import httpx
from tui.protocol.endpoint import Endpoint

CONNECTIONS = 8
"""As many as the poller has requests under way, so no request waits for one after its slot was taken; fewer
connections also cost less CPU in httpcore, which looks through all of them for every request."""

KEEP_ALIVE_S = 30.0
"""How long an unused connection stays. httpx's 5 s would mean a TLS handshake per poll for a few slowly polled tasks;
the official Go SDK keeps 30 s."""

_CA_VARIABLES = ("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE")
"""In this order. The last is what tccli and the official SDK heed: who set it for them means this program too."""


def open_client(endpoint: Endpoint, connect_timeout_s: float) -> httpx.AsyncClient:
    """A client for `endpoint` that follows no redirect and heeds the environment's proxy and CA variables.

    To loopback nothing of the environment counts: a proxy would be another machine.

    Raises:
        ApiSetupError: a variable names a proxy or a CA file that cannot be used.
    """
    trust = _no_trust() if endpoint.scheme == "http" else _trust()
    try:
        return httpx.AsyncClient(
            verify=trust,
            trust_env=not endpoint.is_loopback,
            follow_redirects=False,
            timeout=httpx.Timeout(None, connect=connect_timeout_s),
            limits=httpx.Limits(
                max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS, keepalive_expiry=KEEP_ALIVE_S
            ),
        )
    except (ValueError, ImportError, httpx.InvalidURL):  # their texts may hold the proxy's password
        raise ApiSetupError(
            "HTTPS_PROXY, ALL_PROXY or NO_PROXY holds no usable value: write HTTPS_PROXY=http://HOST:PORT"
        ) from None


def _no_trust() -> ssl.SSLContext:
    """For plain http: trusts nobody, and saves reading 150 certificates."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _trust() -> ssl.SSLContext:
    """Certificates are always verified; which CAs count is the environment's choice, else certifi's list."""
    for variable in _CA_VARIABLES:
        path = os.environ.get(variable)
        if not path:
            continue
        try:
            if Path(path).is_dir():
                return ssl.create_default_context(capath=path)
            return ssl.create_default_context(cafile=path)
        except OSError as error:
            reason = error.strerror or "unreadable"
            raise ApiSetupError(
                f"{variable}={path} holds no CA certificates ({reason}): name a PEM file, or unset it"
            ) from None
    return httpx.create_ssl_context(trust_env=False)
