"""From a change to the look that sees it, beside round robin and beside what no policy can better (polling.md §2).

The default run takes short horizons. `SCHEDULE_HOURS=8 SCHEDULE_WORLDS=6` gives the figures to compare with the targets
of design.md §7: at most 1.2 times the bound at 100 tasks, 1.05 times at 1,000 and 10,000.
"""

import os
from collections.abc import Callable
from statistics import fmean

import pytest

from tests.benchmarks.conftest import Table
from tests.core.schedule_world import Figures, Policy, RoundRobin, World
from tui.core.schedule import Schedule

HOURS = float(os.environ.get("SCHEDULE_HOURS", "0.75"))
WORLDS = int(os.environ.get("SCHEDULE_WORLDS", "1"))
RATE_PER_S = 19.0

BOUNDS_S = {20: 0.202, 100: 1.025, 1_000: 16.44, 10_000: 209.9}
"""Mean delay that no policy can better: Lagrangian relaxation of the budget, true stays known (polling.md §2)."""

POLICIES: dict[str, tuple[Callable[[], Policy], bool]] = {
    "round robin": (RoundRobin, False),
    "schedule": (lambda: Schedule(RATE_PER_S), False),
    "schedule, lifelike": (lambda: Schedule(RATE_PER_S), True),
}
"""Lifelike: each new task is asked at once, and each end twice, which the bound knows nothing of."""


def spread(delays_s: list[float]) -> str:
    ordered = sorted(delays_s)
    if not ordered:
        return "-"
    return f"{fmean(ordered):.4g} / {ordered[int(0.95 * len(ordered))]:.4g} / {ordered[-1]:.4g}"


def row(name: str, tasks: int, worlds: list[Figures]) -> tuple[str, ...]:
    delays_s = [delay_s for world in worlds for delay_s in world.all_s]
    stages = [[delay_s for world in worlds for delay_s in world.delays_s[stage]] for stage in range(3)]
    ratio = f"{fmean(delays_s) / BOUNDS_S[tasks]:.3f}" if delays_s else "-"
    gap = f"{max(world.longest_gap_s for world in worlds):.4g}"
    return f"{tasks:,}", name, ratio, spread(delays_s), *map(spread, stages), gap


@pytest.mark.benchmark_table
def test_delay_of_changes(table: Table) -> None:
    rows: list[tuple[str, ...]] = [("tasks", "policy", "x bound", "all", "InProgress", "Exited", "gone", "longest gap")]
    for tasks, bound_s in BOUNDS_S.items():
        rows.append((f"{tasks:,}", "bound", "1", f"{bound_s}", "", "", "", ""))
        for name, (make, lifelike) in POLICIES.items():
            worlds = [
                World(make(), tasks, seed=seed, lifelike=lifelike).run(3600 * HOURS, RATE_PER_S)
                for seed in range(1, WORLDS + 1)
            ]
            assert all(world.looks > 10_000 * HOURS for world in worlds), "nearly every slot is used"
            rows.append(row(name, tasks, worlds))
    table(f"Delay of changes, s: mean / p95 / max at {RATE_PER_S:g}/s, {WORLDS} x {HOURS:g} h of virtual time", rows)
