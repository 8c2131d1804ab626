"""What ten minutes without network cost, beside polling.md §2. In virtual time: the same on any machine."""

import os
from random import Random
from statistics import mean

from tests.benchmarks.conftest import Table
from tests.engine.playbook import SECOND_US, Playbook
from tui.core.entry import Poll, Seen
from tui.core.task import TaskRef

ROOMS = [TaskRef("ap-guangzhou", 1400000001, f"hall-{number}") for number in range(100)]
RUNS = int(os.environ.get("OUTAGE_RUNS", "40"))
OUTAGE_S = 600
BEFORE_S = 3

REQUESTS = 31
BLIND_S = 10.7
LONGEST_BLIND_S = 28
"""polling.md §2."""


def outage(seed: int, seconds: float) -> tuple[int, float]:
    """Requests while nothing gets through, and how long it takes afterwards until anything is seen, s."""
    chance = Random(seed)
    with Playbook(dict.fromkeys(ROOMS, "InProgress"), latency_ms=60, chances=iter(chance.random, 2.0)) as play:
        play.wait(BEFORE_S)
        before = len(play.api.sent)
        play.api.down = True
        play.wait(seconds + chance.random() * 30)
        during = len(play.api.sent) - before
        play.api.down = False
        back_us = play.clock.now_us()
        play.wait(40)
        sights = (
            poll.at_us for poll in play.journal.entries if isinstance(poll, Poll) and isinstance(poll.answer, Seen)
        )
        return during, (next(at_us for at_us in sights if at_us > back_us) - back_us) / SECOND_US


def test_an_outage_costs_what_was_computed(table: Table) -> None:
    runs = [outage(seed, OUTAGE_S) for seed in range(RUNS)]
    requests, blind_s = mean(run[0] for run in runs), mean(run[1] for run in runs)
    longest_s = max(run[1] for run in runs)
    hour, _ = outage(1, 3_600)
    table(
        f"Outage of {OUTAGE_S} s, 100 tasks at 18/s, {RUNS} runs in virtual time",
        [
            ("", "here", "polling.md", "without a breaker"),
            ("requests during it, mean", f"{requests:.1f}", f"{REQUESTS}", f"{OUTAGE_S * 18:,}"),
            ("blind after it, mean", f"{blind_s:.1f} s", f"{BLIND_S} s", "0.1 s"),
            ("blind after it, longest", f"{longest_s:.1f} s", f"{LONGEST_BLIND_S} s", ""),
            ("requests in an hour without network", f"{hour}", "", f"{3_600 * 18:,}"),
        ],
    )
    assert 0.8 * REQUESTS <= requests <= 1.2 * REQUESTS
    assert 0.8 * BLIND_S <= blind_s <= 1.2 * BLIND_S
    assert longest_s <= 1.2 * LONGEST_BLIND_S
    assert hour < 300
