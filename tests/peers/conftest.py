from collections.abc import Iterator
from math import inf

import pytest

from tui.simulator.server import Simulator, wall_clock_us
from tui.simulator.world import World, scripted

TASK_ID = "-m9+bVV_7nhK."
START_TIME_MS = 1_772_433_534_515


@pytest.fixture
def simulator(monkeypatch: pytest.MonkeyPatch) -> Iterator[Simulator]:
    """One task in progress. The peers' own proxy rules would send loopback traffic elsewhere."""
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    life = scripted(TASK_ID, ("InProgress", inf), start_time_ms=START_TIME_MS)
    with Simulator(World([life], now_us=wall_clock_us())) as running:
        yield running
