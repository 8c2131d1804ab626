"""`trtc-tui login`, `logout`, `profiles`: their options, and what they run on."""

import sys
from functools import partial
from typing import Annotated

import typer

from tui.cli.exits import Exit
from tui.cli.options import EndpointUrl, Region, SdkAppId
from tui.cli.refusals import refusing

ProfileName = Annotated[str, typer.Option("--profile", metavar="NAME", help="Which profile.")]


def login(
    *,
    profile: ProfileName = "default",
    region: Region = None,
    sdk_app_id: SdkAppId = None,
    endpoint: EndpointUrl = None,
    token: Annotated[bool, typer.Option("--token", help="Ask for the token of a temporary key too.")] = False,
    stdin: Annotated[bool, typer.Option("--stdin", help="Read the key as JSON from standard input.")] = False,
) -> int:
    """Ask for a key, check it with one call, and keep it in the OS keyring. Nothing of it is shown."""
    from tui.adapters.clock import SystemClock
    from tui.cli.key_entry import ask_hidden, ask_key, piped_key
    from tui.cli.login import Settings
    from tui.cli.login import login as log_in
    from tui.wiring.account import key_stores, known_profiles
    from tui.wiring.key_check import account_of, check_key, require_usable

    with refusing():
        require_usable(region, endpoint)
        ask = partial(ask_key, ask_hidden, with_token=token, is_terminal=sys.stdin.isatty())
        log_in(
            profile,
            Settings(region, sdk_app_id, endpoint),
            obtain=partial(piped_key, sys.stdin) if stdin else ask,
            check=lambda key, given: check_key(key, given.region, given.sdk_app_id, given.endpoint),
            account=lambda key, given: account_of(key, given.endpoint),
            store=key_stores()["os"],
            profiles=known_profiles(),
            now_us=SystemClock().now_us(),
            tell=typer.echo,
        )
    return Exit.FINE


def logout(*, profile: ProfileName = "default") -> int:
    """Remove a profile and its key. The journal stays."""
    from tui.cli.login import logout as log_out
    from tui.wiring.account import key_stores, known_profiles

    log_out(profile, stores=key_stores(), profiles=known_profiles(), tell=typer.echo)
    return Exit.FINE


def profiles() -> int:
    """List the profiles. Reads no key."""
    from tui.cli.profiles import list_profiles
    from tui.wiring.account import known_profiles

    list_profiles(known_profiles(), tell=typer.echo)
    return Exit.FINE
