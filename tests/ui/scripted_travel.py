"""A way through entries that are all in memory: every wish is done at once, by folding from the beginning."""

from collections.abc import Callable, Sequence

from tui.core.entry import Entry, Fault, Mark, Note, Poll
from tui.core.position import PAGE, Arrival, Way, Wish
from tui.core.task import TaskRef
from tui.core.timeline import Snapshot, Timeline

Frames = list[int]


class ScriptedTravel:
    """What `engine.traveller.Traveller` is to a screen, without threads."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self._changes = _changes(entries)
        self._frame = len(entries)
        self._arrival: Arrival | None = None
        self._listener: Callable[[], None] = _nobody
        self.wished: list[Wish] = []
        self.stopped = False

    def go(self, wish: Wish, _wanted: Sequence[TaskRef] = (), _shown: Snapshot | None = None) -> None:
        self.wished.append(wish)
        if wish.origin is not None:
            self._frame = wish.origin
        found = self._find(wish)
        if found is not None:
            self._frame = found
        told = "" if found is not None else f"nothing further: {wish.way.value}"
        entry = self._entries[self._frame - 1] if self._frame else None
        snapshot = self._fold(self._frame)
        self._arrival = Arrival(
            snapshot,
            entry,
            complete=True,
            changed=None,
            newest=len(self._entries),
            moved=found is not None,
            told=told,
        )
        self._listener()

    def listen(self, listener: Callable[[], None]) -> None:
        self._listener = listener

    def take(self) -> Arrival | None:
        arrival, self._arrival = self._arrival, None
        return arrival

    def stop(self) -> None:
        self.stopped = True

    def _find(self, wish: Wish) -> int | None:
        own = self._own(wish.task)
        match wish.way:
            case Way.FIRST | Way.LAST:
                return own[0 if wish.way is Way.FIRST else -1] if own else None
            case Way.FRAME:
                return wish.frame if 1 <= wish.frame <= len(self._entries) else None
            case Way.TIME:
                return next((f for f in range(len(self._entries), 0, -1) if self._at(f) <= wish.at_us), None)
            case Way.PAGE:
                return self._next(own, wish, PAGE)
            case Way.STEP:
                return self._next(own, wish)
            case _:
                return self._next(self._places(wish), wish)

    def _places(self, wish: Wish) -> Frames:
        """Where a wish of this way may lead."""
        own = self._own(wish.task)
        match wish.way:
            case Way.CHANGE:
                return [frame for frame in own if frame in self._changes]
            case Way.ERROR:
                return [frame for frame in own if isinstance(self._answer(frame), Fault)]
            case Way.MARK:
                return [frame for frame in range(1, len(self._entries) + 1) if isinstance(self._entry(frame), Mark)]
            case Way.END:
                return [frame for frame in own if frame in self._changes and isinstance(self._answer(frame), Fault)]
            case _:
                return []

    def _next(self, places: Frames, wish: Wish, count: int = 1) -> int | None:
        left = [frame for frame in places if (frame < self._frame if wish.back else frame > self._frame)]
        ordered = left[::-1] if wish.back else left
        return ordered[min(count, len(ordered)) - 1] if ordered else None

    def _own(self, task: TaskRef | None) -> Frames:
        return [
            frame
            for frame, entry in enumerate(self._entries, 1)
            if task is None or (not isinstance(entry, Note) and entry.task == task)
        ]

    def _answer(self, frame: int) -> object:
        entry = self._entry(frame)
        return entry.answer if isinstance(entry, Poll) else None

    def _entry(self, frame: int) -> Entry:
        return self._entries[frame - 1]

    def _at(self, frame: int) -> int:
        entry = self._entry(frame)
        return entry.sent_us if isinstance(entry, Poll) else entry.at_us

    def _fold(self, frame: int) -> Snapshot:
        timeline = Timeline()
        for number, entry in enumerate(self._entries[:frame], 1):
            timeline.apply(number, entry)
        return timeline.snapshot()


def _changes(entries: Sequence[Entry]) -> frozenset[int]:
    """The polls with which a life became another one."""
    timeline, found = Timeline(), set[int]()
    for frame, entry in enumerate(entries, 1):
        before = timeline.tasks.get(entry.task) if isinstance(entry, Poll) else None
        timeline.apply(frame, entry)
        after = timeline.tasks.get(entry.task) if isinstance(entry, Poll) else None
        if after is not None and (before is None or before.stage.life is not after.stage.life):
            found.add(frame)
    return frozenset(found)


def _nobody() -> None:
    """Who listens before a screen does."""
