"""Hosts to be asked and doors to ask them through; all are closed in the end."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from tests.adapters.api.hosts import KEY, Host
from tui.adapters.api import TencentApi
from tui.adapters.clock import SystemClock
from tui.protocol.endpoint import parse_endpoint

OpenApi = Callable[..., TencentApi]
Listen = Callable[..., Awaitable[Host]]


@pytest.fixture
async def listen() -> AsyncIterator[Listen]:
    """Starts hosts on loopback, with TLS when a context is given."""
    servers: list[asyncio.Server] = []

    async def start(trust: ssl.SSLContext | None = None) -> Host:
        host = Host()
        server = await asyncio.start_server(host.serve, "127.0.0.1", 0, ssl=trust)
        servers.append(server)
        host.port = server.sockets[0].getsockname()[1]
        return host

    yield start
    for server in servers:
        server.close()


@pytest.fixture
async def host(listen: Listen) -> Host:
    return await listen()


@pytest.fixture
async def open_api() -> AsyncIterator[OpenApi]:
    """Opens doors, and closes them in the end."""
    doors: list[TencentApi] = []

    def open_door(url: str, **limits: float) -> TencentApi:
        doors.append(TencentApi(KEY, parse_endpoint(url), SystemClock(), **limits))
        return doors[-1]

    yield open_door
    for door in doors:
        await door.aclose()


@pytest.fixture
def api(host: Host, open_api: OpenApi) -> TencentApi:
    return open_api(f"http://127.0.0.1:{host.port}", call_timeout_s=5.0)
