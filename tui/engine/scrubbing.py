"""What a scrubber shows is read on a thread of its own: whoever draws never waits for the journal."""

import threading
from collections.abc import Callable

from msgspec import Struct

from tui.core.scrub import Facts
from tui.core.span import Span
from tui.core.task import TaskRef
from tui.engine.ports import Scrub
from tui.engine.thread import work_thread

MOST_PARTS = 200
"""So often is asked again for what is not complete yet; after that, with the next request."""

Then = Callable[[Facts], None]


SETTLE_S = 0.1
"""A task that the cursor passes in less, as a key is held down, is not looked up: keys have the processor then."""


class _Wanted(Struct, frozen=True):
    span: Span
    task: TaskRef | None
    then: Then


class Scrubbing:
    """Answers the newest request, from `start` to `stop`."""

    def __init__(self, open_scrub: Callable[[], Scrub], failed: Callable[[BaseException], None]) -> None:
        self._open_scrub = open_scrub
        self._news = threading.Condition()
        self._wanted: _Wanted | None = None
        self._task: TaskRef | None = None
        """The one that was looked up last."""
        self._stopping = False
        self._thread = work_thread("scrubbing", self._run, failed)

    def start(self) -> None:
        """Answer from now on, also what was asked for before."""
        self._thread.start()

    def request(self, span: Span, task: TaskRef | None, then: Then) -> None:
        """Call `then` with the facts of a span, in another thread; not when something else is asked for before they are
        found. What takes longer to find follows in another call."""
        with self._news:
            self._wanted = _Wanted(span, task, then)
            self._news.notify()

    def stop(self) -> None:
        """End the thread; nothing is answered any more."""
        with self._news:
            self._stopping = True
            self._news.notify()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        scrub: Scrub | None = None
        try:
            while (wanted := self._next()) is not None:
                scrub = scrub or self._open_scrub()
                self._answer(scrub, wanted)
        finally:
            if scrub is not None:
                scrub.close()

    def _next(self) -> _Wanted | None:
        """What is to be answered; None at the end."""
        with self._news:
            self._news.wait_for(lambda: self._stopping or self._wanted is not None)
            while self._passes():
                continue
            wanted, self._wanted = self._wanted, None
            if self._stopping or wanted is None:
                return None
            self._task = wanted.task
            return wanted

    def _passes(self) -> bool:
        """Whether another request came before one for another task had stood for `SETTLE_S`."""
        wanted = self._wanted
        if self._stopping or wanted is None or wanted.task == self._task:
            return False
        return self._news.wait_for(lambda: self._stopping or self._wanted is not wanted, SETTLE_S)

    def _answer(self, scrub: Scrub, wanted: _Wanted) -> None:
        for _ in range(MOST_PARTS):
            facts = scrub.facts(wanted.span, wanted.task)
            with self._news:
                overtaken = self._stopping or self._wanted is not None
            if overtaken:
                return
            wanted.then(facts)
            if facts.complete:
                return
