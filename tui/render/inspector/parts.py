"""What the tabs of the inspector are made of: headings, fields, and lines with a verdict at their right edge."""

from collections.abc import Iterable, Iterator

from rich.cells import cell_len

from tui.core.entry import Fault, Seen
from tui.protocol.blame import Culprit
from tui.protocol.checks import Check, Verdict
from tui.protocol.inspection import Inspection
from tui.render.line import Line, Role, fit, line, spread
from tui.render.text import cut, request_label, visible, wrap

LABEL_CELLS = 11
_INDENT = 2
_WHY_LEAST = 18
"""Less of a reason than this says nothing: then it stands in a line of its own."""

_MARKS: dict[Verdict, tuple[str, Role]] = {
    Verdict.OK: ("[ok ]", Role.GOOD),
    Verdict.BAD: ("[BAD]", Role.NEEDS_YOU),
    Verdict.UNKNOWN: ("[ ? ]", Role.UNKNOWN),
}


def heading(words: str, cells: int) -> Line:
    """A title over some lines, with a rule behind it."""
    shown = f"-- {visible(words)} "
    return fit(line((shown + "-" * max(0, cells - cell_len(shown)), Role.HEADING)), cells)


def field(label: str, value: str, cells: int, role: Role = Role.PLAIN) -> Iterator[Line]:
    """A label and a value, which goes on in the next lines."""
    for number, part in enumerate(wrap(value, cells - LABEL_CELLS)):
        title = label if number == 0 else ""
        yield fit(line((f"{title:<{LABEL_CELLS}}", Role.HEADING), (part, role)), cells)


def fields(pairs: Iterable[tuple[str, str]], cells: int) -> Iterator[Line]:
    """The same for many; those without a value are left out."""
    for label, value in pairs:
        if value:
            yield from field(label, value, cells)


def judged(text: str, check: Check | None, cells: int, why: str = "") -> Iterator[Line]:
    """A text, why it is so, and the verdict; what does not fit beside it follows below, and nothing that is bad is cut.

    Args:
        why: instead of the check's own.
    """
    if check is None:
        yield fit(line(" " * _INDENT, text), cells)
        return
    mark = line(_MARKS[check.verdict])
    why = why or check.why
    role = Role.NEEDS_YOU if check.verdict is Verdict.BAD else Role.DIM
    room = cells - _INDENT - len("[ok ]") - 2
    left = room - cell_len(visible(text)) - 2
    whole_below = check.verdict is Verdict.BAD and left < cell_len(visible(why))
    if whole_below or left < min(_WHY_LEAST, cell_len(visible(why))):
        yield spread(line(" " * _INDENT, cut(text, room)), mark, cells)
        if check.verdict is not Verdict.OK:
            for part in wrap(why, cells - 2 * _INDENT):
                yield fit(line(" " * 2 * _INDENT, (part, role)), cells)
        return
    yield spread(line(" " * _INDENT, f"{visible(text)}  ", (cut(why, left), role)), mark, cells)


def head(inspection: Inspection, cells: int) -> Iterator[Line]:
    """What was answered, who is to blame and why, whose move it is: on top of every tab that judges."""
    poll, blame = inspection.poll, inspection.blame
    word = poll.answer.status if isinstance(poll.answer, Seen) else poll.answer.code
    http = f"   HTTP {status}" if (status := http_status(inspection)) else ""
    label = request_label(poll.request_id, cells - LABEL_CELLS - cell_len(visible(word)) - len(http) - 3)
    yield from field("answer", f"{word}   {label}{http}" if label else word + http, cells)
    good = blame.culprit is Culprit.NOTHING
    named = blame.culprit.value + (f": {blame.subject}" if blame.subject not in ("", blame.culprit) else "")
    yield from field("blame", named, cells, Role.GOOD if good else Role.NEEDS_YOU)
    yield from field("why", blame.why, cells)
    if blame.todo:
        yield from field("who", f"{blame.owner}: {blame.todo}", cells)


def http_status(inspection: Inspection) -> int | None:
    """Of the answer; None when none came, or nobody kept it."""
    if inspection.evidence is not None and inspection.evidence.answered is not None:
        return inspection.evidence.answered.http_status
    return inspection.poll.answer.http_status if isinstance(inspection.poll.answer, Fault) else None
