"""`trtc-tui login`, `logout`, `profiles`: their options, and what they run on."""

import argparse
import os
import sys
from collections.abc import Callable
from functools import partial

from tui.cli.exits import Exit
from tui.cli.options import Parser, add_defaults, add_endpoint
from tui.cli.refusals import refusing

_ABOUT = {
    "login": "Ask for a key, check it with one call, and keep it in the OS keyring; nothing of it is shown.",
    "logout": "Remove a profile and its key; the journal stays.",
    "profiles": "List the profiles; reads no key.",
}

TAKES_TASKS = False
TAKES = ""


def about(name: str) -> str:
    """One sentence for --help."""
    return _ABOUT[name]


def add_options(parser: Parser, name: str) -> None:
    """Which profile; for `login`, what belongs to it and how the key comes in."""
    if name != "profiles":
        parser.add_argument("--profile", metavar="NAME", help="which profile; else $TRTC_TUI_PROFILE, else default")
    if name == "login":
        add_defaults(parser)
        add_endpoint(parser)
        parser.add_argument("--token", action="store_true", help="ask for the token of a temporary key too")
        parser.add_argument("--stdin", action="store_true", help="read the key as JSON from standard input")


def run(name: str, values: argparse.Namespace) -> int:
    """Run one of the three."""
    _RUNS[name](values)
    return Exit.FINE


def _login(values: argparse.Namespace) -> None:
    from tui.adapters.clock import SystemClock
    from tui.cli.key_entry import ask_hidden, ask_key, piped_key
    from tui.cli.login import Settings, login
    from tui.wiring.account import key_stores, known_profiles
    from tui.wiring.key_check import account_of, check_key, require_usable

    with refusing():
        require_usable(values.region, values.endpoint)
        ask = partial(ask_key, ask_hidden, with_token=values.token, is_terminal=sys.stdin.isatty())
        login(
            _profile(values),
            Settings(values.region, values.sdk_app_id, values.endpoint),
            obtain=partial(piped_key, sys.stdin) if values.stdin else ask,
            check=lambda key, given: check_key(key, given.region, given.sdk_app_id, given.endpoint),
            account=lambda key, given: account_of(key, given.endpoint),
            store=key_stores()["os"],
            profiles=known_profiles(),
            now_us=SystemClock().now_us(),
            tell=_tell,
        )


def _logout(values: argparse.Namespace) -> None:
    from tui.cli.login import logout
    from tui.wiring.account import key_stores, known_profiles

    logout(_profile(values), stores=key_stores(), profiles=known_profiles(), tell=_tell)


def _profiles(_values: argparse.Namespace) -> None:
    from tui.cli.profiles import list_profiles
    from tui.wiring.account import known_profiles

    list_profiles(known_profiles(), tell=_tell)


_RUNS: dict[str, Callable[[argparse.Namespace], None]] = {"login": _login, "logout": _logout, "profiles": _profiles}


def _profile(values: argparse.Namespace) -> str:
    from tui.adapters.credentials.profiles import DEFAULT_NAME, chosen_name

    return chosen_name(values.profile, os.environ, {}) or DEFAULT_NAME


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
