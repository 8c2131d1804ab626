"""What comes back, and what is made of it."""

import gzip
import json
import zlib
from collections.abc import Callable

import pytest

from tests.adapters.api.hosts import OK_BODY, TASK, Host, Visit, http
from tui.adapters.answer_body import MAX_BYTES
from tui.adapters.api import TencentApi
from tui.core.entry import Fault, Reason, Seen
from tui.core.fault import FaultClass

REFUSAL = b'{"Response":{"Error":{"Code":"ResourceNotFound","Message":"gone"},"RequestId":"r-2"}}'
PADDED = OK_BODY[:-1] + b' ,"Padding": "%s"}'


def answer_of(size: int) -> bytes:
    """A good answer of exactly `size` bytes."""
    return PADDED.replace(b"%s", b"x" * (size - len(PADDED) + 2))


async def fault(api: TencentApi) -> Fault:
    answer = (await api.describe(TASK)).answer
    assert isinstance(answer, Fault)
    return answer


async def test_a_status(host: Host, api: TencentApi) -> None:
    host.says(http(X_Served_By="edge-7"))

    exchange = await api.describe(TASK)

    assert exchange.answer == Seen("Idle", 1772433534515, OK_BODY)
    assert (exchange.request_id, exchange.http_status) == ("r-1", 200)
    assert ("x-served-by", "edge-7") in exchange.headers
    assert 0 < exchange.latency_us < 5_000_000
    assert exchange.as_poll(Reason.BASE).task == TASK


@pytest.mark.parametrize("status", ["200 OK", "401 Unauthorized", "404 Not Found", "500 Oops"])
async def test_an_error_of_the_service_with_any_status(host: Host, api: TencentApi, status: str) -> None:
    host.says(http(REFUSAL, status, Content_Type="application/json; charset=utf-8"))

    exchange = await api.describe(TASK)

    assert exchange.answer == Fault(FaultClass.END, "ResourceNotFound", "gone", int(status[:3]), REFUSAL)
    assert exchange.request_id == "r-2"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (http(b"<html>Bad Gateway</html>", "502 Bad Gateway", Content_Type="text/html"), "Transport.Html"),
        (http(b"no", "403 Forbidden", Content_Type="text/plain"), "Transport.HttpStatus"),
        (http(b"no", "503 Busy", Content_Type="text/plain"), "Transport.HttpStatus"),
        (http(OK_BODY[:50]), "Transport.Truncated"),
        (http(b'{"ok": true}'), "Transport.NoResponse"),
        (http(b""), "Transport.NotJson"),
    ],
)
async def test_what_the_service_did_not_write(host: Host, api: TencentApi, said: bytes, code: str) -> None:
    host.says(said)

    told = await fault(api)

    assert (told.code, told.fault_class) == (code, FaultClass.NETWORK)
    assert told.http_status == int(said[9:12])
    assert told.body == said.partition(b"\r\n\r\n")[2]


async def test_a_redirect_is_not_followed(host: Host, api: TencentApi) -> None:
    host.says(http(b"", "307 Temporary Redirect", Location=f"http://127.0.0.1:{host.port}/elsewhere"))

    assert (await fault(api)).code == "Transport.Redirect"
    assert [visit.head.split("\r\n")[0] for visit in host.visits] == ["POST / HTTP/1.1"]


async def test_an_answer_of_the_largest_size_is_read(host: Host, api: TencentApi) -> None:
    host.says(http(answer_of(MAX_BYTES)))

    assert isinstance((await api.describe(TASK)).answer, Seen)


async def test_a_larger_answer_is_refused_while_it_comes(host: Host, api: TencentApi) -> None:
    async def endless(visit: Visit) -> None:
        await visit.say(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            await visit.say(b"2000\r\n" + b" " * 0x2000 + b"\r\n")

    host.play = endless

    told = await fault(api)

    assert (told.code, told.http_status) == ("Transport.TooLarge", 200)
    assert len(told.body) == 2_000


@pytest.mark.parametrize(("encoding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
async def test_a_packed_answer_is_unpacked(
    host: Host, api: TencentApi, encoding: str, pack: Callable[[bytes], bytes]
) -> None:
    host.says(http(pack(OK_BODY), Content_Encoding=encoding))

    assert isinstance((await api.describe(TASK)).answer, Seen)


async def test_a_gzip_bomb_is_refused(host: Host, api: TencentApi) -> None:
    bomb = gzip.compress(b" " * 50 * MAX_BYTES)
    assert len(bomb) < MAX_BYTES / 10
    host.says(http(bomb, Content_Encoding="gzip"))

    assert (await fault(api)).code == "Transport.TooLarge"


async def test_a_damaged_gzip_is_a_damaged_answer(host: Host, api: TencentApi) -> None:
    host.says(http(b"\x1f\x8b not gzip at all", Content_Encoding="gzip"))

    assert (await fault(api)).code == "Transport.Truncated"


async def test_the_skew_is_measured(host: Host, api: TencentApi) -> None:
    host.says(http(Date="Mon, 02 Mar 2026 06:38:54 GMT"))

    exchange = await api.describe(TASK)

    assert exchange.skew is not None
    server_us = 1_772_433_534_000_000
    assert abs(exchange.sent_us + exchange.skew.offset_us - server_us) <= 2 * exchange.skew.error_us
    assert 500_000 <= exchange.skew.error_us < 3_000_000


async def test_without_a_date_no_skew_is_claimed(host: Host, api: TencentApi) -> None:
    host.says(http(Date="soon"))

    assert (await api.describe(TASK)).skew is None


def test_the_padded_answer_has_the_size_asked_for() -> None:
    assert len(answer_of(5_000)) == 5_000
    assert json.loads(answer_of(5_000))["Response"]["Status"] == "Idle"
