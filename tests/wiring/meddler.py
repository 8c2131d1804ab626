"""Somebody between this host and the service, who changes requests on their way."""

import asyncio
from collections.abc import Callable

Change = Callable[[bytes], bytes]


class Meddler:
    """Leads every request to `target`, and every answer back. `change` is done to the whole of a request."""

    def __init__(self, target: int, change: Change, via: bytes = b"") -> None:
        self._target = target
        self._change = change
        self._via = via
        """A header line that it adds to answers."""
        self._open: list[asyncio.StreamWriter] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.append(writer)
        try:
            while True:
                request = await _message(reader)
                there_reader, there_writer = await asyncio.open_connection("127.0.0.1", self._target)
                there_writer.write(self._change(request))
                answer = await _message(there_reader)
                there_writer.close()
                await there_writer.wait_closed()
                writer.write(answer.replace(b"\r\n", b"\r\n" + self._via, 1))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def close(self) -> None:
        """End what is still open."""
        for writer in self._open:
            writer.close()
            await writer.wait_closed()


async def _message(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    fields = dict(line.split(b": ", 1) for line in head.lower().split(b"\r\n")[1:-2])
    return head + await reader.readexactly(int(fields.get(b"content-length", b"0")))
