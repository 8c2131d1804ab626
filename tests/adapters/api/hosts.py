"""A raw HTTP server on loopback that says exactly what a test tells it to, and notes what it was asked."""

import asyncio
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from socket import SO_LINGER, SOL_SOCKET

from tui.core.secret import Credential, Secret
from tui.core.task import TaskRef

TASK = TaskRef("ap-singapore", 1400000000, "-m9Ghi1U7upt0+aR8QqgE.")
KEY = Credential(Secret("AKIDEXAMPLE"), Secret("KEYEXAMPLE"), Secret("TOKENEXAMPLE"))
OK_BODY = (
    b'{"Response":{"StartTime":1772433534515,"Status":"Idle","RequestId":"r-1","TaskId":"-m9Ghi1U7upt0+aR8QqgE."}}'
)

Play = Callable[["Visit"], Awaitable[None]]


def http(body: bytes = OK_BODY, status: str = "200 OK", **headers: str) -> bytes:
    """A whole HTTP answer; header names are written with `_` for `-`."""
    fields = {"Content_Type": "application/json", "Content_Length": str(len(body))} | headers
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body


@dataclass
class Visit:
    """One request, and the wire to answer on."""

    head: str
    body: bytes
    writer: asyncio.StreamWriter

    @property
    def headers(self) -> list[tuple[str, str]]:
        """As received, in order, names as written."""
        pairs = (line.split(": ", 1) for line in self.head.split("\r\n")[1:])
        return [(name, value) for name, value in pairs]

    def header(self, name: str) -> str:
        return dict(self.headers)[name]

    async def say(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    def reset(self) -> None:
        """Close with RST instead of FIN."""
        wire = self.writer.get_extra_info("socket")
        wire.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


@dataclass
class Host:
    """Plays `play` for every request, until the connection ends."""

    port: int = 0
    play: Play | None = None
    connections: int = 0
    visits: list[Visit] = field(default_factory=list)

    def says(self, data: bytes) -> None:
        """Answer every request with `data`."""

        async def say(visit: Visit) -> None:
            await visit.say(data)

        self.play = say

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while not writer.is_closing():
                visit = await self._receive(reader, writer)
                self.visits.append(visit)
                assert self.play is not None
                await self.play(visit)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _receive(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Visit:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()[:-4]
        length = dict(line.split(": ", 1) for line in head.lower().split("\r\n")[1:]).get("content-length", "0")
        return Visit(head, await reader.readexactly(int(length)), writer)
