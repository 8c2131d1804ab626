"""Whether a predicate holds of a task, will not hold any more, or may."""

from enum import Enum, auto

from msgspec import Struct

from tui.core.facts import Facts
from tui.core.gaps import STALE_US
from tui.core.predicate.predicate import Predicate
from tui.core.standing import NEVER_US

_OF_THE_TOOL = frozenset({"skew"})
"""Words that may tell another thing of a task that is over."""


class Coming(Enum):
    """What to expect."""

    HOLDS = auto()
    NEVER = auto()
    """The task is over, and time alone changes nothing."""
    OPEN = auto()


class Outlook(Struct, frozen=True):
    """What to expect, and how long that stands unless something new is told."""

    coming: Coming
    until_us: int = NEVER_US


def outlook(predicate: Predicate, facts: Facts, since_us: int) -> Outlook:
    """Judge for somebody who waits since `since_us`.

    What the journal tells of an hour ago does not count as long as an answer may still come: it is waited for while
    the data would still be fresh.
    """
    patience_us = since_us + STALE_US
    if not (facts.over or _answered_us(facts) >= since_us or facts.now_us >= patience_us):
        return Outlook(Coming.OPEN, patience_us)
    if predicate.holds(facts):
        return Outlook(Coming.HOLDS)
    next_us = predicate.next_us(facts)
    if facts.over and next_us == NEVER_US and not predicate.words & _OF_THE_TOOL:
        return Outlook(Coming.NEVER)
    return Outlook(Coming.OPEN, next_us)


def _answered_us(facts: Facts) -> int:
    last = facts.view.last
    return 0 if last is None else last.sent_us + last.latency_us
