"""A process of its own that answers for Tencent: prints its URL; then, for each line on standard input, all arrivals.

Every answer takes `--latency` ms, so that some are always under way. The first `--changing` tasks change every few
seconds, the others stay in progress for ever.
"""

import argparse
import sys
from math import inf

import msgspec

from tests.sharing.naming import credential_of, task_id_of
from tui.simulator.keys import DEMO_CREDENTIAL
from tui.simulator.server import Simulator, wall_clock_us
from tui.simulator.world import Life, Step, World

START_TIME_MS = 1_772_433_534_515
CHANGE_EVERY_S = 3.0
CHANGES = 1_000


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--tasks", type=int, required=True)
    options.add_argument("--changing", type=int, required=True)
    options.add_argument("--latency", type=int, required=True)
    options.add_argument("--workers", type=int, required=True)
    given = options.parse_args()
    lives = [life(number, given.latency, changes=number < given.changing) for number in range(given.tasks)]
    keys = (DEMO_CREDENTIAL, *map(credential_of, range(given.workers)))
    with Simulator(World(lives, now_us=wall_clock_us()), keys=keys) as simulator:
        print(simulator.url, flush=True)
        for _ in sys.stdin:
            print(msgspec.json.encode(simulator.traffic.arrivals).decode(), flush=True)


def life(number: int, latency_ms: int, *, changes: bool) -> Life:
    words = ("Idle", "InProgress") * CHANGES if changes else ("InProgress",)
    lasting_s = CHANGE_EVERY_S if changes else inf
    steps = tuple(Step(word, lasting_s, delay_ms=latency_ms) for word in words)
    return Life(task_id_of(number), steps, start_time_ms=START_TIME_MS)


if __name__ == "__main__":
    main()
