"""`trtc-tui demo`: the real app over the simulator on a loopback port; no key, no network."""

import argparse
import tempfile
from pathlib import Path

from tui.cli.alert_option import add_alerts, alerts_of
from tui.cli.break_option import add_breaks, breaks_of
from tui.cli.options import Parser, decimal, whole
from tui.cli.refusals import refusing, require_no_failure
from tui.cli.terminal import require_screen, take_keyboard

TAKES_TASKS = False
TAKES = ""


def about(_name: str) -> str:
    """One sentence for --help."""
    return "Watch made-up tasks on a simulated API: nothing to set up, nothing left behind."


def add_options(parser: Parser, _name: str) -> None:
    """How many, how fast, which story, how much trouble."""
    parser.add_argument("--tasks", type=whole(1, 20_000), default=40, metavar="N", help="how many tasks live (40)")
    parser.add_argument("--speed", type=decimal(0.1, 100), default=1.0, metavar="X", help="how much faster than real")
    parser.add_argument(
        "--seed", type=whole(-(2**31), 2**31), default=0, metavar="N", help="another number, another story"
    )
    parser.add_argument("--faults", action="store_true", help="let network and service fail now and then")
    add_breaks(parser)
    add_alerts(parser)


def run(_name: str, values: argparse.Namespace) -> int:
    """Show the demo until the operator leaves."""
    from tui.wiring.demo import demo_account, demo_simulator
    from tui.wiring.session import make_session

    breaks, alerts = breaks_of(values), alerts_of(values)
    require_screen()
    take_keyboard()
    simulator = demo_simulator(tasks=values.tasks, speed=values.speed, seed=values.seed, faults=values.faults)
    with refusing(), tempfile.TemporaryDirectory(prefix="trtc-tui-demo-") as folder, simulator:
        account = demo_account(simulator, Path(folder))
        session = make_session(account)
        session.open()
        try:
            from tui.wiring.screen import show

            for task, name in simulator.world.roster:
                session.watch(task, name)
            code = show(session, account, breaks, alerts)
        finally:
            session.stop()
    require_no_failure(session.failure)
    return code
