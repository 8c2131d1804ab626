"""The simulator as an account: what `demo` shows and `simulate` serves."""

from pathlib import Path

from tui.adapters.journal import account_hash, journal_path
from tui.protocol.endpoint import parse_endpoint
from tui.simulator.demo import TRANSPORT_FAULTS, demo_world
from tui.simulator.keys import DEMO_CREDENTIAL
from tui.simulator.server import Simulator, wall_clock_us
from tui.wiring.account import Account, FixedKeys, view_path


def demo_simulator(*, tasks: int, speed: float, seed: int, faults: bool) -> Simulator:
    """A simulator of the demo's world on a free port, not started yet."""
    world = demo_world(wall_clock_us(), tasks=tasks, seed=seed, speed=speed)
    return Simulator(world, faults=TRANSPORT_FAULTS if faults else (), limit=True, seed=seed)


def demo_account(simulator: Simulator, state_dir: Path) -> Account:
    """The account whose tasks a running simulator plays; its journal goes to `state_dir`."""
    endpoint = parse_endpoint(simulator.url)
    first, _ = simulator.world.roster[0]
    account = account_hash(endpoint.host, DEMO_CREDENTIAL.secret_id)
    return Account(
        profile="demo",
        journal=journal_path(state_dir, account),
        view_file=view_path(state_dir, account),
        endpoint=endpoint,
        region=first.region,
        sdk_app_id=first.sdk_app_id,
        keys=FixedKeys(DEMO_CREDENTIAL),
        key_source=DEMO_CREDENTIAL.source,
        masked_id=DEMO_CREDENTIAL.masked_id,
    )
