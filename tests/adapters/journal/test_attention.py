"""What screens show, and how long that counts."""

from collections.abc import Callable

import pytest

from tests.adapters.journal.boots import SetClock
from tui.adapters.journal import JournalReader, JournalWriter
from tui.core.attention import Attention
from tui.core.lease import VIEWER_TTL_US
from tui.core.task import TaskRef

A, B, C = (TaskRef("ap-singapore", 1400000000, name) for name in ("a", "b", "c/ü\ud800"))
ONE, OTHER = Attention(A, (A, B)), Attention(None, (C,))


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def screens(write: Callable[[], JournalWriter], clock: SetClock) -> JournalWriter:
    writer = write()
    writer._boot = clock.boot
    return writer


@pytest.fixture
def poller(screens: JournalWriter, read: Callable[[], JournalReader], clock: SetClock) -> JournalReader:
    reader = read()
    reader._boot = clock.boot
    return reader


def test_all_open_screens_count(screens: JournalWriter, poller: JournalReader) -> None:
    assert poller.attentions() == ()
    screens.attend("one", ONE)
    screens.attend("other", OTHER)
    assert poller.attentions() == (ONE, OTHER)
    assert poller.lease().viewers == 2


def test_the_newest_word_of_a_screen_counts(screens: JournalWriter, poller: JournalReader) -> None:
    screens.attend("one", ONE)
    screens.attend("one", OTHER)
    assert poller.attentions() == (OTHER,)


def test_a_closed_screen_shows_nothing(screens: JournalWriter, poller: JournalReader) -> None:
    screens.attend("one", ONE)
    screens.attend("one", None)
    screens.attend("never opened", None)
    assert poller.attentions() == ()
    assert poller.lease().viewers == 0


def test_a_screen_that_fell_silent_is_closed(screens: JournalWriter, poller: JournalReader, clock: SetClock) -> None:
    screens.attend("one", ONE)
    clock.now_us += VIEWER_TTL_US
    assert poller.attentions() == (ONE,)
    clock.now_us += 1
    assert poller.attentions() == ()
    assert poller.lease().viewers == 0


def test_rows_of_closed_screens_do_not_pile_up(screens: JournalWriter, clock: SetClock) -> None:
    for number in range(100):
        screens.attend(f"screen {number}", ONE)
        clock.now_us += VIEWER_TTL_US // 2
    screens._boot = SetClock(clock.now_us, "the next boot").boot
    screens.attend("one", ONE)
    assert screens._connection.execute("SELECT id FROM viewer").fetchall() == [("one",)]


def test_no_screen_is_open_after_a_restart_of_the_host(
    screens: JournalWriter, poller: JournalReader, clock: SetClock
) -> None:
    screens.attend("one", ONE)
    poller._boot = SetClock(clock.now_us, "the next boot").boot
    assert poller.attentions() == ()
    poller._boot = SetClock(5_000).boot
    assert poller.attentions() == ()


def test_who_follows_sees_that_something_changed(screens: JournalWriter, poller: JournalReader) -> None:
    poller.changed()
    screens.attend("one", ONE)
    assert poller.changed()
