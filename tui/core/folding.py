"""Entries in which nothing new is told, folded to one line without loss: `unfolded(folded(x)) == x` for any entries.

Polls are equal when they told the same of the same task. What differs with every poll does not count: when it was sent,
how long it took, its RequestId, the clock's offset, and which share of the budget it came from. A poll that somebody
asked for stands by itself: it is an act, and not one of many.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from tui.core.entry import Entry, Poll, Reason, Skew

PLACE = b"{RequestId}"
"""Stands in a body where each poll has its own RequestId."""

Numbered = tuple[int, Entry]


class Each(NamedTuple):
    """What one poll of a fold has of its own."""

    frame: int
    sent_us: int
    latency_us: int
    reason: Reason
    request_id: str | None
    skew: Skew | None


class Fold(Struct, frozen=True, gc=False):
    """Equal polls in a row."""

    like: Poll
    """What they have in common, with the values of the first one for what they have not."""
    cut: bool
    """Whether the body of `like` has `PLACE` for a RequestId."""
    each: tuple[Each, ...]

    @property
    def count(self) -> int:
        """How many polls it stands for."""
        return len(self.each)

    @property
    def frame(self) -> int:
        """The frame of the first one."""
        return self.each[0].frame

    @property
    def last_frame(self) -> int:
        """The frame of the last one."""
        return self.each[-1].frame

    def poll(self, number: int) -> Poll:
        """One of them, from 0, as it was."""
        own = self.each[number]
        answer = self.like.answer
        if self.cut:
            answer = replace(answer, body=answer.body.replace(PLACE, _in_body(own.request_id)))
        return Poll(self.like.task, own.sent_us, own.latency_us, own.reason, answer, own.request_id, own.skew)


Folded = Fold | Numbered
"""Polls are always folds, if only of one."""


def folded(entries: Iterable[Numbered]) -> list[Folded]:
    """The entries with equal polls in a row made one; nothing is put into another order."""
    runs: list[Folded] = []
    like: Poll | None = None
    cut, each = False, list[Each]()
    for frame, entry in entries:
        if not isinstance(entry, Poll):
            runs.extend(_closed(like, each, cut=cut))
            like, each = None, []
            runs.append((frame, entry))
            continue
        told, has_place = without_request_id(entry)
        if like is None or has_place != cut or not _equal(like, told):
            runs.extend(_closed(like, each, cut=cut))
            like, cut, each = told, has_place, []
        each.append(Each(frame, entry.sent_us, entry.latency_us, entry.reason, entry.request_id, entry.skew))
    return [*runs, *_closed(like, each, cut=cut)]


def unfolded(runs: Iterable[Folded]) -> Iterator[Numbered]:
    """The entries that `folded` was given."""
    for run in runs:
        if isinstance(run, Fold):
            yield from ((own.frame, run.poll(number)) for number, own in enumerate(run.each))
        else:
            yield run


def without_request_id(poll: Poll) -> tuple[Poll, bool]:
    """The poll with `PLACE` for its RequestId in the body, and True; as it is, and False, where that could not be
    undone."""
    own, body = _in_body(poll.request_id), poll.answer.body
    if not own or own not in body:
        return poll, False
    template = body.replace(own, PLACE)
    if template.replace(PLACE, own) != body:
        return poll, False
    return replace(poll, answer=replace(poll.answer, body=template)), True


def _closed(like: Poll | None, each: list[Each], *, cut: bool) -> tuple[Folded, ...]:
    return () if like is None else (Fold(like, cut, tuple(each)),)


def _equal(one: Poll, other: Poll) -> bool:
    asked = Reason.YOU in (one.reason, other.reason)
    return not asked and one.task == other.task and one.answer == other.answer


def _in_body(request_id: str | None) -> bytes:
    return (request_id or "").encode("utf-8", "surrogatepass")
