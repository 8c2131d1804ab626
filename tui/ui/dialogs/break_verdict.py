"""What the editor says of a breakpoint: for whom it is true now, and what it would have done."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from tui.core.breakpoint import Breakpoint, Count, in_scope
from tui.core.facts import facts_of
from tui.core.predicate import compile_predicate
from tui.render.line import Line, Role, fit, line
from tui.render.text import wrap
from tui.render.times import moment
from tui.ui.drawn import DrawnBlock
from tui.ui.scene import Scene

_NAMES = 3


class Verdict(DrawnBlock, can_focus=True):
    """What a breakpoint would have done; Enter goes to its newest hit."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "screen.jump", "Go there", show=False)]

    def tell(self, text: str, role: Role = Role.PLAIN) -> None:
        """Show a text, in as many lines as there are."""

        def lines(cells: int) -> list[Line]:
            return [fit(line((part, role)), cells) for part in wrap(text, cells)]

        self.show(lines)


def true_for(one: Breakpoint, scene: Scene) -> str:
    """The names of tasks for which it holds at the position: `live-final-7, qa-3 and 5 more`; `none`."""
    predicate = compile_predicate(one.when)
    tool, at_us = scene.snapshot.tool, scene.now_us
    true = [
        view
        for view in scene.snapshot.tasks.values()
        if in_scope(one.scope, view) and predicate.holds(facts_of(view, tool, at_us))
    ]
    names = ", ".join(scene.name(view.task) for view in true[:_NAMES])
    return f"{names} and {len(true) - _NAMES} more" if len(true) > _NAMES else names or "none"


def counted(count: Count, scene: Scene) -> str:
    """`In this recording: 3 hits, newest 03:11:32Z live-final-7; t Enter goes there.`"""
    so_far = "" if count.complete else f" so far, {100 * count.looked // max(1, count.of)} %"
    text = f"In this recording: {count.hits} {'hit' if count.hits == 1 else 'hits'}{so_far}"
    if count.newest is None:
        return f"{text}."
    at = moment(count.newest.at_us, scene.view.times, scene.now_us)
    tasks = f" of {count.tasks} tasks" if count.tasks > 1 else ""
    return f"{text}{tasks}, newest {at} {scene.name(count.newest.task)}; t Enter goes there."
