"""`--break`: breakpoints from the command line."""

import argparse

from tui.cli.exits import Exit, Refusal
from tui.cli.options import Parser
from tui.core.breakpoint import ALL_TASKS, Breakpoint


def add_breaks(parser: Parser) -> None:
    """`--break`."""
    parser.add_argument(
        "--break",
        action="append",
        default=[],
        dest="breaks",
        metavar="PREDICATE",
        help="stop the view and ring where this becomes true: 'age > 10s', 'live-*: edge InProgress->Exited', or "
        "'illegal @live-*' for some tasks; repeatable",
    )


def breaks_of(values: argparse.Namespace) -> tuple[Breakpoint, ...]:
    """The breakpoints that `--break` names.

    Raises:
        Refusal: one of them is no predicate.
    """
    return tuple(_read(number, text) for number, text in enumerate(values.breaks, 1))


def _read(number: int, text: str) -> Breakpoint:
    from tui.core.predicate import PredicateError, compile_predicate

    scope, when = _split(text)
    try:
        compile_predicate(when)
    except PredicateError as mistake:
        place = text.find(when) + mistake.start + 1
        raise Refusal(Exit.USAGE, f"--break {text!r}, column {place}: {mistake.line}") from None
    return Breakpoint(number, when, scope)


def _split(text: str) -> tuple[str, str]:
    """The scope and the predicate of `SCOPE: PREDICATE`, `PREDICATE @SCOPE` or `PREDICATE`."""
    head, colon, tail = text.partition(": ")
    if colon and head and not any(char.isspace() or char in "\"'" for char in head):
        return head, tail.strip()
    when, at, scope = text.rpartition(" @")
    if at and scope and not any(char.isspace() or char in "\"'" for char in scope):
        return scope, when.strip()
    return ALL_TASKS, text.strip()
