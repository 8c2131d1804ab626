"""Every scene looks as it was accepted. After a change that is meant: `pytest tests/ui --snapshot-update`."""

from collections.abc import Awaitable, Callable
from typing import Protocol

import pytest
from textual.app import App
from textual.pilot import Pilot

from tests.ui.scenes import SCENES, Scene

PICTURES = [
    pytest.param(scene, size, id=f"{scene.name}-{size[0]}x{size[1]}") for scene in SCENES for size in scene.sizes
]


class Compare(Protocol):
    """What `snap_compare` is."""

    def __call__(
        self, app: App[None], *, terminal_size: tuple[int, int], run_before: Callable[[Pilot[None]], Awaitable[None]]
    ) -> bool: ...


@pytest.mark.parametrize(("scene", "size"), PICTURES)
def test_scene(scene: Scene, size: tuple[int, int], snap_compare: Compare) -> None:
    app, session = scene.app()
    assert snap_compare(app, terminal_size=size, run_before=lambda pilot: scene.play(pilot, session))
