"""What a call leaves behind is what left, not what was meant to."""

import asyncio
import hashlib
from collections.abc import Callable

import httpx
import msgspec
import pytest

from tests.adapters.api.conftest import OpenApi
from tests.adapters.api.hosts import OK_BODY, TASK, Host, Visit, http
from tui import __version__
from tui.adapters.api import TencentApi
from tui.core.secret import Credential, Secret
from tui.protocol.evidence import Evidence, Sent, digest, told_digest

CANARY = Credential(Secret("AKIDCANARYsecretid00000000001234"), Secret("CanaryKey" * 4), Secret("CanaryToken" * 9))


async def evidence(api: TencentApi) -> Evidence:
    left = (await api.describe(TASK)).evidence
    assert left is not None
    return left


def sent(left: Evidence) -> Sent:
    assert left.sent is not None
    return left.sent


async def test_the_request_as_it_arrived(host: Host, api: TencentApi) -> None:
    host.says(http(Server="edge"))

    left = await evidence(api)

    (visit,) = host.visits
    assert visit.head.split("\r\n")[0] == f"{sent(left).method} {sent(left).target} HTTP/1.1"
    assert [name for name, _ in sent(left).headers] == [name for name, _ in visit.headers]
    hidden = {"Authorization", "X-TC-Token"}
    assert [pair for pair in sent(left).headers if pair[0] not in hidden] == [
        pair for pair in visit.headers if pair[0] not in hidden
    ]
    shown = dict(sent(left).headers)
    for name in hidden:
        assert told_digest(shown[name]) == digest(visit.header(name))
    assert sent(left).body_sha256 == hashlib.sha256(visit.body).hexdigest()
    assert sent(left).body_bytes == len(visit.body)


async def test_what_was_meant_and_what_came(host: Host, api: TencentApi) -> None:
    host.says(http(Server="edge"))

    exchange = await api.describe(TASK)

    left = exchange.evidence
    assert left is not None
    assert left.answered is not None
    assert left.meant.timestamp_s == exchange.question.signature.timestamp_s
    assert left.meant.agent == f"trtc-tui/{__version__}"
    assert (left.answered.http_version, left.answered.http_status, left.answered.reason) == ("HTTP/1.1", 200, "OK")
    assert ("Server", "edge") in left.answered.headers
    assert left.address == f"127.0.0.1:{host.port}"
    assert left.proxy == ""


async def test_the_steps_of_a_new_and_of_a_kept_connection(host: Host, api: TencentApi) -> None:
    async def slowly(visit: Visit) -> None:
        answer = http()
        await asyncio.sleep(0.03)
        await visit.say(answer[: -len(OK_BODY)])
        await asyncio.sleep(0.03)
        await visit.say(OK_BODY)

    host.play = slowly

    new, kept = (await evidence(api)).timing, (await evidence(api)).timing

    assert new.connect_us is not None
    assert kept.connect_us is None
    for timing in (new, kept):
        assert (timing.slot_us, timing.tls_us, timing.broke_in) == (None, None, "")
        assert (timing.wait_us or 0) >= 25_000
        assert (timing.receive_us or 0) >= 25_000
        assert timing.send_us is not None


async def test_the_steps_add_up_to_the_latency(host: Host, api: TencentApi) -> None:
    host.says(http())

    exchange = await api.describe(TASK)

    left = exchange.evidence
    assert left is not None
    steps = [left.timing.send_us, left.timing.wait_us, left.timing.receive_us]
    total_us = sum(us for us in steps if us is not None)
    assert None not in steps
    assert 0 < total_us <= exchange.latency_us


async def test_an_answer_that_never_comes_breaks_off_while_waiting(host: Host, open_api: OpenApi) -> None:
    async def silent(_visit: Visit) -> None:
        await asyncio.Event().wait()

    host.play = silent

    left = await evidence(open_api(f"http://127.0.0.1:{host.port}", call_timeout_s=0.2))

    assert left.timing.broke_in == "wait"
    assert left.answered is None
    assert left.sent is not None


async def test_nobody_there_breaks_off_in_connecting(open_api: OpenApi) -> None:
    left = await evidence(open_api("http://127.0.0.1:9"))

    assert (left.sent, left.answered, left.address, left.timing.broke_in) == (None, None, "", "connect")


async def test_what_cannot_be_sent_leaves_no_request(open_api: OpenApi) -> None:
    api = open_api("http://127.0.0.1:9")
    api.use(Credential(Secret("AKIDEXAMPLE"), Secret("KEY"), Secret("two\nlines")))

    assert (await evidence(api)).sent is None


class Meddling(httpx.AsyncBaseTransport):
    """Changes requests after httpx has made them: an agent that patches the library, as monitoring likes to do."""

    def __init__(self, inner: httpx.AsyncBaseTransport, change: Callable[[httpx.Request], httpx.Request]) -> None:
        self._inner = inner
        self._change = change

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await self._inner.handle_async_request(self._change(request))

    async def aclose(self) -> None:
        await self._inner.aclose()


def with_charset(request: httpx.Request) -> httpx.Request:
    request.headers["Content-Type"] = "application/json; charset=utf-8"
    return request


def with_spaces(request: httpx.Request) -> httpx.Request:
    body = request.content.replace(b":", b": ")
    headers = {**request.headers, "content-length": str(len(body))}
    return httpx.Request(request.method, request.url, headers=headers, content=body, extensions=request.extensions)


@pytest.mark.parametrize("change", [with_charset, with_spaces])
async def test_whoever_changes_it_on_the_way_out_is_seen(
    host: Host, api: TencentApi, change: Callable[[httpx.Request], httpx.Request]
) -> None:
    host.says(http())
    api._client._transport = Meddling(api._client._transport, change)

    left = await evidence(api)

    (visit,) = host.visits
    shown = {name.lower(): value for name, value in sent(left).headers}
    assert shown["content-type"] == visit.header("Content-Type" if change is with_charset else "content-type")
    assert sent(left).body_sha256 == hashlib.sha256(visit.body).hexdigest()


async def test_no_secret_is_left_behind(host: Host, api: TencentApi) -> None:
    async def echo(visit: Visit) -> None:
        await visit.say(http(Set_Cookie="session=CanaryCookie", X_Echo=visit.header("Authorization")))

    host.play = echo
    api.use(CANARY)

    left = await evidence(api)

    told = msgspec.json.encode(left).decode() + repr(left)
    (visit,) = host.visits
    signature = visit.header("Authorization").rpartition("=")[2]
    for secret in ("CanaryKey", "CanaryToken", "CanaryCookie", "CANARYsecretid", signature):
        assert secret not in told
    assert left.meant.key == "AKID..1234"


async def test_an_answer_of_a_thousand_headers_is_kept_in_part(host: Host, api: TencentApi) -> None:
    many = "".join(f"X-{number}: y\r\n" for number in range(300))
    head, _, body = http(X_Long="z" * 5_000).partition(b"\r\n\r\n")
    host.says(head + b"\r\n" + many.encode() + b"\r\n" + body)

    left = await evidence(api)

    assert left.answered is not None
    assert len(left.answered.headers) == 64
    assert max(len(value) for _, value in left.answered.headers) == 1_000
