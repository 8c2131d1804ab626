"""The door to Tencent: httpx. Its types and exceptions stop here; what goes wrong comes out as a `Fault`.

Importing this module loads httpx (a fifth of a second of CPU): do it after the first frame.
"""

import asyncio
from contextlib import suppress

import anyio.lowlevel

from tui import __version__
from tui.adapters.answer_body import BodyBroken, BodyTooLarge, read_body
from tui.adapters.call import Call
from tui.adapters.http_client import open_client
from tui.adapters.http_faults import fault_of
from tui.adapters.lean_httpx import httpx
from tui.core.entry import Fault, Seen
from tui.core.secret import Credential
from tui.core.task import TaskRef
from tui.engine.ports import Clock
from tui.protocol.endpoint import Endpoint
from tui.protocol.evidence import Meant
from tui.protocol.exchange import Exchange, Question
from tui.protocol.messages import LANGUAGE, ask, own_headers, read, transport_fault

CONNECT_TIMEOUT_S = 3.0
CALL_TIMEOUT_S = 6.0
"""For everything from the pool to the last byte. The service itself gives up after 6 s (tencent-api.md §1.5)."""

_AGENT = f"trtc-tui/{__version__}"
_OWN_HEADERS = own_headers(_AGENT)


class TencentApi:
    """The real `engine.ports.Api`, for one endpoint. One event loop only.

    Raises:
        ApiSetupError: a proxy or CA variable of the environment cannot be used.
    """

    def __init__(
        self,
        credential: Credential,
        endpoint: Endpoint,
        clock: Clock,
        *,
        connect_timeout_s: float = CONNECT_TIMEOUT_S,
        call_timeout_s: float = CALL_TIMEOUT_S,
    ) -> None:
        self._credential = credential
        self._endpoint = endpoint
        self._clock = clock
        self._offset_us = 0
        self._call_timeout_s = call_timeout_s
        self._proxy = ""
        """By which all connections go, once one was opened."""
        self._client = open_client(endpoint, connect_timeout_s)

    def use(self, credential: Credential) -> None:
        """Sign with this key from now on."""
        self._credential = credential

    def correct_clock(self, offset_us: int) -> None:
        """Sign with this host's clock plus `offset_us` from now on."""
        self._offset_us = offset_us

    async def describe(self, task: TaskRef) -> Exchange:
        """Sign and send one request, at once, without any retry. What goes wrong is a `Fault`; cancelling passes."""
        timestamp_s = (self._clock.now_us() + self._offset_us) // 1_000_000
        question = ask(task, self._credential, self._endpoint, timestamp_s)
        call = Call(self._clock, question.meant(self._credential, _AGENT))
        answer, request_id = await self._answer(question, call)
        latency_us = call.elapsed_us()
        self._proxy = call.proxy or self._proxy
        return Exchange(
            question,
            call.sent_us,
            latency_us,
            answer,
            request_id,
            call.http_status,
            call.headers,
            call.skew,
            call.evidence(self._proxy),
        )

    async def warm_up(self) -> None:
        """Open the first connection, so that the first poll does not wait for TCP and TLS. Never raises.

        httpx opens none without a request, so an unsigned `OPTIONS /` goes out: it names no action and no account, so
        it counts against no limit of theirs. On loopback connecting costs nothing, and nothing is sent.
        """
        # httpcore loads its way to the network with its first connection: 20 to 50 ms, in which a slot gets old.
        await anyio.lowlevel.checkpoint()
        if self._endpoint.is_loopback:
            return
        call = Call(self._clock, Meant(self._endpoint.url, 0, LANGUAGE, _AGENT, "", "", "", ""))
        request = httpx.Request(
            "OPTIONS", f"{self._endpoint.url}/", headers=_OWN_HEADERS, extensions={"trace": call.trace}
        )
        with suppress(httpx.HTTPError, OSError, BodyTooLarge, BodyBroken):
            async with asyncio.timeout(self._call_timeout_s):
                response = await self._client.send(request, stream=True)
                try:
                    await read_body(response)
                finally:
                    self._proxy = call.proxy
                    await response.aclose()

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _answer(self, question: Question, call: Call) -> tuple[Seen | Fault, str | None]:
        odd = _odd_header(question.headers)
        if odd is not None:
            return transport_fault("Transport.NotSendable", f"{odd} holds what HTTP does not allow there"), None
        try:
            async with asyncio.timeout(self._call_timeout_s):
                content_type, body = await self._send(question, call)
        except BodyTooLarge as error:
            return transport_fault("Transport.TooLarge", str(error), call.http_status, error.start), None
        except BodyBroken as error:
            return transport_fault("Transport.Truncated", str(error), call.http_status, error.start), None
        except (httpx.HTTPError, OSError) as error:
            return fault_of(error, self._endpoint.host, call.http_status), None
        return read(question.task, call.http_status or 0, content_type, body)

    async def _send(self, question: Question, call: Call) -> tuple[str, bytes]:
        """Send the question byte for byte; returns the Content-Type and the body."""
        request = httpx.Request(
            "POST",
            question.url,
            headers=[*question.headers, *_OWN_HEADERS],
            content=question.body,
            extensions={"trace": call.trace},
        )
        response = await self._client.send(request, stream=True)
        try:
            call.answered(response)
            return response.headers.get("Content-Type", ""), await read_body(response)
        finally:
            await response.aclose()


def _odd_header(headers: tuple[tuple[str, str], ...]) -> str | None:
    """The first header whose value HTTP does not allow. httpcore would find it too, and log the token it refuses."""
    for name, value in headers:
        if not (value.isascii() and value.isprintable() and value == value.strip()):
            return name
    return None
