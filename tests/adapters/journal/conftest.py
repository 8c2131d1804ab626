from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tui.adapters.journal import JournalReader, JournalWriter, journal_path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return journal_path(tmp_path / "state", "0123456789abcdef")


@pytest.fixture
def write(path: Path) -> Iterator[Callable[[], JournalWriter]]:
    """Opens writers of the journal at `path`, closed when the test ends."""
    opened: list[JournalWriter] = []

    def open_one() -> JournalWriter:
        opened.append(JournalWriter(path))
        return opened[-1]

    yield open_one
    for writer in opened:
        writer.close()


@pytest.fixture
def read(path: Path) -> Iterator[Callable[[], JournalReader]]:
    """Opens readers of the journal at `path`, closed when the test ends."""
    opened: list[JournalReader] = []

    def open_one() -> JournalReader:
        opened.append(JournalReader(path))
        return opened[-1]

    yield open_one
    for reader in opened:
        reader.close()
