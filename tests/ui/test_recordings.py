"""Replaying a file on a page of its own."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.ui.live_show import SHOW
from tests.ui.operator import Operator, at_work
from tests.ui.scenes import Scene, show, troubled
from tui.ui.main_screen import MainScreen

pytestmark = pytest.mark.usefixtures("short_waits")


def place_recording(operator: Operator, file: Path) -> None:
    """Let `file` be a recording of troubled tasks."""
    file.write_bytes(b"recorded")
    session = Scene("", troubled).session()
    session.identity = replace(session.identity, profile=file.name, recording=str(file))
    operator.session.recordings[file] = session


async def open_page(operator: Operator, text: str) -> None:
    await operator.press("o", *text, "enter")
    await operator.app.workers.wait_for_complete()
    await operator.pilot.pause()


async def test_a_recording_opens_over_the_live_page_and_closes(tmp_path: Path) -> None:
    async with at_work(show) as operator:
        place_recording(operator, tmp_path / "night.trtc")
        await open_page(operator, str(tmp_path / "night.trtc"))
        page = operator.app.screen
        assert isinstance(page, MainScreen)
        assert "night.trtc" in operator.lines[0]
        assert "REPLAY" in operator.lines[0]
        await operator.press("q")
        assert operator.app.screen is operator.main
        assert operator.session.recordings[tmp_path / "night.trtc"].closed


async def test_the_live_page_goes_on_below(tmp_path: Path) -> None:
    async with at_work(show) as operator:
        place_recording(operator, tmp_path / "night.trtc")
        await open_page(operator, str(tmp_path / "night.trtc"))
        operator.session.forget(SHOW[0].task)
        await operator.pilot.pause()
        await operator.press("escape")
        assert SHOW[0].name not in operator.names


async def test_tab_completes_a_path(tmp_path: Path) -> None:
    async with at_work(show) as operator:
        for name in ("night.trtc", "night-2.trtc", "other"):
            (tmp_path / name).write_bytes(b"x")
        await operator.press("o", *str(tmp_path / "ni"))
        assert "night-2.trtc" in operator.text
        assert "other" not in operator.text
        await operator.press("tab")
        assert operator.in_dialog
        assert str(tmp_path / "night") in operator.text


async def test_what_is_no_recording_is_told(tmp_path: Path) -> None:
    async with at_work(show) as operator:
        (tmp_path / "odd").write_bytes(b"x")
        await open_page(operator, str(tmp_path / "odd"))
        assert operator.lines[-1].startswith(str(tmp_path / "odd"))
        assert operator.app.screen is operator.main


async def test_a_file_that_is_not_there_keeps_the_dialog(tmp_path: Path) -> None:
    async with at_work(show) as operator:
        await operator.press("o", *str(tmp_path / "none"), "enter")
        assert operator.in_dialog
        assert "no such file" in operator.text


async def test_nothing_is_asked_of_a_recording(tmp_path: Path) -> None:
    async with at_work(show) as operator:
        place_recording(operator, tmp_path / "night.trtc")
        await open_page(operator, str(tmp_path / "night.trtc"))
        for key in ("r", "H", "A", "delete", "U", "m", "a"):
            await operator.press(key)
            assert "only read" in operator.text, key
            assert not operator.app.screen.is_modal
        assert not operator.session.recordings[tmp_path / "night.trtc"].asked
