"""The body of an answer, bounded: what arrives and what it unpacks to."""

import zlib
from collections.abc import AsyncIterator

from tui.adapters.lean_httpx import httpx

MAX_BYTES = 1 << 20
"""An answer of the service has 200 bytes; the documented bound of 50 MB is for other actions."""

_EITHER_HEADER = zlib.MAX_WBITS | 32
_PACKED = frozenset({"gzip", "x-gzip", "deflate"})


class BodyTooLarge(Exception):
    """More than `MAX_BYTES`; `start` is what was read."""

    def __init__(self, start: bytes) -> None:
        super().__init__(f"more than {MAX_BYTES} bytes, not read on")
        self.start = start


class BodyBroken(Exception):
    """It does not unpack; `start` is what did."""

    def __init__(self, start: bytes, reason: str) -> None:
        super().__init__(reason)
        self.start = start


async def read_body(response: httpx.Response) -> bytes:
    """The unpacked body of a response under way, at most `MAX_BYTES`.

    httpx would unpack a whole chunk before anybody could count it: 64 KiB become 64 MiB. So zlib is asked for no more
    than is allowed. A packing nobody asked for and that is not gzip or deflate is left as it is.

    Raises:
        BodyTooLarge, BodyBroken: see there.
        httpx.HTTPError: the connection failed on the way.
    """
    chunks = response.aiter_raw()
    if response.headers.get("Content-Encoding", "").strip().lower() in _PACKED:
        chunks = _unpack(chunks)
    body = bytearray()
    async for chunk in chunks:
        body += chunk
        if len(body) > MAX_BYTES:
            raise BodyTooLarge(bytes(body[:MAX_BYTES]))
    return bytes(body)


async def _unpack(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    unpacker = zlib.decompressobj(_EITHER_HEADER)
    start = b""
    async for chunk in chunks:
        try:
            plain = unpacker.decompress(chunk, MAX_BYTES + 1)
        except zlib.error as error:
            raise BodyBroken(start, str(error)) from None
        start = start or plain
        yield plain
