"""How a reply reaches the client over ASGI: whole, late, in pieces, or not at all."""

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable, MutableMapping
from email.utils import formatdate

from msgspec import Struct

from tui.simulator.gateway import Ending, Reply

Message = MutableMapping[str, object]

_PIECES = 10
"""In how many pieces a slow body is sent."""


class Delivery(Struct, frozen=True):
    """One reply and the means to send it."""

    reply: Reply
    transport: asyncio.Transport
    receive: Callable[[], Awaitable[Message]]
    send: Callable[[Message], Awaitable[None]]

    async def run(self) -> None:
        """Wait the reply's delay, then end it as it says."""
        await asyncio.sleep(self.reply.delay_ms / 1000)
        match self.reply.ending:
            case Ending.WHOLE:
                await self._head()
                await self._body(self.reply.body, more=False)
            case Ending.SLOW:
                await self._trickle()
            case Ending.TRUNCATED:
                await self._truncate()
            case Ending.RESET:
                await self._reset()
            case Ending.HANG:
                await self._until_disconnected()

    async def _head(self) -> None:
        headers = {
            "date": formatdate(self.reply.date_s, usegmt=True),
            "content-type": self.reply.content_type,
            "content-length": str(len(self.reply.body)),
        }
        raw = [(name.encode(), value.encode()) for name, value in headers.items()]
        await self.send({"type": "http.response.start", "status": self.reply.status, "headers": raw})

    async def _body(self, piece: bytes, *, more: bool) -> None:
        await self.send({"type": "http.response.body", "body": piece, "more_body": more})

    async def _trickle(self) -> None:
        body = self.reply.body
        size = len(body) // _PIECES + 1
        await self._head()
        for start in range(0, len(body), size):
            await asyncio.sleep(self.reply.spread_ms / 1000 / _PIECES)
            await self._body(body[start : start + size], more=True)
        await self._body(b"", more=False)

    async def _truncate(self) -> None:
        await self._head()
        await self._body(self.reply.body[: len(self.reply.body) // 2], more=True)
        self.transport.close()
        await self._until_disconnected()

    async def _reset(self) -> None:
        # A socket that lingers for 0 s is closed with RST instead of FIN.
        wire = self.transport.get_extra_info("socket")
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.transport.abort()
        await self._until_disconnected()

    async def _until_disconnected(self) -> None:
        """Returning sooner would make uvicorn answer 500."""
        while (await self.receive())["type"] != "http.disconnect":
            pass
