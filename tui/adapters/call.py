"""One call to the API as it happens: its moments, what left, and what came, told by httpcore's `trace` events."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

import httpcore

from tui.adapters.lean_httpx import httpx
from tui.core.entry import Skew
from tui.engine.ports import Clock
from tui.protocol.evidence import Answered, Evidence, Headers, Meant, Sent, Timing, masked, masked_answer
from tui.protocol.skew import measure_skew

_CONNECT = "connection.connect_tcp"
_SEND_HEAD = "http11.send_request_headers"
_SEND_BODY = "http11.send_request_body"
_RECEIVE_HEAD = "http11.receive_response_headers"

_STEPS = {
    _CONNECT: "connect",
    "connection.start_tls": "tls",
    "proxy.start_tls": "tls",
    _SEND_HEAD: "send",
    _SEND_BODY: "send",
    _RECEIVE_HEAD: "wait",
    "http11.receive_response_body": "receive",
}
"""httpcore's words → those of `Timing`. Its `CONNECT` to a proxy has the same ones as the request behind it."""

_MOST_HEADERS = 64
_LONGEST = 1_000
"""Of an answer, characters of a name or a value: what is kept for ever must have a bound."""


@dataclass(slots=True)
class Call:
    """The moments of one call, and what came of it until it failed."""

    clock: Clock
    meant: Meant
    sent_us: int = 0
    sent_monotonic_us: int = 0
    http_status: int | None = None
    headers: Headers = ()
    skew: Skew | None = None
    broke_in: str = ""
    _sent: Sent | None = None
    _answered: Answered | None = None
    _address: str = ""
    proxy: str = ""
    """Of the connection used, if this call opened it."""
    _began_us: dict[str, int] = field(default_factory=dict)
    _ended_us: dict[str, int] = field(default_factory=dict)
    """By step, on the monotonic clock."""

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        """The request itself goes out now: name, TCP, TLS and proxy come before, and are no latency."""
        self.sent_us = self.clock.now_us()
        self.sent_monotonic_us = self.clock.monotonic_us()

    def elapsed_us(self) -> int:
        """Since `start`."""
        return self.clock.monotonic_us() - self.sent_monotonic_us

    async def trace(self, event: str, info: Mapping[str, object]) -> None:
        """What httpcore calls, before and after each step."""
        name, _, phase = event.rpartition(".")
        step = _STEPS.get(name)
        if step is None:
            return
        if phase == "started":
            await self._begin(step, name, info)
        else:
            self._end(step, name, info, failed=phase == "failed")

    def answered(self, response: httpx.Response) -> None:
        """The head of the answer is there."""
        self.http_status = response.status_code
        self.headers = tuple(response.headers.multi_items())
        date = response.headers.get("Date")
        if date is not None:
            self.skew = measure_skew(date, self.sent_us, self.sent_us + self.elapsed_us())
        self._address = _address(response.extensions.get("network_stream")) or self._address

    def evidence(self, proxy: str) -> Evidence:
        """All of it. `proxy` is the one by which a kept connection goes."""
        timing = Timing(
            None,
            self._took_us("connect"),
            self._took_us("tls", after="connect"),
            self._took_us("send"),
            self._took_us("wait", after="send"),
            self._took_us("receive", after="wait"),
            self.broke_in,
        )
        return Evidence(self.meant, self._sent, self._answered, timing, self._address, proxy)

    async def _begin(self, step: str, name: str, info: Mapping[str, object]) -> None:
        if name == _SEND_HEAD:
            self._forget_proxy_talk()
            self.start()
            self._began_us[step] = self.sent_monotonic_us
        else:
            self._began_us.setdefault(step, self.clock.monotonic_us())
        if name == _CONNECT:
            self.proxy = _proxy(info, self.meant.endpoint)
        request = info.get("request")
        if name == _SEND_HEAD and isinstance(request, httpcore.Request) and request.method != b"CONNECT":
            self._sent = await _sent(request, self.meant.key)

    def _end(self, step: str, name: str, info: Mapping[str, object], *, failed: bool) -> None:
        self._ended_us[step] = self.clock.monotonic_us()
        told = info.get("return_value")
        if failed:
            self.broke_in = self.broke_in or step
        elif name == _CONNECT:
            self._address = _address(told)
        elif name == _RECEIVE_HEAD and isinstance(told, tuple):
            self._answered = _head(*told)

    def _forget_proxy_talk(self) -> None:
        """What came before was the way through the proxy, and is part of the TLS step."""
        for step in ("send", "wait", "receive"):
            self._began_us.pop(step, None)
            self._ended_us.pop(step, None)
        self._answered = None

    def _took_us(self, step: str, after: str = "") -> int | None:
        """How long a step took, from the end of the one before it; None when it was not begun."""
        if step not in self._began_us:
            return None
        began_us = self._ended_us.get(after, self._began_us[step])
        return max(0, self._ended_us.get(step, self.clock.monotonic_us()) - began_us)


async def _sent(request: httpcore.Request, key: str) -> Sent:
    pairs = ((_text(name), _text(value)) for name, value in request.headers)
    headers = tuple((name, masked(name, value, key)) for name, value in pairs)
    method, target = _text(request.method), _text(request.url.target)
    if not isinstance(request.stream, httpx.ByteStream):
        return Sent(method, target, headers)
    body = b"".join([part async for part in request.stream])
    return Sent(method, target, headers, hashlib.sha256(body).hexdigest(), len(body))


def _head(http_version: bytes, status: int, reason: bytes, headers: list[tuple[bytes, bytes]]) -> Answered:
    pairs = ((_text(name[:_LONGEST]), _text(value[:_LONGEST])) for name, value in headers[:_MOST_HEADERS])
    kept = tuple((name, masked_answer(name, value)) for name, value in pairs)
    return Answered(_text(http_version), status, _text(reason[:_LONGEST]), kept)


def _text(raw: bytes) -> str:
    """As HTTP has it: every byte is a character, so nothing is lost."""
    return raw.decode("latin-1")


def _address(stream: object) -> str:
    """HOST:PORT at the other end of a connection; empty when it does not tell."""
    if not isinstance(stream, httpcore.AsyncNetworkStream):
        return ""
    address = stream.get_extra_info("server_addr")
    if not isinstance(address, tuple):
        return ""
    host, port = address[:2]
    return f"[{host}]:{port}" if ":" in str(host) else f"{host}:{port}"


def _proxy(info: Mapping[str, object], endpoint: str) -> str:
    """Who is connected to, when that is not the host of `endpoint`."""
    host, port = info.get("host"), info.get("port")
    return "" if httpx.URL(endpoint).raw_host == str(host).encode() else f"{host}:{port}"
