from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pty.stage import Stage, running_stage

__all__ = ["home", "stage"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The home folder of whoever runs the program."""
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture
def stage() -> Iterator[Stage]:
    with running_stage() as running:
        yield running
