"""`trtc-tui simulate`: Tencent's API on loopback, as a server for other programs."""

from typing import Annotated

import typer

from tui.cli.exits import Exit, Refusal


def simulate(
    *,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any free port.")] = 0,
    seed: Annotated[int, typer.Option(help="Another number, another story.")] = 0,
    tasks: Annotated[int, typer.Option(min=1, max=20_000, help="How many tasks live.")] = 40,
    speed: Annotated[float, typer.Option(min=0.1, max=1000, help="How much faster than real they live.")] = 1.0,
    fault: Annotated[
        list[str] | None,
        typer.Option(metavar="FAULT", help="Such as html=502@0.2, reset*3, skew=-600, code=InternalError. Repeatable."),
    ] = None,
    limit: Annotated[bool, typer.Option("--limit", help="Refuse more than 20 requests a second.")] = False,
) -> int:
    """Serve made-up tasks on a simulated API. Prints its URL first, then the key and the tasks it knows."""
    from tui.simulator.demo import demo_world
    from tui.simulator.keys import DEMO_SECRET_ID, DEMO_SECRET_KEY
    from tui.simulator.server import Simulator, SimulatorError, serve, wall_clock_us

    try:
        world = demo_world(wall_clock_us(), tasks=tasks, seed=seed, speed=speed)
        simulator = Simulator(world, faults=fault or (), limit=limit, port=port, seed=seed)
    except ValueError as mistake:
        raise Refusal(Exit.USAGE, str(mistake)) from None

    def tell(url: str) -> None:
        typer.echo(url)
        typer.echo(f"TENCENTCLOUD_SECRET_ID={DEMO_SECRET_ID} TENCENTCLOUD_SECRET_KEY={DEMO_SECRET_KEY}")
        for task, name in world.roster:
            typer.echo(f"{task} {name}")

    try:
        return 128 + serve(simulator, tell)
    except SimulatorError as error:
        raise Refusal(Exit.USAGE, str(error)) from None
