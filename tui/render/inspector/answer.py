"""Tab 4: the answer as it came, headers and body. All of it is somebody else's text."""

from collections.abc import Iterator

from tui.protocol.inspection import Inspection
from tui.render.answer_body import laid_out_lines
from tui.render.inspector.parts import heading, http_status
from tui.render.line import Line, Role, fit, line
from tui.render.text import chop

_NAME_CELLS = 16


def answer_lines(inspection: Inspection, cells: int) -> Iterator[Line]:
    """Status line, headers, body."""
    answered = inspection.evidence.answered if inspection.evidence is not None else None
    if answered is not None:
        yield heading(f"{answered.http_version} {answered.http_status} {answered.reason}", cells)
        for name, value in answered.headers:
            yield from _header(name, value, cells)
    else:
        status = http_status(inspection)
        yield heading("answer" if status is None else f"HTTP {status}", cells)
        told = "no answer came" if inspection.evidence is not None else "nothing is kept of its headers"
        yield fit(line(("  " + told, Role.DIM)), cells)
    yield heading(f"body, {len(inspection.poll.answer.body)} bytes", cells)
    yield from laid_out_lines(inspection.poll.answer.body, cells)


def _header(name: str, value: str, cells: int) -> Iterator[Line]:
    label = f"  {name:<{_NAME_CELLS}} "
    room = max(1, cells - len(label))
    for number, part in enumerate(chop(value, room)):
        title = (label, Role.HEADING) if number == 0 else " " * len(label)
        yield fit(line(title, part), cells)
