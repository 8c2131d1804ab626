"""Whether this terminal can be drawn on, and whose keyboard it is."""

import os
import sys

from tui.cli.exits import Exit, Refusal

_DUMB = ("", "dumb", "unknown")


def require_screen() -> None:
    """Let commands that draw go on.

    Raises:
        Refusal: no terminal, or one that cannot place a cursor.
    """
    term = os.environ.get("TERM", "")
    if term in _DUMB:
        named = f"TERM={term}" if term else "TERM is not set"
        raise Refusal(
            Exit.USAGE,
            f"this terminal cannot be drawn on ({named}): try TERM=xterm-256color, or read lines with trtc-tui tail",
        )
    if sys.__stderr__ is None or not sys.__stderr__.isatty():
        raise Refusal(Exit.USAGE, "there is no terminal to draw on (stderr goes elsewhere): use tail or record")


def take_keyboard() -> None:
    """Read keys from the terminal, also when standard input was a list of tasks.

    Raises:
        Refusal: there is no terminal to read from.
    """
    if sys.stdin is not None and sys.stdin.isatty():
        return
    try:
        keyboard = os.open("/dev/tty", os.O_RDWR)
    except OSError:
        raise Refusal(
            Exit.USAGE, "there is no terminal to read keys from (standard input is no terminal): use trtc-tui record"
        ) from None
    os.dup2(keyboard, 0)
    os.close(keyboard)
    sys.stdin = open(0, closefd=False, encoding="utf-8")  # noqa: SIM115 - a descriptor, for good
