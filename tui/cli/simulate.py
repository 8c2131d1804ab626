"""`trtc-tui simulate`: Tencent's API on loopback, as a server for other programs."""

import argparse
import sys

from tui.cli.exits import Exit, Refusal
from tui.cli.options import Parser, decimal, whole

TAKES_TASKS = False
TAKES = ""


def about(_name: str) -> str:
    """One sentence for --help."""
    return "Serve made-up tasks on a simulated API; prints its URL first, then the key and the tasks it knows."


def add_options(parser: Parser, _name: str) -> None:
    """Where, how many, how fast, how much trouble."""
    parser.add_argument("--port", type=whole(0, 65_535), default=0, metavar="N", help="0 takes any free port")
    parser.add_argument("--tasks", type=whole(1, 20_000), default=40, metavar="N", help="how many tasks live (40)")
    parser.add_argument("--speed", type=decimal(0.1, 1_000), default=1.0, metavar="X", help="how much faster than real")
    parser.add_argument(
        "--seed", type=whole(-(2**31), 2**31), default=0, metavar="N", help="another number, another story"
    )
    parser.add_argument("--limit", action="store_true", help="refuse more than 20 requests a second")
    parser.add_argument(
        "--fault",
        action="append",
        default=[],
        metavar="FAULT",
        help="such as html=502@0.2, reset*3, skew=-600, code=InternalError; repeatable",
    )


def run(_name: str, values: argparse.Namespace) -> int:
    """Serve until a signal comes."""
    from tui.simulator.demo import demo_world
    from tui.simulator.keys import DEMO_SECRET_ID, DEMO_SECRET_KEY
    from tui.simulator.server import Simulator, SimulatorError, serve, wall_clock_us

    try:
        world = demo_world(wall_clock_us(), tasks=values.tasks, seed=values.seed, speed=values.speed)
        simulator = Simulator(world, faults=values.fault, limit=values.limit, port=values.port, seed=values.seed)
    except ValueError as mistake:
        raise Refusal(Exit.USAGE, str(mistake)) from None

    def tell(url: str) -> None:
        _print(url)
        _print(f"TENCENTCLOUD_SECRET_ID={DEMO_SECRET_ID} TENCENTCLOUD_SECRET_KEY={DEMO_SECRET_KEY}")
        for task, name in world.roster:
            _print(f"{task} {name}")

    try:
        return 128 + serve(simulator, tell)
    except SimulatorError as error:
        raise Refusal(Exit.USAGE, str(error)) from None


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
