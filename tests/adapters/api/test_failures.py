"""What goes wrong on the way becomes a named fault; nothing is raised and nothing is tried twice."""

import asyncio
import logging
import socket

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.adapters.api.conftest import OpenApi
from tests.adapters.api.hosts import KEY, OK_BODY, TASK, Host, Visit, http
from tui.adapters.api import TencentApi
from tui.adapters.clock import SystemClock
from tui.core.entry import Fault
from tui.core.fault import FaultClass
from tui.core.secret import Credential, Secret
from tui.core.task import TaskRef
from tui.protocol.endpoint import EndpointError, parse_endpoint
from tui.protocol.exchange import Exchange

SLOW = 0.2


async def fault(api: TencentApi) -> Fault:
    exchange = await api.describe(TASK)
    assert isinstance(exchange.answer, Fault)
    assert exchange.request_id is None
    return exchange.answer


async def test_a_reset_connection(host: Host, api: TencentApi) -> None:
    async def reset(visit: Visit) -> None:
        visit.reset()

    host.play = reset

    told = await fault(api)

    assert (told.code, told.fault_class, told.http_status) == ("Transport.Reset", FaultClass.NETWORK, None)
    assert len(host.visits) == 1


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 200", b"SSH-2.0-OpenSSH_9.6\r\n"])
async def test_no_http_answer(host: Host, api: TencentApi, said: bytes) -> None:
    async def hang_up(visit: Visit) -> None:
        await visit.say(said)
        visit.writer.close()

    host.play = hang_up

    assert (await fault(api)).code == "Transport.NoAnswer"
    assert len(host.visits) == 1


async def test_an_answer_that_breaks_off(host: Host, api: TencentApi) -> None:
    async def break_off(visit: Visit) -> None:
        await visit.say(http()[:-20])
        visit.writer.close()

    host.play = break_off

    told = await fault(api)

    assert (told.code, told.http_status) == ("Transport.Truncated", 200)


async def test_an_answer_reset_half_way(host: Host, api: TencentApi) -> None:
    async def reset(visit: Visit) -> None:
        await visit.say(http()[:-20])
        visit.reset()

    host.play = reset

    assert (await fault(api)).code in {"Transport.Reset", "Transport.Truncated"}


async def test_no_answer_in_time(host: Host, open_api: OpenApi) -> None:
    async def silent(_visit: Visit) -> None:
        await asyncio.Event().wait()

    host.play = silent

    exchange = await open_api(f"http://127.0.0.1:{host.port}", call_timeout_s=SLOW).describe(TASK)

    assert isinstance(exchange.answer, Fault)
    assert exchange.answer.code == "Transport.Timeout"
    assert SLOW * 500_000 < exchange.latency_us < 5_000_000


async def test_a_body_that_drips_does_not_outlast_the_call(host: Host, open_api: OpenApi) -> None:
    """Every single read is quick; only the limit of the whole call ends it."""

    async def drip(visit: Visit) -> None:
        await visit.say(http(OK_BODY)[: -len(OK_BODY)])
        while True:
            await visit.say(b" ")
            await asyncio.sleep(SLOW / 20)

    host.play = drip

    told = await fault(open_api(f"http://127.0.0.1:{host.port}", call_timeout_s=SLOW))

    assert (told.code, told.http_status) == ("Transport.Timeout", 200)


async def test_nobody_listens(open_api: OpenApi) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]

        told = await fault(open_api(f"http://127.0.0.1:{port}"))

    assert told.code == "Transport.ConnectFailed"
    assert told.message == f"127.0.0.1:{port}: Connection refused"


async def test_a_connection_that_does_not_open(open_api: OpenApi) -> None:
    """A listener with a full queue lets further connections wait."""
    with socket.socket() as full, socket.socket() as first, socket.socket() as second:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for waiting in (first, second):
            waiting.setblocking(False)  # noqa: FBT003 - the standard library's own signature
            waiting.connect_ex(full.getsockname())

        told = await fault(open_api(f"http://127.0.0.1:{full.getsockname()[1]}", connect_timeout_s=SLOW))

    assert told.code == "Transport.ConnectTimeout"


async def test_a_name_that_does_not_exist(open_api: OpenApi, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(variable, raising=False)

    monkeypatch.setenv("RES_OPTIONS", "timeout:1 attempts:1")  # where no name server answers, do not wait long for it

    told = await fault(open_api("https://trtc.invalid", connect_timeout_s=30.0, call_timeout_s=30.0))

    assert (told.code, told.fault_class) == ("Transport.NameNotResolved", FaultClass.NETWORK)
    assert told.message.startswith("trtc.invalid: ")


@pytest.mark.parametrize("token", ["TOKEN\nEXAMPLE", "TOKENEXAMPLE ", "TOKENEXAMPLÉ"])
async def test_a_key_that_cannot_be_a_header_is_not_shown(
    host: Host, api: TencentApi, token: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    host.says(http())
    api.use(Credential(Secret("AKIDEXAMPLE"), Secret("KEYEXAMPLE"), Secret(token)))

    told = await fault(api)

    assert (told.code, told.fault_class) == ("Transport.NotSendable", FaultClass.AUTH)
    assert "X-TC-Token" in told.message
    assert "EXAMPL" not in told.message + caplog.text
    assert host.visits == []


async def test_nothing_secret_is_logged(host: Host, api: TencentApi, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    host.says(http())

    await api.describe(TASK)

    assert "127.0.0.1" in caplog.text
    assert "EXAMPLE" not in caplog.text


def test_plain_http_to_another_machine_is_refused() -> None:
    with pytest.raises(EndpointError, match="plain http"):
        TencentApi(
            Credential(Secret("AKIDEXAMPLE"), Secret("KEYEXAMPLE")),
            parse_endpoint("http://trtc.tencentcloudapi.com"),
            SystemClock(),
        )


async def test_a_region_with_odd_characters_raises_nothing(host: Host, api: TencentApi) -> None:
    host.says(http())

    exchange = await api.describe(TaskRef("ap-\r\nX-Evil: 1", 1, "t"))

    assert isinstance(exchange.answer, Fault)
    assert "X-TC-Region" in exchange.answer.message
    assert host.visits == []


heads = st.sampled_from(
    [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 101 Switching Protocols\r\n\r\n"]
)
fields = st.sampled_from(
    [
        b"",
        b"Content-Length: 5\r\n\r\n",
        b"Content-Length: -1\r\n\r\n",
        b"Transfer-Encoding: chunked\r\n\r\n",
        b"Content-Encoding: gzip\r\n\r\n",
        b"Content-Type: \xff\r\nDate: \xff\r\nLocation: ://\r\nSet-Cookie: \x00=\r\n\r\n",
    ]
)


@settings(max_examples=60, deadline=None)
@given(heads, fields, st.binary(max_size=40))
def test_whatever_a_server_says_nothing_is_raised(head: bytes, field: bytes, rest: bytes) -> None:
    async def hang_up(visit: Visit) -> None:
        await visit.say(head + field + rest)
        visit.writer.close()

    async def ask() -> Exchange:
        host = Host(play=hang_up)
        async with await asyncio.start_server(host.serve, "127.0.0.1", 0) as server:
            endpoint = parse_endpoint(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
            api = TencentApi(KEY, endpoint, SystemClock())
            try:
                return await api.describe(TASK)
            finally:
                await api.aclose()

    assert isinstance(asyncio.run(ask()).answer, Fault)
