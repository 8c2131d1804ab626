"""What httpx, ssl and the operating system raise, as faults of the protocol."""

import os
import socket
import ssl
from collections.abc import Iterator

from tui.adapters.lean_httpx import httpx
from tui.core.entry import Fault
from tui.protocol.messages import transport_fault

_CODES: tuple[tuple[type[Exception], str], ...] = (
    (httpx.ConnectTimeout, "Transport.ConnectTimeout"),
    (httpx.TimeoutException, "Transport.Timeout"),
    (httpx.ProxyError, "Transport.ProxyRefused"),
    (socket.gaierror, "Transport.NameNotResolved"),
    (ssl.SSLError, "Transport.TlsFailed"),
    (httpx.ConnectError, "Transport.ConnectFailed"),
    (httpx.NetworkError, "Transport.Reset"),
    (httpx.RemoteProtocolError, "Transport.NoAnswer"),
    (TimeoutError, "Transport.Timeout"),
    (OSError, "Transport.ConnectFailed"),
)
"""The first row wins that fits the exception or one of its causes."""


def fault_of(error: Exception, host: str, http_status: int | None) -> Fault:
    """The fault for an exception of a call to `host`; `http_status` is None when no answer had begun."""
    causes = tuple(_causes(error))
    code = next((code for kind, code in _CODES if any(isinstance(cause, kind) for cause in causes)), "Transport.Reset")
    if http_status is not None and code == "Transport.NoAnswer":
        code = "Transport.Truncated"
    return transport_fault(code, f"{host}: {_reason(causes)}", http_status)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The exception and what led to it. httpcore cuts `__cause__` on the way out, `__context__` stays."""
    if error is None:
        return
    yield error
    if isinstance(error, BaseExceptionGroup):  # one per address of the host: the first stands for all
        yield from _causes(error.exceptions[0])
    else:
        yield from _causes(error.__cause__ or error.__context__)


def _reason(causes: tuple[BaseException, ...]) -> str:
    """The most telling words: a certificate's fault, the system's error, else what httpx says."""
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return cause.verify_message
    for cause in causes:
        if isinstance(cause, socket.gaierror | ssl.SSLError):
            return cause.strerror or str(cause)
        if isinstance(cause, OSError) and cause.errno:
            return os.strerror(cause.errno)  # asyncio writes a text of its own, with a tuple in it
    return next((text for text in map(str, causes) if text), "no answer in time")
