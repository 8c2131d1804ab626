"""The command line as a whole: which command it names, and how every error is one line and an exit code."""

import argparse
import difflib
import gc
import signal
import sys
from collections.abc import Sequence
from typing import NoReturn

from tui import __version__
from tui.cli.exits import Exit, Refusal
from tui.cli.registry import COMMANDS, DEFAULT_COMMAND, DRAWING, load

_PROGRAM = "trtc-tui"


def run(arguments: Sequence[str]) -> int:
    """Run one command line; returns the exit code. What is wrong is one line on stderr."""
    try:
        return _run(arguments)
    except Refusal as refusal:
        return _complain(str(refusal), refusal.code)
    except KeyboardInterrupt:
        return _complain("interrupted", 128 + signal.SIGINT)
    except BrokenPipeError:
        sys.stdout = None  # nobody reads it any more: the interpreter must not flush it
        return 128 + signal.SIGPIPE


def _run(arguments: Sequence[str]) -> int:
    if arguments and arguments[0] in ("--help", "-h"):
        sys.stdout.write(_overview())
        return Exit.FINE
    if arguments and arguments[0] == "--version":
        sys.stdout.write(f"{_PROGRAM} {__version__}\n")
        return Exit.FINE
    name, *rest = _with_command(arguments)
    module = load(name)
    usage = f"{_PROGRAM} {name} [OPTIONS] {module.TAKES}".rstrip()
    parser = _Parser(prog=f"{_PROGRAM} {name}", usage=usage, description=module.about(name), allow_abbrev=False)
    module.add_options(parser, name)
    words = rest[: rest.index("--")] if "--" in rest else rest
    try:
        values, others = parser.parse_known_args(words)
    except SystemExit:  # after --help, which argparse has printed
        return Exit.FINE
    tasks = parser.tasks_among(others, rest[len(words) + 1 :], allowed=module.TAKES_TASKS)
    if module.TAKES_TASKS:
        values.tasks = tasks
    if name not in DRAWING:
        gc.enable()
    return module.run(name, values)


class _Parser(argparse.ArgumentParser):
    """One line for what is wrong, and the nearest option for a mistyped one."""

    def tasks_among(self, others: Sequence[str], behind: Sequence[str], *, allowed: bool) -> list[str]:
        """What is no option, anywhere, and what stands behind `--`: those are the tasks.

        Raises:
            Refusal: an option that there is not, or tasks where none are taken.
        """
        stray = next((word for word in others if word.startswith("-") and word != "-"), None)
        if stray is not None:
            option = stray.partition("=")[0]
            near = difflib.get_close_matches(option, self._option_string_actions, 1)
            hint = f"did you mean {near[0]}?" if near else f"for a TaskId that begins so, write --task={stray}"
            self.error(f"there is no option {option}: {hint}")
        tasks = [*others, *behind]
        if tasks and not allowed:
            self.error(f"{self.prog} takes no tasks, but {tasks[0]!r} is there")
        return tasks

    def error(self, message: str) -> NoReturn:
        """End with one line and the way to help."""
        if message.startswith("argument --task:"):
            message = "--task needs a value; for a TaskId that begins with a minus, write --task=TASKID"
        raise Refusal(Exit.USAGE, f"{message.rstrip('.')}{'' if message.endswith('?') else '.'} See {self.prog} --help")


def _with_command(arguments: Sequence[str]) -> list[str]:
    """`trtc-tui TASK…` is `trtc-tui watch TASK…`.

    Raises:
        Refusal: a command stands behind options, where it would be taken for a TaskId.
    """
    if arguments and arguments[0] in COMMANDS:
        return list(arguments)
    before = arguments[: arguments.index("--")] if "--" in arguments else arguments
    late = next((word for word in before if word in COMMANDS), None)
    if late is not None:
        raise Refusal(
            Exit.USAGE, f"the command comes first: {_PROGRAM} {late} …; for a task of that name: --task={late}"
        )
    return [DEFAULT_COMMAND, *arguments]


def _overview() -> str:
    lines = [
        f"usage: {_PROGRAM} [COMMAND] [OPTIONS] [TASK]...",
        "",
        "Watch and step through the lifecycle of Tencent RTC cloud tasks. Without a command: watch.",
        "",
        *(f"  {name:<10}{load(name).about(name)}" for name in COMMANDS),
        "",
        f"{_PROGRAM} COMMAND --help tells its options.",
    ]
    return "\n".join(lines) + "\n"


def _complain(line: str, code: int) -> int:
    sys.stderr.write(f"{_PROGRAM}: {' '.join(line.split())}\n")
    return code
