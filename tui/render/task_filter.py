"""Which tasks are shown: plain words over what is known of a task, or a predicate."""

from tui.core.facts import Facts
from tui.core.predicate import Predicate, PredicateError, compile_predicate, is_plain
from tui.core.standing import NEVER_US

TOOL_EVERY_US = 5_000_000
"""What is the same for all tasks, and may be another with every answer, is looked at so often."""

_OF_THE_TOOL = frozenset({"skew"})


class TaskFilter:
    """Every word must occur somewhere in a task, `!word` must not; upper and lower case are the same."""

    grows = False
    """Whether time alone, beside the verdict on a task, changes what passes."""

    def __init__(self, text: str) -> None:
        self.text = text
        words = text.casefold().split()
        self.wanted = tuple(word for word in words if not word.startswith("!"))
        self.unwanted = tuple(word[1:] for word in words if word.startswith("!") and len(word) > 1)

    def passes(self, facts: Facts) -> bool:
        """Whether the task is to be shown. Searched are name, TaskId, region, SdkAppId, status word and reason."""
        if not self.wanted and not self.unwanted:
            return True
        known = facts.searched
        return all(word in known for word in self.wanted) and not any(word in known for word in self.unwanted)

    def next_us(self, _facts: Facts) -> int:
        """When to look again: with the verdict."""
        return NEVER_US

    def narrows(self, other: "Filter") -> bool:
        """Whether nothing passes that does not pass `other`, as far as the words alone can tell."""
        if isinstance(other, PredicateFilter):
            return False
        return all(any(word in mine for mine in self.wanted) for word in other.wanted) and all(
            any(mine in word for mine in self.unwanted) for word in other.unwanted
        )


class PredicateFilter:
    """Shows the tasks of which a predicate holds."""

    def __init__(self, predicate: Predicate) -> None:
        self.text = predicate.text
        self.passes = predicate.holds
        self._next_us = predicate.next_us
        self._asks_tool = bool(predicate.words & _OF_THE_TOOL)
        self.grows = predicate.grows or self._asks_tool

    def next_us(self, facts: Facts) -> int:
        """When to look at this task again, µs UTC."""
        next_us = self._next_us(facts)
        return min(next_us, facts.now_us + TOOL_EVERY_US) if self._asks_tool else next_us

    def narrows(self, other: "Filter") -> bool:
        """Whether it is the same one."""
        return self.text == other.text and isinstance(other, PredicateFilter)


Filter = TaskFilter | PredicateFilter


def read_filter(text: str) -> Filter:
    """What the operator typed.

    Raises:
        PredicateError: it is no list of words, and no predicate.
    """
    return TaskFilter(text) if is_plain(text) else PredicateFilter(compile_predicate(text))


def meanwhile(before: Filter, text: str) -> Filter:
    """What to show while `text` is a mistake: what was shown before.

    Who types `in_state > 60s` has searched for `in_stat` a moment ago, which was never meant: that word is left out.
    """
    if not isinstance(before, TaskFilter) or not text.startswith(before.text):
        return before
    rest = text[len(before.text) :]
    goes_on = rest[:1].strip("&|") and not rest[:1].isspace() and not before.text.endswith(" ")
    if goes_on or rest.lstrip().startswith(("=", "<", ">", "~", "!=", "!~")):
        return TaskFilter(before.text.rstrip().rpartition(" ")[0])
    return before


def mistake_of(text: str, error: PredicateError) -> str:
    """One line: what is wrong, and which part of `text` it is."""
    part = text[error.start : error.end]
    if not part.strip() or part in error.line:
        return error.line
    return f"{error.line}: {part!r}"
