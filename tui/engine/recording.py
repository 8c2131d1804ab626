"""A journal that is only read: what a screen talks to when it replays a recording, also one that is still written."""

from collections.abc import Callable
from concurrent.futures import Future

from tui.core.task import TaskRef
from tui.engine.ports import Bell, Clock, Reader
from tui.engine.tail import Listeners, Tail
from tui.engine.update import Update, Updates


class Recording:
    """Follows a journal, and asks nothing of anybody. `listener`s as in `Session`."""

    def __init__(self, open_reader: Callable[[], Reader], open_bell: Callable[[], Bell], clock: Clock) -> None:
        self._updates = Updates()
        self._failure: BaseException | None = None
        listeners = Listeners(self._updates.publish, _nothing, _nothing, _nothing, _nothing, self._fail)
        self._tail = Tail(open_reader, open_bell, clock, listeners)

    def open(self) -> None:
        """Begin to read."""
        self._tail.start()

    def stop(self) -> None:
        """End the thread and give the file back."""
        self._tail.stop()

    def wait_caught_up(self, timeout_s: float | None = None) -> bool:
        """Wait until all that was there at the start is folded; False if it took longer."""
        return self._tail.caught_up.wait(timeout_s)

    @property
    def failure(self) -> BaseException | None:
        """What ended the reading: a file that cannot be read, or a bug."""
        return self._failure

    def now_us(self) -> int:
        """The time of the newest entry: nothing grows older in a recording."""
        return self._updates.newest.snapshot.at_us

    def listen(self, listener: Callable[[], None]) -> None:
        """Call `listener` when there is news; at once if there already is."""
        self._updates.listen(listener)

    def take(self) -> Update:
        """The newest Snapshot and what changed since the last call."""
        return self._updates.take()

    def _fail(self, error: BaseException) -> None:
        self._failure = error
        self._updates.tell()


class NoAsks:
    """Nobody polls a recording: what is asked of it is not done. Commands that would ask are refused before."""

    def watch(self, task: TaskRef, name: str = "") -> "Future[int]":
        """Not done."""
        return _refused(task, name)

    def forget(self, task: TaskRef) -> "Future[int]":
        """Not done."""
        return _refused(task)

    poll_now = hold = step = release = pin = unpin = forget

    def mark(self, frame: int, moment_us: int, note: str = "", task: TaskRef | None = None) -> "Future[int]":
        """Not done."""
        return _refused(frame, moment_us, note, task)

    def ack(self, rule: str, task: TaskRef | None = None) -> "Future[int]":
        """Not done."""
        return _refused(rule, task)


class OnlyRead(Exception):
    """A recording is not written."""


def _refused(*_asked: object) -> "Future[int]":
    refused: Future[int] = Future()
    refused.set_exception(OnlyRead("a recording is only read"))
    return refused


def _nothing(*_told: object) -> None:
    """Who asks, looks or polls is of no concern to a recording, and it is not written."""
