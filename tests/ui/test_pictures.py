import pytest

from tests.ui.draw_screenshots import FOLDER
from tests.ui.pictures import PICTURES, draw, file_name
from tests.ui.scenes import Scene

MOST_BYTES = 80_000


@pytest.mark.parametrize(("scene", "size"), [pytest.param(*picture, id=file_name(*picture)) for picture in PICTURES])
async def test_a_picture_shows_what_the_screen_shows_now(scene: Scene, size: tuple[int, int]) -> None:
    kept = (FOLDER / file_name(scene, size)).read_text(encoding="utf-8")
    assert await draw(scene, size) == kept, "write them anew: python -m tests.ui.draw_screenshots"


def test_there_is_no_other_picture_and_none_is_large() -> None:
    files = {path.name: path.stat().st_size for path in FOLDER.iterdir()}
    assert set(files) == {file_name(*picture) for picture in PICTURES}
    assert max(files.values()) < MOST_BYTES


def test_a_picture_loads_nothing_from_elsewhere() -> None:
    for path in FOLDER.glob("*.svg"):
        text = path.read_text(encoding="utf-8")
        assert "url(http" not in text
        assert "@font-face" not in text
        assert "<script" not in text
