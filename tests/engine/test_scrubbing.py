"""The newest request is answered, in another thread, and nothing that was overtaken."""

import threading
from dataclasses import dataclass, field
from queue import Queue

from tests.core.entries import OTHER, ROOM
from tui.core.scrub import Facts
from tui.core.span import Span
from tui.core.task import TaskRef
from tui.engine import scrubbing
from tui.engine.ports import JournalError
from tui.engine.scrubbing import Scrubbing

SPAN = Span(0, 100, 10)
PATIENCE_S = 10


@dataclass(slots=True)
class SlowScrub:
    """`ports.Scrub` that answers when it is let, and counts."""

    gate: threading.Event = field(default_factory=threading.Event)
    asked: Queue[TaskRef | None] = field(default_factory=Queue)
    parts: int = 1
    """After how many calls the facts are complete."""
    calls: int = 0
    broken: str = ""
    closed: bool = False

    def facts(self, span: Span, task: TaskRef | None) -> Facts:  # noqa: ARG002 - a port
        self.asked.put(task)
        assert self.gate.wait(PATIENCE_S)
        if self.broken:
            raise JournalError(self.broken)
        self.calls += 1
        return Facts(first_us=self.calls, complete=self.calls >= self.parts)

    def close(self) -> None:
        self.closed = True


def never(error: BaseException) -> None:
    raise AssertionError(error)


def test_facts_come_from_another_thread() -> None:
    scrub, told = SlowScrub(), Queue[tuple[Facts, str]]()
    scrub.gate.set()
    work = Scrubbing(lambda: scrub, never)
    work.request(SPAN, ROOM, lambda facts: told.put((facts, threading.current_thread().name)))
    work.start()
    assert told.get(timeout=PATIENCE_S) == (Facts(first_us=1), "scrubbing")
    work.stop()
    assert scrub.closed


def test_only_the_newest_request_is_answered() -> None:
    scrub, told = SlowScrub(), Queue[str]()
    work = Scrubbing(lambda: scrub, never)
    work.start()
    work.request(SPAN, ROOM, lambda _: told.put("first"))
    assert scrub.asked.get(timeout=PATIENCE_S) == ROOM
    work.request(SPAN, None, lambda _: told.put("second"))
    work.request(SPAN, OTHER, lambda _: told.put("third"))
    scrub.gate.set()
    assert told.get(timeout=PATIENCE_S) == "third"
    assert scrub.asked.get(timeout=PATIENCE_S) == OTHER
    work.stop()
    assert told.empty()
    assert scrub.calls == 2


def test_what_takes_long_is_told_in_parts() -> None:
    scrub, told = SlowScrub(parts=3), Queue[bool]()
    scrub.gate.set()
    work = Scrubbing(lambda: scrub, never)
    work.start()
    work.request(SPAN, ROOM, lambda facts: told.put(facts.complete))
    assert [told.get(timeout=PATIENCE_S) for _ in range(3)] == [False, False, True]
    work.stop()


def test_what_is_never_complete_does_not_go_on_for_ever() -> None:
    scrub, told = SlowScrub(parts=1 << 30), Queue[bool]()
    scrub.gate.set()
    work = Scrubbing(lambda: scrub, never)
    work.start()
    work.request(SPAN, ROOM, lambda facts: told.put(facts.complete))
    for _ in range(scrubbing.MOST_PARTS):
        assert not told.get(timeout=PATIENCE_S)
    work.stop()
    assert told.empty()


def test_who_never_asks_opens_nothing() -> None:
    def refuse() -> SlowScrub:
        raise AssertionError

    work = Scrubbing(refuse, never)
    work.start()
    work.stop()
    Scrubbing(refuse, never).stop()


def test_a_journal_that_cannot_be_read_is_told() -> None:
    scrub, failures = SlowScrub(broken="the disk refuses"), Queue[BaseException]()
    scrub.gate.set()
    work = Scrubbing(lambda: scrub, failures.put)
    work.start()
    work.request(SPAN, ROOM, lambda _: None)
    assert str(failures.get(timeout=PATIENCE_S)) == "the disk refuses"
    work.stop()
    assert scrub.closed
