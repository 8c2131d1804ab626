"""A simulator whose tasks change when a test says so, not when time has passed."""

from collections.abc import Iterator
from contextlib import contextmanager
from math import inf

from tui.simulator.server import Simulator, wall_clock_us
from tui.simulator.world import REGION, SDK_APP_ID, Life, Step, World

START_TIME_MS = 1_772_433_534_515


class Stage:
    """A running simulator and what is played on it."""

    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator

    @property
    def url(self) -> str:
        return self.simulator.url

    @property
    def options(self) -> tuple[str, ...]:
        """What makes TaskIds of this stage complete on a command line."""
        return (f"--endpoint={self.url}", f"--region={REGION}", f"--sdk-app-id={SDK_APP_ID}")

    def plays(self, task_id: str, word: str, *, message: str = "") -> None:
        """From now on Describe answers with this status or error code."""
        self.simulator.world.play(Life(task_id, (Step(word, inf, message),), start_time_ms=START_TIME_MS))

    def arrivals(self, task_id: str) -> tuple[int, ...]:
        """When requests for this task arrived, monotonic µs."""
        return tuple(one.at_us for one in self.simulator.traffic.arrivals if one.task_id == task_id)

    def asked(self, task_id: str) -> int:
        """How many requests for this task arrived."""
        return len(self.arrivals(task_id))

    def ends(self, task_id: str) -> None:
        """From now on there is no such task."""
        self.simulator.world.play(Life(task_id))


@contextmanager
def running_stage() -> Iterator[Stage]:
    """An empty stage on a free port."""
    with Simulator(World([], now_us=wall_clock_us())) as simulator:
        yield Stage(simulator)
