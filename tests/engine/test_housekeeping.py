"""The rounds of housekeeping, in the time of a clock that tests move."""

import queue
import threading
from dataclasses import dataclass, field

import pytest

from tests.engine.fakes import HostClock
from tui.core.retention import THIN_AFTER_US
from tui.engine import housekeeping
from tui.engine.housekeeping import PAUSE_US, ROUND_EVERY_US, Chores, Housekeeping
from tui.engine.ports import JournalError, Keeper

DEADLINE_S = 20


class Midnight(HostClock):
    """Shows the time it was given."""

    def __init__(self) -> None:
        self.shown_us = 40 * 86_400_000_000

    def now_us(self) -> int:
        return self.shown_us


@dataclass(slots=True)
class Diary:
    """`ports.Keeper` that writes down what it is asked."""

    old: int = 0
    """Batches that are left to thin."""
    spare: int = 0
    broken: bool = False
    told: list[str] = field(default_factory=list)
    before_us: list[int] = field(default_factory=list)

    def thin(self, before_us: int) -> int:
        if self.broken:
            raise JournalError("the disk is full")
        self.told.append("thin")
        self.before_us.append(before_us)
        self.old -= 1
        return max(0, self.old + 1)

    def give_back(self) -> int:
        self.told.append("give back")
        self.spare -= 1
        return max(0, self.spare + 1)

    def checkpoint(self) -> None:
        self.told.append("checkpoint")

    def close(self) -> None:
        self.told.append("close")


def test_a_round_ends_when_nothing_is_left_and_the_journal_is_given_back() -> None:
    diary, clock = Diary(old=2, spare=1), Midnight()
    chores = Chores(lambda: diary, clock)
    rests = [chores.do_next() for _ in range(4)]
    assert rests == [PAUSE_US, PAUSE_US, PAUSE_US, ROUND_EVERY_US]
    assert diary.told == ["thin", "thin", "thin", "give back", "thin", "give back", "checkpoint", "close"]


def test_a_round_has_one_notion_of_old_and_the_next_round_a_newer_one() -> None:
    diary, clock = Diary(old=1), Midnight()
    chores, began_us = Chores(lambda: diary, clock), clock.shown_us
    chores.do_next()
    clock.shown_us += 1
    assert chores.do_next() == ROUND_EVERY_US
    assert diary.before_us == [began_us - THIN_AFTER_US] * 2
    chores.do_next()
    assert diary.before_us[-1] == began_us + 1 - THIN_AFTER_US


def test_a_full_disk_is_left_alone_until_the_next_round() -> None:
    diary = Diary(broken=True)
    chores = Chores(lambda: diary, Midnight())
    assert chores.do_next() == ROUND_EVERY_US
    assert diary.told == ["close"]
    diary.broken = False
    assert chores.do_next() == ROUND_EVERY_US
    assert diary.told == ["close", "thin", "give back", "checkpoint", "close"]


def test_a_journal_that_cannot_be_opened_is_tried_again() -> None:
    diaries = iter([Diary()])
    tries: list[str] = []

    def open_keeper() -> Keeper:
        tries.append("open")
        if len(tries) == 1:
            raise JournalError("locked")
        return next(diaries)

    chores = Chores(open_keeper, Midnight())
    assert [chores.do_next(), chores.do_next()] == [ROUND_EVERY_US] * 2
    assert tries == ["open"] * 2


def test_it_ends_at_once_though_it_has_hardly_begun_to_wait() -> None:
    diary, threads = Diary(), threading.active_count()
    keeping = Housekeeping(lambda: diary, HostClock(), failures().put)
    keeping.start()
    keeping.stop()
    assert threading.active_count() == threads
    assert not diary.told


def test_the_journal_is_given_back_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(housekeeping, "FIRST_AFTER_US", 0)
    diary, begun = Diary(old=10**9), threading.Event()

    def open_keeper() -> Keeper:
        begun.set()
        return diary

    keeping = Housekeeping(open_keeper, HostClock(), failures().put)
    keeping.start()
    assert begun.wait(DEADLINE_S)
    keeping.stop()
    assert diary.told[-1] == "close"


def test_a_bug_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(housekeeping, "FIRST_AFTER_US", 0)
    told = failures()

    def open_keeper() -> Keeper:
        raise RuntimeError("a bug")

    keeping = Housekeeping(open_keeper, HostClock(), told.put)
    keeping.start()
    assert str(told.get(timeout=DEADLINE_S)) == "a bug"
    keeping.stop()


def failures() -> "queue.Queue[BaseException]":
    return queue.Queue()
