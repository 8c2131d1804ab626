"""The installed program as its users meet it: a process of its own, a home of its own, nothing else inherited."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tui.simulator.keys import DEMO_SECRET_ID, DEMO_SECRET_KEY

PROGRAM = str(Path(sys.executable).with_name("trtc-tui"))

NEVER_SO_LONG_S = 30.0
"""Whatever takes longer hangs."""

KEY = {"TENCENTCLOUD_SECRET_ID": DEMO_SECRET_ID, "TENCENTCLOUD_SECRET_KEY": DEMO_SECRET_KEY}
NO_KEY: Mapping[str, str | None] = dict.fromkeys(KEY)
"""Changes to `environment` that take the key away."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A process that is over."""

    code: int
    out: str
    err: str

    @property
    def complaint(self) -> str:
        """The one line of an error, without the program's name. A traceback or a second line fails the test."""
        assert self.err.startswith("trtc-tui: "), self.err
        assert self.err.count("\n") == 1, self.err
        assert self.err.endswith("\n"), self.err
        return self.err.removeprefix("trtc-tui: ").rstrip("\n")


def environment(home: Path, changes: Mapping[str, str | None] | None = None) -> dict[str, str]:
    """A private home, a capable terminal, the simulator's key; a change to None takes a variable away."""
    folders = {name: str(home / name.lower()) for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME")}
    whole: dict[str, str | None] = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        **folders,
        **KEY,
        **(changes or {}),
    }
    return {name: value for name, value in whole.items() if value is not None}


def run(
    *arguments: str,
    home: Path,
    changes: Mapping[str, str | None] | None = None,
    stdin: str = "",
    before: Sequence[str] = (),
) -> Ended:
    """Run a command line to its end, without a terminal; `before` is a command that runs its arguments as a command."""
    done = subprocess.run(
        [*before, PROGRAM, *arguments],
        env=environment(home, changes),
        cwd=home,
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        timeout=NEVER_SO_LONG_S,
        check=False,
    )
    return Ended(done.returncode, done.stdout, done.stderr)
