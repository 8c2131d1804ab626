"""What identifies a task, and how one is written on a command line."""

import re

from msgspec import Struct

TRANSCRIPTION = "transcription"

_REGION = r"[a-z]{2,}(?:-[a-z]+)+(?:-\d+)?\Z"
_SDK_APP_ID = r"[0-9]{1,18}\Z"
_MAX_TASK_ID = 512
"""Tencent documents no bound (tencent-api.md §9.4); samples have 60 characters. Longer ones are pasted by mistake."""


class TaskSyntaxError(ValueError):
    """A text does not name a task; the message says what is wrong and what to type."""


class TaskRef(Struct, frozen=True, order=True, gc=False):
    """One cloud task. The region is part of the identity: whether Describe works from another one is unknown."""

    region: str
    sdk_app_id: int
    task_id: str
    kind: str = TRANSCRIPTION

    def __str__(self) -> str:
        return f"{self.region}/{self.sdk_app_id}/{self.task_id}"


def parse_task(text: str, *, region: str | None = None, sdk_app_id: int | None = None) -> TaskRef:
    """Read `[REGION/][SDKAPPID/]TASKID`; what is left out comes from the arguments.

    A leading part counts as a region or an SdkAppId only by its shape, so a TaskId may hold `/` itself.

    Raises:
        TaskSyntaxError: nothing to read, no region, or no SdkAppId.
    """
    rest = text.strip()
    head, slash, tail = rest.partition("/")
    if slash and re.match(_REGION, head):
        region, rest = head, tail
        head, slash, tail = rest.partition("/")
    if slash and re.match(_SDK_APP_ID, head):
        sdk_app_id, rest = int(head), tail
    if not rest:
        raise TaskSyntaxError(f"{text!r} holds no TaskId: write [REGION/][SDKAPPID/]TASKID")
    if len(rest) > _MAX_TASK_ID or any(c.isspace() or not c.isprintable() for c in rest):
        raise TaskSyntaxError(f"{rest[:40]!r}… is no TaskId: it is too long or holds spaces or control characters")
    if region is None:
        raise TaskSyntaxError(f"no region for task {rest!r}: add --region NAME, or write REGION/SDKAPPID/TASKID")
    if sdk_app_id is None:
        raise TaskSyntaxError(f"no SdkAppId for task {rest!r}: add --sdk-app-id NUMBER, or write SDKAPPID/TASKID")
    return TaskRef(region, sdk_app_id, rest)
