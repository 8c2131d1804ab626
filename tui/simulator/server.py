"""The simulator on a socket of loopback. The only file that knows starlette and uvicorn."""

import asyncio
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Self

import uvicorn
from starlette.requests import Request
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from tui.core.secret import Credential
from tui.simulator.delivery import Delivery
from tui.simulator.faults import Faults
from tui.simulator.gateway import Gateway
from tui.simulator.traffic import Traffic
from tui.simulator.verify import Received
from tui.simulator.world import World

_HOST = "127.0.0.1"
_KEEP_ALIVE_S = 75
_START_S = 10.0
_STOP_S = 5.0


class SimulatorError(Exception):
    """The simulator cannot run; one line for the user: what is wrong, whose move it is, what to type next."""


def wall_clock_us() -> int:
    """This host's clock, µs UTC: what a World is started with."""
    return time.time_ns() // 1000


class Simulator:
    """Tencent's API at `url`, in a thread of its own, from `start` to `stop` or as a context.

    Args:
        world: what there is to describe; may be changed while it runs (`World.play`).
        faults: texts of `--fault`; may be changed while it runs (`Simulator.faults`).
        limit: refuse what exceeds 20 requests in a sliding second.
        keys: accepted credentials; both pairs of `simulator.keys` when none are given.
        port: 0 for any free one.
        clock: µs UTC; moves the lives and the signature's window.

    Raises:
        ValueError: a text of `faults` names no fault.
    """

    def __init__(
        self,
        world: World,
        *,
        faults: Iterable[str] = (),
        limit: bool = False,
        keys: Iterable[Credential] = (),
        port: int = 0,
        seed: int = 0,
        clock: Callable[[], int] = wall_clock_us,
    ) -> None:
        self._gateway = Gateway(world, keys=keys, faults=Faults(faults, seed=seed), limit=limit, seed=seed)
        self._clock = clock
        self._wanted_port = port
        self._running: _Running | None = None
        self.port = 0

    @property
    def url(self) -> str:
        """Where it listens, `http://127.0.0.1:PORT`."""
        return f"http://{_HOST}:{self.port}"

    @property
    def world(self) -> World:
        """What there is to describe."""
        return self._gateway.world

    @property
    def faults(self) -> Faults:
        """What goes wrong."""
        return self._gateway.faults

    @property
    def traffic(self) -> Traffic:
        """All requests and outcomes since the simulator was made."""
        return self._gateway.traffic

    @property
    def arrivals(self) -> tuple[int, ...]:
        """When requests arrived, monotonic µs, oldest first."""
        return tuple(arrival.at_us for arrival in self._gateway.traffic.arrivals)

    def start(self) -> None:
        """Listen; on return, requests are answered. Does nothing when it already runs.

        Raises:
            SimulatorError: the port is taken.
        """
        if self._running is None:
            listener = _listen(self._wanted_port)
            self.port = listener.getsockname()[1]
            self._running = _Running(_Server(self._answer), listener)

    def stop(self) -> None:
        """End at once, also with answers under way; on return the port is free. Does nothing when it does not run."""
        if self._running is not None:
            self._running.end()
            self._running = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI application."""
        arrived_us, now_us = time.monotonic_ns() // 1000, self._clock()
        request = Request(scope, receive)
        received = Received(request.method, scope["path"], dict(request.headers), await request.body())
        reply = self._gateway.reply(received, now_us=now_us, monotonic_us=arrived_us)
        await Delivery(reply, scope["state"]["transport"], receive, send).run()


def serve(simulator: Simulator, on_listening: Callable[[str], None]) -> int:
    """Run until SIGINT or SIGTERM; the number of that signal. Call it in the main thread, before any other starts.

    The signals are waited for, not handled: a handler would run at an arbitrary line.

    Args:
        on_listening: called with the URL once requests are answered.

    Raises:
        SimulatorError: the port is taken.
    """
    stops = (signal.SIGINT, signal.SIGTERM)
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, stops)
    try:
        with simulator:
            on_listening(simulator.url)
            return signal.sigwait(stops)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def _listen(port: int) -> socket.socket:
    # asyncio switches Nagle's algorithm off only where the protocol is named; with it every answer takes 40 ms longer.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((_HOST, port))
        listener.listen()
    except OSError as error:
        listener.close()
        line = f"cannot listen on {_HOST}:{port} ({error.strerror}): choose another --port, or 0 for any free one"
        raise SimulatorError(line) from None
    return listener


class _Wire(H11Protocol):
    """Hands the transport to the application, which needs it to break connections."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in H11Protocol
        super().connection_made(transport)
        self.app_state = {**self.app_state, "transport": transport}


class _Server(uvicorn.Server):
    """Waits for an event where uvicorn's own looks ten times a second, and does not wait for clients when it ends."""

    def __init__(self, app: Callable[[Scope, Receive, Send], object]) -> None:
        config = uvicorn.Config(
            app,
            loop="asyncio",
            interface="asgi3",
            http=_Wire,
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            date_header=False,
            server_header=False,
            proxy_headers=False,
            timeout_keep_alive=_KEEP_ALIVE_S,
            timeout_graceful_shutdown=0,
        )
        super().__init__(config)
        self.listening = threading.Event()
        self._ending = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    def end(self) -> None:
        """Make `main_loop` return; from any thread."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._ending.set)

    async def main_loop(self) -> None:
        """Serve until `end`, then cut every connection: uvicorn would answer 500 to whoever still waits."""
        self._loop = asyncio.get_running_loop()
        self.listening.set()
        await self._ending.wait()
        for connection in tuple(self.server_state.connections):
            connection.transport.abort()


class _Running:
    """A server and its thread."""

    def __init__(self, server: _Server, listener: socket.socket) -> None:
        self._server = server
        self._thread = threading.Thread(target=server.run, args=([listener],), name="simulator", daemon=True)
        self._thread.start()
        if not server.listening.wait(_START_S):
            raise SimulatorError(f"the simulator did not start within {_START_S:.0f} s: try again")

    def end(self) -> None:
        self._server.end()
        self._thread.join(_STOP_S)
