"""Makes `incident.trtc`: five minutes of a bad evening, played by the simulator and recorded by the real engine.

    python -m tests.incident.make

Made anew only when the story changes: tests replay the file as it is, as a user does who was sent it.
"""

import os
import sys
import tempfile
import threading
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from tests.incident.story import BUNDLE, NOTE, PANEL, lives
from tui.adapters.journal.bundle import write_bundle
from tui.simulator.server import Simulator, wall_clock_us
from tui.simulator.world import World
from tui.wiring.demo import demo_account
from tui.wiring.session import make_session

Act = Callable[[], object]


def main() -> None:
    """Play the story in real time, and pack what was recorded."""
    os.environ["LOGNAME"] = "alice"  # who marks, in the journal
    now_us = wall_clock_us()
    simulator = Simulator(World(lives(now_us), now_us=now_us))
    with tempfile.TemporaryDirectory() as folder, simulator:
        account = demo_account(simulator, Path(folder))
        session = make_session(account)
        session.open()
        for task, name in simulator.world.roster:
            session.watch(task, name)
        session.poll()

        def mark() -> None:
            snapshot = session.take().snapshot
            session.mark(snapshot.frame, snapshot.at_us, NOTE, simulator.world.task(PANEL.task_id))

        faults = simulator.faults
        _act_out(
            (70, lambda: faults.add("throttled*8")),
            (110, lambda: faults.add("skew=-412")),
            (130, faults.clear),
            (176, mark),
            (215, lambda: faults.add("reset")),
            (240, faults.clear),
            (285, lambda: None),
        )
        session.stop()
        BUNDLE.unlink(missing_ok=True)
        size = write_bundle(account.journal, BUNDLE)
    sys.stdout.write(f"{BUNDLE}: {size} bytes\n")


def _act_out(*acts: tuple[float, Act]) -> None:
    """Do each thing at its second."""
    waited = threading.Event()
    begun: tuple[float, Act] = (0.0, main)
    for (before_s, _), (second, act) in pairwise((begun, *acts)):
        waited.wait(second - before_s)
        act()


if __name__ == "__main__":
    main()
