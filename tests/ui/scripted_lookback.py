"""What a screen looks up in entries that are all in memory: every answer is there at once."""

from collections.abc import Callable, Sequence
from typing import TypeVar, cast

from tests.core.entries import numbered
from tests.core.scrubbing import facts_of
from tui.core.entry import Entry, Fault, Mark, Note, Poll
from tui.core.scrub import Facts
from tui.core.span import Span
from tui.core.task import TaskRef
from tui.engine.ports import Past

Found = TypeVar("Found")


class ScriptedScrubbing:
    """What `engine.scrubbing.Scrubbing` is to a screen, without threads."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries

    def request(self, span: Span, task: TaskRef | None, then: Callable[[Facts], None]) -> None:
        then(facts_of(numbered(list(self._entries)), span, task))

    def stop(self) -> None:
        return


class ScriptedLookups:
    """What `engine.lookups.Lookups` is to a screen, without threads."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._past = ScriptedPast(entries)

    def fetch(self, read: Callable[[Past], Found], then: Callable[[Found], None]) -> None:
        then(read(cast("Past", self._past)))

    def stop(self) -> None:
        return


class ScriptedPast:
    """As much of `ports.Past` as a comparison needs."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries

    def entry(self, frame: int) -> Entry | None:
        return self._entries[frame - 1] if 0 < frame <= len(self._entries) else None

    def around(self, frame: int, before: int, after: int, task: TaskRef | None = None) -> list[tuple[int, Entry]]:
        own = self._own(task)
        past = [row for row in own if row[0] <= frame]
        return past[max(0, len(past) - before) :] + [row for row in own if row[0] > frame][:after]

    def rank(self, task: TaskRef, frame: int) -> int:
        return sum(number <= frame for number, _ in self._own(task))

    def previous_change(self, frame: int, task: TaskRef | None = None) -> int | None:
        polls = [(number, poll) for number, poll in self._own(task) if isinstance(poll, Poll) and number < frame]
        words = [_word(poll) for _, poll in polls]
        changes = [polls[place][0] for place in range(len(polls)) if not place or words[place] != words[place - 1]]
        return changes[-1] if changes else None

    def previous_mark(self, frame: int) -> int | None:
        return max((number for number in self._marks() if number < frame), default=None)

    def next_mark(self, frame: int) -> int | None:
        return min((number for number in self._marks() if number > frame), default=None)

    def _marks(self) -> list[int]:
        return [number for number, entry in enumerate(self._entries, 1) if isinstance(entry, Mark)]

    def _own(self, task: TaskRef | None) -> list[tuple[int, Entry]]:
        rows = enumerate(self._entries, 1)
        return [row for row in rows if task is None or (not isinstance(row[1], Note) and row[1].task == task)]


def _word(poll: Poll) -> tuple[str, str]:
    answer = poll.answer
    return (answer.code, answer.fault_class.value) if isinstance(answer, Fault) else (answer.status, "")
