"""What goes out: the bytes that were signed, on few connections."""

import asyncio
import json
import sys

import pytest

from tests.adapters.api.hosts import KEY, TASK, Host, Visit, http
from tui import __version__
from tui.adapters.api import TencentApi
from tui.adapters.http_client import CONNECTIONS
from tui.core.secret import Credential, Secret
from tui.engine.poller import IN_FLIGHT
from tui.protocol.signing import sign


def authorization(visit: Visit, key: Credential = KEY) -> str:
    """What the header has to be for what arrived, computed from the received bytes alone."""
    return sign(
        key,
        host=visit.header("Host"),
        service="trtc",
        body=visit.body,
        timestamp_s=int(visit.header("X-TC-Timestamp")),
        content_type=visit.header("Content-Type"),
    ).authorization


async def test_what_arrives_is_what_was_signed(host: Host, api: TencentApi) -> None:
    host.says(http())

    exchange = await api.describe(TASK)

    (visit,) = host.visits
    assert visit.body == exchange.question.body
    assert visit.header("Authorization") == authorization(visit)
    assert abs(int(visit.header("X-TC-Timestamp")) - exchange.sent_us // 1_000_000) <= 1


async def test_nothing_is_added_but_our_name_and_the_length(host: Host, api: TencentApi) -> None:
    host.says(http())

    exchange = await api.describe(TASK)

    assert host.visits[0].headers == [
        *exchange.question.headers,
        ("User-Agent", f"trtc-tui/{__version__}"),
        ("Accept-Encoding", "identity"),
        ("Content-Length", str(len(exchange.question.body))),
    ]
    assert json.loads(host.visits[0].body) == {"SdkAppId": TASK.sdk_app_id, "TaskId": TASK.task_id}


async def test_a_new_key_and_the_servers_time(host: Host, api: TencentApi) -> None:
    host.says(http())
    fresh = Credential(Secret("AKIDFRESHEXAMPLE"), Secret("KEYFRESHEXAMPLE"))

    api.use(fresh)
    api.correct_clock(600_000_000)
    exchange = await api.describe(TASK)

    (visit,) = host.visits
    assert visit.header("Authorization") == authorization(visit, fresh)
    assert "X-TC-Token" not in dict(visit.headers)
    assert int(visit.header("X-TC-Timestamp")) - exchange.sent_us // 1_000_000 in (599, 600)


async def test_ten_calls_use_one_connection(host: Host, api: TencentApi) -> None:
    host.says(http())

    for _ in range(10):
        await api.describe(TASK)

    assert (host.connections, len(host.visits)) == (1, 10)


async def test_as_many_connections_as_the_poller_has_requests(host: Host, api: TencentApi) -> None:
    everybody = asyncio.Barrier(IN_FLIGHT)

    async def together(visit: Visit) -> None:
        await everybody.wait()
        await visit.say(http())

    host.play = together

    await asyncio.gather(*(api.describe(TASK) for _ in range(IN_FLIGHT)))

    assert host.connections == IN_FLIGHT == CONNECTIONS


async def test_cancelling_passes_through_and_leaves_the_door_usable(host: Host, api: TencentApi) -> None:
    asked = asyncio.Event()

    async def silent(_visit: Visit) -> None:
        asked.set()
        await asyncio.Event().wait()

    host.play = silent
    async with asyncio.TaskGroup() as group:
        calls = [group.create_task(api.describe(TASK)) for _ in range(CONNECTIONS)]
        await asked.wait()
        for call in calls:
            call.cancel()
    host.says(http())

    assert all(call.cancelled() for call in calls)
    assert (await api.describe(TASK)).http_status == 200


async def test_warming_up_sends_nothing_to_loopback(host: Host, api: TencentApi) -> None:
    await api.warm_up()

    assert host.connections == 0


@pytest.mark.parametrize(
    "module", ["tui.protocol.messages", "tui.engine.poller", "tui.adapters.clock", "tui.adapters.api_setup"]
)
async def test_only_the_door_loads_httpx(module: str) -> None:
    code = f"import {module}, sys; sys.exit('httpx' in sys.modules)"
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code)
    assert await process.wait() == 0
