"""The breakpoints of a screen: kept, guarded, and obeyed when they hit."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from threading import Thread
from typing import Protocol

from msgspec.structs import replace

from tui.core.breakpoint import Action, Breakpoint, Breaks, Count, Hit, Watch
from tui.core.facts import Facts
from tui.core.predicate import Expression, PredicateError, Value, compile_expression, compile_predicate
from tui.core.task import TaskRef
from tui.render.breakpoint_rows import Tally, hit_text
from tui.ui.asks import Asks
from tui.ui.break_doors import BreakDoors

BELL_EVERY_US = 2_000_000
"""Whoever is rung for by the first bell does not hear the ones right after it."""


class Obeys(Protocol):
    """What a hit can do to the screen."""

    @property
    def asks(self) -> Asks:
        """Where requests go."""

    def task_name(self, task: TaskRef) -> str:
        """What a task is called."""

    def say(self, text: str) -> None:
        """Tell the operator something in one line."""

    def bell(self) -> None:
        """Ring."""

    def stopped_at(self, hit: Hit) -> None:
        """Let the view stand at a hit."""

    def show_watches(self, watches: tuple[Watch, ...]) -> None:
        """Tell the values of these, which can be had at once by now. Called in another thread."""


class Stops:
    """Breakpoints and watch expressions as they are now, and what each has done since the screen is open."""

    def __init__(self, doors: BreakDoors, screen: Obeys) -> None:
        self._doors = doors
        self._screen = screen
        self._rung_us = 0
        self.breaks = Breaks()
        self.tallies: dict[int, Tally] = {}
        self.mistakes: dict[int, str] = {}
        """What is wrong with the predicate of a breakpoint, by its number."""
        self._watched: dict[str, Expression] = {}
        """Watch expressions that stop the view, as far as they are compiled."""
        self._values: dict[tuple[TaskRef, str], Value] = {}
        """What each was last, of the task that was then looked at."""

    def count(self, one: Breakpoint, told: Callable[[Count], bool]) -> Count:
        """Its hits in the journal: `BreakDoors.count`."""
        return self._doors.count(one, told)

    def start(self) -> None:
        """Read what was saved, add what the command line gave, and begin to look."""
        self.breaks, complaint = self._doors.load()
        for one in self._doors.given:
            known = {(known.when, known.scope) for known in self.breaks.breakpoints}
            if (one.when, one.scope) not in known:
                self.breaks = self.breaks.with_one(replace(one, number=self.breaks.free_number()))
        if complaint:
            self._screen.say(complaint)
        if self.breaks != Breaks():
            self._post()

    def change(self, breaks: Breaks) -> None:
        """Have these from now on, and keep them; what cannot be kept is said."""
        looked_for = (self.breaks.on, self.breaks.watches) != (breaks.on, breaks.watches)
        self.breaks = breaks
        complaint = self._doors.save(breaks)
        if complaint:
            self._screen.say(complaint)
        if looked_for:
            self._post()

    def tally(self, one: Breakpoint) -> Tally:
        """What a breakpoint has done."""
        return self.tallies.get(one.number, Tally())

    def obey(self, hits: Sequence[Hit]) -> None:
        """Do what the breakpoints want that hit."""
        stopped = False
        for hit in hits:
            one = next((one for one in self.breaks.on if one.number == hit.number), None)
            if one is None:
                continue
            tally = self.tallies[one.number] = Tally(self.tally(one).hits + 1, hit.at_us)
            if tally.hits <= one.ignore:
                continue
            self._act(one, hit, tally.hits, stop=not stopped)
            stopped = stopped or one.does(Action.STOP)
            if one.once:
                self.change(self.breaks.with_one(replace(one, on=False)))

    def watched(self, facts: Facts) -> str:
        """Which watch expressions that stop the view have another value than when this task was looked at last, in
        one line; empty for none."""
        task = facts.view.task
        before = self._values
        self._values = {(task, text): expression.value(facts) for text, expression in self._watched.items()}
        changed = (key for key, value in self._values.items() if key in before and before[key] != value)
        return ", ".join(
            f"{text}: {_shown(before[one, text])} -> {_shown(self._values[one, text])}" for one, text in changed
        )

    def _act(self, one: Breakpoint, hit: Hit, hits: int, *, stop: bool) -> None:
        text = hit_text(one, self._screen.task_name(hit.task), hits)
        self._screen.say(text)
        if one.does(Action.HOLD):
            self._screen.asks.hold(hit.task)
        if one.does(Action.MARK):
            self._screen.asks.mark(hit.frame, hit.at_us, text, hit.task)
        if one.does(Action.LOG):
            self._doors.log(text)
        if one.does(Action.BELL) and not 0 <= hit.at_us - self._rung_us < BELL_EVERY_US:
            self._rung_us = hit.at_us
            self._screen.bell()
        if one.does(Action.STOP) and stop:
            self._screen.stopped_at(hit)

    def _post(self) -> None:
        """Have them guarded: beside, as the first predicate takes half a second."""
        Thread(target=self._guard, args=(self.breaks,), daemon=True).start()

    def _guard(self, wanted: Breaks) -> None:
        mistakes = mistakes_of(wanted.breakpoints)
        self.mistakes = mistakes
        self._watched = _compiled(one.text for one in wanted.watches if one.stops)
        if wanted == self.breaks:  # else somebody has changed them since, and another thread is on its way
            self._screen.show_watches(wanted.watches)
            self._doors.guard([one for one in wanted.on if one.number not in mistakes])


def _compiled(texts: Iterable[str]) -> dict[str, Expression]:
    """Those of the expressions that can be read."""
    known = dict[str, Expression]()
    for text in texts:
        with suppress(PredicateError):
            known[text] = compile_expression(text)
    return known


def _shown(value: Value) -> str:
    return "-" if value is None else str(value)


def mistakes_of(some: Iterable[Breakpoint]) -> dict[int, str]:
    """What is wrong with each that cannot be read, by its number."""
    return {one.number: line for one in some if (line := mistake_in(one.when))}


def mistake_in(when: str) -> str:
    """What is wrong with a predicate, and where; empty for nothing."""
    try:
        compile_predicate(when)
    except PredicateError as mistake:
        return mistake.line
    return ""
