"""A journal as a list, and what a scrubber would find in it by looking at every entry."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from tui.core.entry import Entry, Fault, Gap, Mark, Poll
from tui.core.fault import FaultClass
from tui.core.ledger import telling
from tui.core.scrub import MOST_COUNTED, Facts, Flag, Look, Unseen, successive
from tui.core.span import Span
from tui.core.task import TaskRef

Rows = Sequence[tuple[int, Entry]]


def facts_of(rows: Rows, span: Span, task: TaskRef | None) -> Facts:
    """The facts of one span, in order of time."""
    if not rows:
        return Facts(errors=(0,) * span.columns)
    return Facts(
        rows[0][1].at_us,
        tuple(_looks(rows, span, task)),
        tuple(_unseen(rows, span, task)),
        _errors(rows, span),
        tuple(_marks(rows, span, task)),
    )


def _looks(rows: Rows, span: Span, task: TaskRef | None) -> list[Look]:
    polls = [entry for _, entry in rows if isinstance(entry, Poll) and entry.task == task]
    words = [_word(poll) for poll in polls]
    starts = [number for number in range(len(polls)) if number == 0 or words[number] != words[number - 1]]
    looks = []
    for place, number in enumerate(starts):
        end = starts[place + 1] if place + 1 < len(starts) else len(polls)
        word, fault_class = words[number]
        repeats = min(2, end - number - 1) if fault_class is FaultClass.END else 0
        looks.append(Look(polls[number].at_us, word, fault_class, repeats))
    times = [look.at_us for look in looks]
    first, last = bisect_right(times, span.start_us - 1), bisect_right(times, span.end_us - 1)
    while first:
        first -= 1
        if looks[first].fault_class is None:
            break
    return looks[first:last]


def _word(poll: Poll) -> tuple[str, FaultClass | None]:
    if isinstance(poll.answer, Fault):
        return poll.answer.code, poll.answer.fault_class
    return poll.answer.status, None


def _unseen(rows: Rows, span: Span, task: TaskRef | None) -> list[Unseen]:
    found = [gap for whose in dict.fromkeys((None, task)) for gap in successive(_told(rows, whose))]
    reaching = [gap for gap in found if gap.since_us < span.end_us and (gap.until_us or span.end_us) > span.start_us]
    return sorted(reaching, key=lambda gap: gap.since_us)


def _told(rows: Rows, whose: TaskRef | None) -> Iterator[Unseen]:
    for place, (_, gap) in enumerate(rows):
        if isinstance(gap, Gap) and gap.task == whose:
            after = (entry for _, entry in rows[place + 1 :] if isinstance(entry, Poll) and whose in (None, entry.task))
            yield Unseen(gap.since_us, next((poll.sent_us for poll in after if telling(poll)), None), gap.cause)


def _errors(rows: Rows, span: Span) -> tuple[int, ...]:
    counts = [0] * span.columns
    for _, entry in rows:
        if isinstance(entry, Poll) and isinstance(entry.answer, Fault):
            column = span.column(entry.at_us)
            if column is not None and entry.answer.fault_class is not FaultClass.END:
                counts[column] = min(MOST_COUNTED, counts[column] + 1)
    return tuple(counts)


def _marks(rows: Rows, span: Span, task: TaskRef | None) -> list[Flag]:
    marks = [entry for _, entry in rows if isinstance(entry, Mark) and entry.task in (None, task)]
    found = [Flag(mark.moment_us, mark.note) for mark in marks if span.column(mark.moment_us) is not None]
    return sorted(found, key=lambda mark: mark.at_us)
