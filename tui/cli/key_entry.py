"""How a key gets in: typed where nobody sees it, or piped as JSON. Never as an argument, which every user can read."""

import getpass
import sys
from collections.abc import Callable
from typing import TextIO

from tui.adapters.credentials.entry_text import read_parts
from tui.adapters.credentials.key_text import read_key
from tui.cli.exits import Exit, Refusal
from tui.core.secret import Credential, Secret

_LONGEST_CHARS = 65_536
_JSON_SHAPE = '{"secret_id": "...", "secret_key": "..."}, and "token": "..." for a temporary key'


def ask_hidden(prompt: str) -> str:
    """One line from the terminal, not shown while it is typed. Raises EOFError or KeyboardInterrupt as they come."""
    try:
        return getpass.getpass(prompt)
    except (EOFError, KeyboardInterrupt):
        sys.stderr.write("\n")  # the cursor still stands behind the prompt
        raise


def ask_key(ask: Callable[[str], str], *, with_token: bool, is_terminal: bool) -> Credential:
    """Ask for the parts of a key.

    Args:
        ask: shows a prompt and returns one line without showing it: `ask_hidden`.
        with_token: ask for a temporary key's token as well.
        is_terminal: whether somebody can answer.

    Raises:
        Refusal: nobody can, or the input ended.
        BadKey: what was typed cannot be a key.
    """
    if not is_terminal:
        raise Refusal(
            Exit.USAGE,
            "login asks for the key, and standard input is no terminal: run it in one, or pipe JSON to login --stdin",
        )
    try:
        secret_id = Secret(ask("SecretId (not shown): "))
        secret_key = Secret(ask("SecretKey (not shown): "))
        token = Secret(ask("Token (not shown): ")) if with_token else None
    except EOFError:
        raise Refusal(Exit.USAGE, "The input ended before the key was complete. Nothing was saved.") from None
    if token is not None and not token.reveal():
        raise Refusal(Exit.USAGE, "The token is empty: leave --token away for a permanent key. Nothing was saved.")
    return read_key(secret_id, secret_key, token)


def piped_key(stream: TextIO) -> Credential:
    """Read a key as one JSON object; what was read is never shown.

    Raises:
        Refusal: it is not that object.
        BadKey: its values cannot be a key.
    """
    text = _read(stream)
    key = read_parts(text, ("secret_id", "secret_key", "token")) if text is not None else None
    if key is None:
        raise Refusal(Exit.USAGE, f"--stdin takes one JSON object: {_JSON_SHAPE}. Nothing was saved.")
    return key


def _read(stream: TextIO) -> Secret | None:
    try:
        return Secret(stream.read(_LONGEST_CHARS))
    except UnicodeDecodeError:
        return None
