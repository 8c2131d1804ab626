"""`--alert`: alert rules tuned from the command line."""

import argparse

from tui.cli.exits import Exit, Refusal
from tui.cli.options import Parser


def add_alerts(parser: Parser) -> None:
    """`--alert`."""
    parser.add_argument(
        "--alert",
        action="append",
        default=[],
        dest="alerts",
        metavar="RULE=SETTING",
        help="tune an alert rule: idle-long=120s, streak=5x, exit-unseen=off; ! lists the rules; repeatable",
    )


def alerts_of(values: argparse.Namespace) -> tuple[str, ...]:
    """What `--alert` sets, each of them as it was written.

    Raises:
        Refusal: one of them sets nothing.
    """
    if values.alerts:
        from tui.core.tuning import TuningError, read_options

        try:
            read_options(values.alerts)
        except TuningError as mistake:
            raise Refusal(Exit.USAGE, f"--alert: {mistake}") from None
    return tuple(values.alerts)
