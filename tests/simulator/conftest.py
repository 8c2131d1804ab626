import json
from collections.abc import Callable, Iterator

import httpx
import pytest

from tui.protocol.signing import sign
from tui.simulator.keys import DEMO_CREDENTIAL
from tui.simulator.server import Simulator, wall_clock_us
from tui.simulator.verify import KIND
from tui.simulator.world import REGION, SDK_APP_ID, World, scripted

TASK_ID = "-m9+bVV_7nhK."
START_TIME_MS = 1_772_433_534_515

Ask = Callable[[Simulator], httpx.Response]


@pytest.fixture
def world() -> World:
    life = scripted(TASK_ID, ("InProgress", float("inf")), start_time_ms=START_TIME_MS)
    return World([life], now_us=wall_clock_us())


@pytest.fixture
def simulator(world: World) -> Iterator[Simulator]:
    with Simulator(world) as running:
        yield running


@pytest.fixture
def ask() -> Iterator[Ask]:
    """Sends one correct request for the task of `world` over a connection that is kept."""
    with httpx.Client(trust_env=False) as client:

        def ask_for(simulator: Simulator) -> httpx.Response:
            host = f"127.0.0.1:{simulator.port}"
            body = json.dumps({"SdkAppId": SDK_APP_ID, "TaskId": TASK_ID}).encode()
            stamp = wall_clock_us() // 1_000_000
            signature = sign(DEMO_CREDENTIAL, host=host, service=KIND.service, body=body, timestamp_s=stamp)
            headers = {
                "Host": host,
                "Content-Type": "application/json",
                "Authorization": signature.authorization,
                "X-TC-Action": KIND.action,
                "X-TC-Version": KIND.version,
                "X-TC-Region": REGION,
                "X-TC-Timestamp": str(stamp),
            }
            return client.post(simulator.url, content=body, headers=headers)

        yield ask_for
