"""The command line as a whole: what stands in front of a command, and how every error is one line and an exit code."""

import signal
import sys
from collections.abc import Sequence

import typer
from typer.exceptions import TyperException

from tui import __version__
from tui.cli.exits import Exit, Refusal
from tui.cli.registry import COMMANDS, DEFAULT_COMMAND

app = typer.Typer(
    name="trtc-tui",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Watch and step through the lifecycle of Tencent RTC cloud tasks. Without a command: watch.",
)
for _name, _command in COMMANDS.items():
    app.command(_name)(_command)


@app.callback(invoke_without_command=True)
def _root(*, version: bool = typer.Option(default=False, help="Print the version.", show_default=False)) -> None:
    if version:
        typer.echo(f"trtc-tui {__version__}")
        raise typer.Exit


def run(arguments: Sequence[str]) -> int:
    """Run one command line; returns the exit code. What is wrong is one line on stderr."""
    try:
        code = typer.main.get_command(app).main(_with_command(arguments), prog_name="trtc-tui", standalone_mode=False)
    except Refusal as refusal:
        return _complain(str(refusal), refusal.code)
    except TyperException as mistake:
        return _complain(f"{mistake.format_message().rstrip('.')}. See trtc-tui --help", Exit.USAGE)
    except (KeyboardInterrupt, typer.Abort):
        return _complain("interrupted", 128 + signal.SIGINT)
    except BrokenPipeError:
        sys.stdout = None  # nobody reads it any more: the interpreter must not flush it
        return 128 + signal.SIGPIPE
    return code if isinstance(code, int) else Exit.FINE


def _with_command(arguments: Sequence[str]) -> list[str]:
    """`trtc-tui TASK…` is `trtc-tui watch TASK…`.

    Raises:
        Refusal: a command stands behind options, where it would be taken for a TaskId.
    """
    first = arguments[0] if arguments else ""
    if first in COMMANDS or first in ("--help", "--version"):
        return list(arguments)
    before = arguments[: arguments.index("--")] if "--" in arguments else arguments
    late = next((word for word in before if word in COMMANDS), None)
    if late is not None:
        raise Refusal(Exit.USAGE, f"the command comes first: trtc-tui {late} …; for a task of that name: --task={late}")
    return [DEFAULT_COMMAND, *arguments]


def _complain(line: str, code: int) -> int:
    sys.stderr.write(f"trtc-tui: {' '.join(line.split())}\n")
    return code
