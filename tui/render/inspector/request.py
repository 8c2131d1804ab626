"""Tab 2: the request as it left, line by line."""

from collections.abc import Iterator

from tui.protocol.checks import BODY, CANONICAL, SCOPE, SECRET_ID, SIGNATURE, SIGNED_HEADERS, Verdict
from tui.protocol.inspection import Inspection
from tui.render.inspector.parts import heading, judged
from tui.render.line import Line, fit, line
from tui.render.text import chop

_NAME_CELLS = 16
_OF_SIGNING = {SCOPE, SIGNED_HEADERS, CANONICAL, SECRET_ID, SIGNATURE}


def request_lines(inspection: Inspection, cells: int) -> Iterator[Line]:
    """Request line, headers, body; each with its verdict."""
    kept = inspection.evidence is not None
    yield heading("request as it left" if kept else "request, rebuilt: nothing is kept of what was sent", cells)
    for check in inspection.checks:
        if check.subject not in _OF_SIGNING:
            text = f"{check.subject:<{_NAME_CELLS}} {check.text}"
            yield from judged(text, check, cells)
    body = inspection.check(BODY)
    same = body is not None and body.verdict is Verdict.OK
    yield heading("body, as sent" if same else "body, as it should have been sent", cells)
    for part in chop(inspection.body.decode(errors="backslashreplace"), cells - 2):
        yield fit(line("  ", part), cells)
