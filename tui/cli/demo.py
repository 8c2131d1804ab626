"""`trtc-tui demo`: the real app over the simulator on a loopback port; no key, no network."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from tui.cli.refusals import refusing
from tui.cli.terminal import require_screen, take_keyboard


def demo(
    *,
    tasks: Annotated[int, typer.Option(min=1, max=20_000, help="How many tasks live in the demo.")] = 40,
    speed: Annotated[float, typer.Option(min=0.1, max=100, help="How much faster than real they live.")] = 1.0,
    seed: Annotated[int, typer.Option(help="Another number, another story.")] = 0,
    faults: Annotated[
        bool, typer.Option("--faults", help="Let the network and the service fail now and then.")
    ] = False,
) -> int:
    """Watch made-up tasks on a simulated API: nothing to set up, nothing left behind."""
    from tui.wiring.demo import demo_account, demo_simulator
    from tui.wiring.session import make_session

    require_screen()
    take_keyboard()
    simulator = demo_simulator(tasks=tasks, speed=speed, seed=seed, faults=faults)
    with refusing(), tempfile.TemporaryDirectory(prefix="trtc-tui-demo-") as folder, simulator:
        account = demo_account(simulator, Path(folder))
        session = make_session(account)
        session.open()
        try:
            from tui.wiring.screen import show

            for task, name in simulator.world.roster:
                session.watch(task, name)
            return show(session, account)
        finally:
            session.stop()
