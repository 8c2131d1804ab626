"""Where breakpoints hit in a recording of any length, before or behind a frame, or over all of it."""

from collections.abc import Callable, Iterator, Sequence

from tui.core.breakpoint import ALL_TASKS, Breakpoint, Count, Hit
from tui.core.position import Found
from tui.core.sentry import Guard
from tui.core.sweep import Sweep
from tui.core.task import TaskRef
from tui.core.timeline import Snapshot
from tui.engine.ports import GivenUp, Past, Rows

AT_ONCE = 5_000
"""Entries between two looks at whether anybody still wants to know: 10 ms."""

BLOCK = 10_000
"""Going back, the hits of a block are found by going through it forwards; the first block has so many frames."""
LARGEST_BLOCK = 1_000_000
_GROWTH = 4


def count_hits(rows: Rows, one: Breakpoint, told: Callable[[Count], bool]) -> Count:
    """Every hit of a breakpoint in a recording. `told` gets what there is so far; it answers whether to go on.

    Raises:
        GivenUp: `told` said no.
        PredicateError: the breakpoint cannot be read.
        JournalError: the recording cannot be read.
    """
    first, last = rows.ends()
    begin = max(0, first - 1)
    sweep, tasks, count = Sweep(Guard([one]), Snapshot(), rows.entry), set[TaskRef](), Count(of=last - begin)
    for frame, hits in _sweep(sweep, rows, begin, last):
        tasks.update(hit.task for hit in hits)
        newest = hits[-1] if hits else count.newest
        count = Count(count.hits + len(hits), len(tasks), newest, frame - begin, last - begin)
        if not told(count):
            raise GivenUp
    return count


def _sweep(sweep: Sweep, rows: Rows, after: int, until: int) -> Iterator[tuple[int, list[Hit]]]:
    """The hits above `after` and not above `until`, in portions, each with the frame up to which they are complete."""
    while found := rows.rows(after, until, AT_ONCE):
        after = found[-1][0]
        yield after, sweep.run(found)


class JournalHunter:
    """`engine.ports.Hunter` over the entries of a journal and the way to start at any of them.

    Args:
        past: for the fold at the frames from which one sets out.
        going: whether anybody still wants to know.
    """

    def __init__(self, rows: Rows, past: Past, going: Callable[[], bool] = lambda: True) -> None:
        self._rows = rows
        self._past = past
        self._going = going

    def next_hit(self, frame: int, breakpoints: Sequence[Breakpoint], *, back: bool) -> Found | None:
        """The next frame where one of them hits, and a line that tells which; None when there is none.

        Raises:
            PredicateError: one of them cannot be read.
        """
        return self._newest_before(frame, breakpoints) if back else self._first_behind(frame, breakpoints)

    def until(self, frame: int, task: TaskRef | None, predicate: str) -> Found | None:
        """The next frame where `predicate` becomes true for `task`, or for any; None when there is none.

        Raises:
            PredicateError: it cannot be read.
        """
        return self._first_behind(frame, [Breakpoint(0, predicate, ALL_TASKS if task is None else str(task))])

    def close(self) -> None:
        """Give back what it holds."""
        self._rows.close()
        self._past.close()

    def _first_behind(self, frame: int, some: Sequence[Breakpoint]) -> Found | None:
        sweep = self._sweep_from(frame, some)
        _, last = self._rows.ends()
        for _, hits in _sweep(sweep, self._rows, frame, last):
            self._go_on()
            if hits:
                return _told([hit for hit in hits if hit.frame == hits[0].frame], some, sweep)
        return None

    def _newest_before(self, frame: int, some: Sequence[Breakpoint]) -> Found | None:
        first, _ = self._rows.ends()
        until, size = frame - 1, BLOCK
        while until >= first > 0:
            after = max(first - 1, until - size)
            sweep = self._sweep_from(after, some)
            newest: list[Hit] = []
            for _, hits in _sweep(sweep, self._rows, after, until):
                self._go_on()
                newest = hits or newest
            if newest:
                return _told([hit for hit in newest if hit.frame == newest[-1].frame], some, sweep)
            until, size = after, min(LARGEST_BLOCK, size * _GROWTH)
        return None

    def _sweep_from(self, frame: int, some: Sequence[Breakpoint]) -> Sweep:
        start = self._past.whole(frame, self._going)
        if start is None:
            raise GivenUp
        return Sweep(Guard(some), start, self._rows.entry)

    def _go_on(self) -> None:
        if not self._going():
            raise GivenUp


def _told(hits: list[Hit], some: Sequence[Breakpoint], sweep: Sweep) -> Found:
    """The frame of these hits, and a line about them."""
    one = next(one for one in some if one.number == hits[0].number)
    name = sweep.name(hits[0].task)
    more = f" and {len(hits) - 1} more" if len(hits) > 1 else ""
    number = f"BP#{one.number} " if one.number else ""
    return Found(hits[0].frame, f"{number}{one.when}: {name}{more}", hits[0].task)
