"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

Tasks = Annotated[
    list[str] | None,
    typer.Argument(metavar="[TASK]...", help="[REGION/][SDKAPPID/]TASKID; - reads a list from standard input."),
]
TaskOption = Annotated[
    list[str] | None,
    typer.Option("--task", metavar="TASK", help="A task, also one that begins with a minus. Repeatable."),
]
Profile = Annotated[str | None, typer.Option(metavar="NAME", help="The profile whose key and settings to use.")]
Region = Annotated[str | None, typer.Option(metavar="REGION", help="For tasks without one, such as ap-singapore.")]
SdkAppId = Annotated[
    int | None, typer.Option("--sdk-app-id", metavar="NUMBER", min=1, help="For tasks without one, such as 1400000000.")
]
EndpointUrl = Annotated[
    str | None,
    typer.Option("--endpoint", metavar="URL", help="Where the API is; https, or plain http on this machine."),
]
StateDir = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Where journals are kept; the platform's state folder by default.")
]
