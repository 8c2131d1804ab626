"""Which commands there are, in the order in which --help lists them, and where each one is. Only the one that is run is
loaded: a screen should not wait for what `simulate` needs."""

import argparse
from importlib import import_module
from typing import Protocol, cast

DEFAULT_COMMAND = "watch"

COMMANDS = {
    "watch": "tui.cli.watch",
    "demo": "tui.cli.demo",
    "describe": "tui.cli.describe",
    "record": "tui.cli.record",
    "tail": "tui.cli.tail",
    "replay": "tui.cli.replay",
    "export": "tui.cli.export",
    "wait": "tui.cli.wait",
    "journal": "tui.cli.journal",
    "check": "tui.cli.check",
    "login": "tui.cli.keys",
    "logout": "tui.cli.keys",
    "profiles": "tui.cli.keys",
    "simulate": "tui.cli.simulate",
}
"""Command → module."""


DRAWING = ("watch", "demo", "replay")
"""Commands with a screen, whose first frame counts."""


class CommandModule(Protocol):
    """What such a module offers; one that holds several commands tells them by name."""

    TAKES_TASKS: bool
    """Whether tasks may be named: `values.tasks`."""

    TAKES: str
    """What stands behind the options, as `--help` writes it: `[TASK]...`, `FILE`."""

    def about(self, name: str) -> str:
        """One sentence for --help."""

    def add_options(self, parser: argparse.ArgumentParser, name: str) -> None:
        """Declare what the command takes."""

    def run(self, name: str, values: argparse.Namespace) -> int:
        """Do it; the exit code.

        Raises:
            Refusal: it cannot be done; one line for the user.
        """


def load(name: str) -> CommandModule:
    """The module behind a command."""
    return cast("CommandModule", import_module(COMMANDS[name]))
