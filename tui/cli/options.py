"""Options that several commands share, and what their values may be.

argparse and not typer: typer 0.29 loads pydantic, and both together cost a third of the time to the first frame.
"""

import argparse
from collections.abc import Callable
from pathlib import Path

from tui.engine.pace import CEILING_PER_S, START_PER_S, Pace

Parser = argparse.ArgumentParser


def add_tasks(parser: Parser) -> None:
    """`--task`, and what a task is; those without an option are `cli.main`'s."""
    parser.epilog = "TASK is [REGION/][SDKAPPID/]TASKID; - reads a list from standard input, one TASK [NAME] a line."
    parser.add_argument(
        "--task",
        action="append",
        default=[],
        metavar="TASK",
        help="a task, also one that begins with a minus: --task=-m9...; repeatable",
    )


def add_account(parser: Parser) -> None:
    """`--profile`, `--endpoint` and `--state-dir`."""
    parser.add_argument("--profile", metavar="NAME", help="the profile whose key and settings to use")
    add_endpoint(parser)
    parser.add_argument(
        "--state-dir", type=Path, metavar="DIR", help="where journals are kept; else the platform's state folder"
    )


def add_endpoint(parser: Parser) -> None:
    """`--endpoint`."""
    parser.add_argument("--endpoint", metavar="URL", help="where the API is: https, or http on this machine")


def add_defaults(parser: Parser) -> None:
    """`--region` and `--sdk-app-id`."""
    parser.add_argument("--region", metavar="REGION", help="for tasks without one, such as ap-singapore")
    parser.add_argument(
        "--sdk-app-id", type=whole(1), metavar="NUMBER", help="for tasks without one, such as 1400000000"
    )


def add_pace(parser: Parser) -> None:
    """`--rate`."""
    parser.add_argument(
        "--rate",
        type=decimal(0.5, CEILING_PER_S),
        metavar="N",
        help=f"poll at most N times a second (0.5 to {CEILING_PER_S:g}), as when other hosts use the account too; "
        f"else {START_PER_S:g}, and up to {CEILING_PER_S:g} where round trips differ little",
    )


def pace_of(values: argparse.Namespace) -> Pace:
    """What `--rate` asks for."""
    return Pace() if values.rate is None else Pace(values.rate, values.rate)


def whole(least: int, most: int | None = None) -> Callable[[str], int]:
    """A reader of whole numbers within bounds, for `type=`."""

    def read(text: str) -> int:
        number = int(text) if text.isascii() and text.lstrip("+-").isdigit() else None
        if number is None or number < least or (most is not None and number > most):
            bound = f"from {least} to {most}" if most is not None else f"of {least} or more"
            raise argparse.ArgumentTypeError(f"{text!r} is no whole number {bound}")
        return number

    return read


def decimal(least: float, most: float) -> Callable[[str], float]:
    """A reader of numbers within bounds, for `type=`."""

    def read(text: str) -> float:
        try:
            number = float(text)
        except ValueError:
            number = float("nan")
        if not least <= number <= most:
            raise argparse.ArgumentTypeError(f"{text!r} is no number from {least:g} to {most:g}")
        return number

    return read
