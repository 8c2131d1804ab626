"""The account that a command line means, and the tasks that it names there."""

import argparse
import os
from typing import TextIO

from tui.cli.task_list import NamedTask, named_tasks
from tui.protocol.kinds import KINDS, require_region
from tui.wiring.account import Account, Choice, choose_account


def choose(values: argparse.Namespace) -> Account:
    """The account for this process; keys are taken out of its environment.

    Raises:
        CredentialError: no such profile, or no key from anywhere.
        EndpointError: the endpoint cannot be used.
    """
    choice = Choice(
        values.profile,
        getattr(values, "region", None),
        getattr(values, "sdk_app_id", None),
        values.endpoint,
        values.state_dir,
    )
    return choose_account(choice, os.environ)


def named_there(account: Account, values: argparse.Namespace, stdin: TextIO) -> tuple[NamedTask, ...]:
    """The tasks that the command line names, with the account's defaults.

    Raises:
        Refusal: a text, or a line of `stdin`, names no task.
        RegionError: a region is not offered at the account's host; those that are, are named.
    """
    named = named_tasks([*values.tasks, *values.task], stdin, region=account.region, sdk_app_id=account.sdk_app_id)
    for one in named:
        require_region(KINDS[one.task.kind], account.endpoint, one.task.region)
    return named
