"""Which tasks a command line names."""

from collections.abc import Iterable, Sequence
from typing import TextIO

from msgspec import Struct

from tui.cli.exits import Exit, Refusal
from tui.core.task import TaskRef, TaskSyntaxError, parse_task


class NamedTask(Struct, frozen=True):
    """A task and what the operator calls it; an empty name for nothing."""

    task: TaskRef
    name: str = ""


def named_tasks(
    texts: Sequence[str], stdin: TextIO, *, region: str | None, sdk_app_id: int | None
) -> tuple[NamedTask, ...]:
    """The tasks that `texts` name, once each, in their order; `-` stands for the lines of `stdin`.

    Raises:
        Refusal: a text or a line names no task; the line's number is told.
    """
    found: dict[TaskRef, NamedTask] = {}
    for text in texts:
        if text == "-":
            some: Iterable[NamedTask] = read_list(stdin, region=region, sdk_app_id=sdk_app_id)
        else:
            some = (NamedTask(_parse(text, region, sdk_app_id)),)
        found.update({named.task: named for named in some})
    return tuple(found.values())


def read_list(lines: Iterable[str], *, region: str | None, sdk_app_id: int | None) -> list[NamedTask]:
    """One task a line, `TASK [NAME]`; empty lines and those that begin with `#` say nothing.

    Raises:
        Refusal: a line names no task.
    """
    named = []
    for number, raw in enumerate(lines, 1):
        words = raw.strip().split(maxsplit=1)
        if not words or words[0].startswith("#"):
            continue
        try:
            task = parse_task(words[0], region=region, sdk_app_id=sdk_app_id)
        except TaskSyntaxError as mistake:
            raise Refusal(Exit.USAGE, f"line {number} of the list: {mistake}. Nothing was started") from None
        named.append(NamedTask(task, words[1] if len(words) > 1 else ""))
    return named


def _parse(text: str, region: str | None, sdk_app_id: int | None) -> TaskRef:
    try:
        return parse_task(text, region=region, sdk_app_id=sdk_app_id)
    except TaskSyntaxError as mistake:
        raise Refusal(Exit.USAGE, str(mistake)) from None
