"""The account that a command line means, and whether its tasks may be asked for there."""

import os
from collections.abc import Sequence

from tui.cli.task_list import NamedTask
from tui.protocol.kinds import KINDS, require_region
from tui.wiring.account import Account, Choice, choose_account

__all__ = ["Choice", "choose", "require_regions"]


def choose(choice: Choice) -> Account:
    """The account for this process; keys are taken out of its environment."""
    return choose_account(choice, os.environ)


def require_regions(account: Account, tasks: Sequence[NamedTask]) -> None:
    """Let tasks pass whose region the host offers.

    Raises:
        RegionError: one is not offered; those that are, are named.
    """
    for named in tasks:
        require_region(KINDS[named.task.kind], account.endpoint, named.task.region)
