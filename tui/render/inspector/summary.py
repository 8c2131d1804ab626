"""Tab 1: the finding, and the facts around it."""

from collections.abc import Iterator

from tui.protocol.checks import Verdict
from tui.protocol.inspection import Inspection
from tui.render.inspector.parts import fields, head, heading, judged
from tui.render.line import Line
from tui.render.times import rfc3339

NOT_KEPT = (
    "Nothing is kept of this request: only failures, changes and what was asked for by hand are kept for ever, "
    "everything else for the newest 10,000 frames. What can be computed again is marked as rebuilt."
)


def summary_lines(inspection: Inspection, cells: int) -> Iterator[Line]:
    """Who is to blame, which lines are not as they should be, and where the request went."""
    yield from head(inspection, cells)
    yield heading(_count(inspection), cells)
    for check in inspection.checks:
        if check.verdict is Verdict.BAD or (check.verdict is Verdict.UNKNOWN and inspection.evidence is not None):
            yield from judged(f"{check.subject}  {check.text}", check, cells)
    yield heading("request", cells)
    yield from fields(_facts(inspection), cells)


def _count(inspection: Inspection) -> str:
    verdicts = [check.verdict for check in inspection.checks]
    counts = ((verdicts.count(verdict), verdict) for verdict in Verdict)
    return f"{len(verdicts)} lines: " + ", ".join(f"{count} {verdict}" for count, verdict in counts if count)


def _facts(inspection: Inspection) -> Iterator[tuple[str, str]]:
    poll, left = inspection.poll, inspection.evidence
    yield "task", str(poll.task)
    yield "sent", f"{rfc3339(poll.sent_us)}   {poll.latency_us / 1000:.1f} ms   reason {poll.reason}"
    yield "host", inspection.endpoint.url
    if left is None:
        yield "kept", NOT_KEPT
        return
    yield "address", left.address + (f"   through proxy {left.proxy}" if left.proxy else "")
    yield "key", f"{left.meant.key} from {left.meant.key_source or 'an unnamed place'}"
    if inspection.clock is not None:
        ahead_s, error_s = inspection.clock.host_ahead_us / 1e6, inspection.clock.error_us / 1e6
        corrected = "   the timestamp is corrected" if inspection.clock.corrected else ""
        yield "clock", f"this host's is {ahead_s:+.1f} s from Tencent's, +-{error_s:.1f} s{corrected}"
