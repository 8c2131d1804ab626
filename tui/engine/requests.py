"""What an operator asks and notes, put into the journal: whoever polls hears of it from there."""

from collections.abc import Callable
from concurrent.futures import Future

from tui.core.entry import Ack, Entry, Mark, Note, Request, Topic, Verb
from tui.core.task import TaskRef


class Requests:
    """Each future is a frame of the journal, or raises JournalError.

    Args:
        append: hands in an entry.
        now_us: wall clock, µs UTC.
        operator: who asks; empty for nobody known.
    """

    def __init__(self, append: "Callable[[Entry], Future[int]]", now_us: Callable[[], int], operator: str) -> None:
        self._append = append
        self._now_us = now_us
        self._operator = operator

    def watch(self, task: TaskRef, name: str = "") -> "Future[int]":
        """Ask for a task to be polled; the future is its journal frame."""
        return self._request(Verb.WATCH, task, name)

    def forget(self, task: TaskRef) -> "Future[int]":
        """Ask for a task not to be polled any more. Its past stays in the journal."""
        return self._request(Verb.FORGET, task)

    def poll_now(self, task: TaskRef) -> "Future[int]":
        """Ask for one poll out of turn, through the same spacing as all others."""
        return self._request(Verb.POLL_NOW, task)

    def hold(self, task: TaskRef) -> "Future[int]":
        """Ask for no polls of this task but those asked for, for a while."""
        return self._request(Verb.HOLD, task)

    def step(self, task: TaskRef) -> "Future[int]":
        """Hold a task, if it is not, and ask for one more poll of it."""
        return self._request(Verb.STEP, task)

    def release(self, task: TaskRef) -> "Future[int]":
        """End a hold."""
        return self._request(Verb.RELEASE, task)

    def pin(self, task: TaskRef) -> "Future[int]":
        """Ask for a task to be polled as often as one in sight."""
        return self._request(Verb.PIN, task)

    def unpin(self, task: TaskRef) -> "Future[int]":
        """End that."""
        return self._request(Verb.UNPIN, task)

    def mark(self, frame: int, moment_us: int, note: str = "", task: TaskRef | None = None) -> "Future[int]":
        """Mark the moment of `frame`, to find it again; the future is the mark's own frame."""
        now_us = self._now_us()
        return self._append(Mark(now_us, moment_us, frame, note, self._operator, task))

    def ack(self, rule: str, task: TaskRef | None = None) -> "Future[int]":
        """Take care of an alert: the task's, or None for the tool's."""
        return self._append(Ack(self._now_us(), rule, self._operator, task))

    def tell_hit(self, text: str) -> "Future[int]":
        """Put a line about a hit into the journal; the future is its frame."""
        return self._append(Note(self._now_us(), Topic.BREAKPOINT, text))

    def _request(self, verb: Verb, task: TaskRef, name: str = "") -> "Future[int]":
        return self._append(Request(self._now_us(), verb, task, self._operator, name))
