"""The filter line as it is being typed: half a predicate is no reason to show something else."""

from tui.core.predicate import PredicateError, is_plain
from tui.render.task_filter import Filter, TaskFilter, meanwhile, mistake_of, read_filter


class FilterReader:
    """The filter that is used for what was typed last."""

    def __init__(self, *, predicates: bool) -> None:
        self.filter: Filter = TaskFilter("")
        self.mistake = ""
        """What is wrong with the text, in one line; empty when nothing is. The last good filter is used meanwhile."""
        self._text = ""
        self._in_force = True
        """Whether `filter` is what the text says."""
        self._predicates = predicates

    @property
    def waits(self) -> bool:
        """Whether the text is a predicate, and may not be compiled yet."""
        return not self._predicates and not is_plain(self._text)

    def allow_predicates(self) -> None:
        """From now on, predicates are compiled."""
        waited, self._predicates = self.waits, True
        if waited:
            text, self._text = self._text, ""
            self.read(text)

    def read(self, text: str) -> None:
        """Take what was typed; while it is a mistake, or may not be compiled yet, the one before."""
        if text == self._text:
            return
        self._text, self.mistake = text, ""
        if self.waits:
            self._keep_showing(text)
            return
        try:
            self.filter, self._in_force = read_filter(text), True
        except PredicateError as error:
            self.mistake = mistake_of(text, error)
            self._keep_showing(text)

    def _keep_showing(self, text: str) -> None:
        if self._in_force:
            self.filter, self._in_force = meanwhile(self.filter, text), False
