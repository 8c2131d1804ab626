import pytest
from textual import _wait
from textual.drivers.headless_driver import HeadlessDriver

from tui.ui import main_screen


@pytest.fixture(autouse=True)
def in_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may have switched colours off; the screen under test has not."""
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture(autouse=True)
def every_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    """Scripted facts come when the test says so; none waits for the next frame."""
    monkeypatch.setattr(main_screen, "FRAME_S", 0.0)


@pytest.fixture
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests with many keys: Pilot waits 40 ms a key, so that timers of the screen run too; those here need none."""
    monkeypatch.setattr(_wait, "SLEEP_GRANULARITY", 0.002)


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What goes to the terminal, write by write."""
    written: list[str] = []
    monkeypatch.setattr(HeadlessDriver, "is_headless", property(lambda _: False))
    monkeypatch.setattr(HeadlessDriver, "write", lambda _, data: written.append(data))
    return written
