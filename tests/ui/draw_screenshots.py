"""Writes `screenshots/`: `python -m tests.ui.draw_screenshots`, from the folder of pyproject.toml."""

import asyncio
import os
from pathlib import Path

from tests.ui.pictures import PICTURES, draw, file_name

FOLDER = Path(__file__).parents[2] / "screenshots"


async def write_all() -> None:
    """Write every picture anew, and remove those that are none any more."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.svg"):
        old.unlink()
    for scene, size in PICTURES:
        (FOLDER / file_name(scene, size)).write_text(await draw(scene, size), encoding="utf-8")


if __name__ == "__main__":
    os.environ.pop("NO_COLOR", None)  # Textual would draw in grey
    asyncio.run(write_all())
