"""Tab 5: where the time went."""

from collections.abc import Iterator

from tui.protocol.inspection import Inspection
from tui.render.inspector.parts import heading
from tui.render.line import Line, Role, fit, line

_LABEL_CELLS, _TIME_CELLS = 10, 12
_BAR_LEAST = 10

_STEPS = (
    ("slot", "no slot was waited for"),
    ("connect", "a kept connection"),
    ("tls", "none, or kept"),
    ("send", "not begun"),
    ("wait", "not begun"),
    ("receive", "not begun"),
)
_WORDS = {
    "slot": "due, until it had a slot within the limit",
    "connect": "name and TCP",
    "tls": "TLS, and a proxy's CONNECT",
    "send": "until the last byte was handed over",
    "wait": "until the head of the answer was there",
    "receive": "until its last byte",
}


def timing_lines(inspection: Inspection, cells: int) -> Iterator[Line]:
    """A line a step, each with its part of the whole."""
    left = inspection.evidence
    yield heading("timing", cells)
    if left is None:
        yield fit(line(f"  {inspection.poll.latency_us / 1000:.1f} ms from the first byte sent to the last one"), cells)
        yield fit(line(("  nothing is kept of its steps", Role.DIM)), cells)
        return
    took_us = {
        "slot": left.timing.slot_us,
        "connect": left.timing.connect_us,
        "tls": left.timing.tls_us,
        "send": left.timing.send_us,
        "wait": left.timing.wait_us,
        "receive": left.timing.receive_us,
    }
    total_us, begun_us = sum(us or 0 for us in took_us.values()), 0
    for step, absent in _STEPS:
        us = took_us[step]
        broke = step == left.timing.broke_in
        yield _step(step, us, bar(begun_us, us or 0, total_us, _bar_cells(cells)), absent, broke=broke, cells=cells)
        begun_us += us or 0
    yield fit(line(f"{'all':<{_LABEL_CELLS}}{_ms(total_us)}"), cells)
    if left.timing.broke_in:
        yield fit(line((f"{'!!':<{_LABEL_CELLS}}here it broke off", Role.NEEDS_YOU)), cells)
    yield heading("what the steps are", cells)
    for step, words in _WORDS.items():
        yield fit(line((f"{step:<{_LABEL_CELLS}}", Role.HEADING), words), cells)
    yield fit(
        line((f"{'rtt':<{_LABEL_CELLS}}", Role.HEADING), f"{_ms(inspection.poll.latency_us)}  from send on"), cells
    )


def bar(begun_us: int, took_us: int, total_us: int, cells: int) -> str:
    """A stretch of a whole as so many cells: blanks before it, `#` for it; at least one `#` for any time at all."""
    if not total_us or not took_us or cells < _BAR_LEAST:
        return " " * max(0, cells)
    first = min(begun_us * cells // total_us, cells - 1)
    last = max(first + 1, min(cells, -(-(begun_us + took_us) * cells // total_us)))
    return " " * first + "#" * (last - first) + " " * (cells - last)


def _bar_cells(cells: int) -> int:
    return cells - _LABEL_CELLS - _TIME_CELLS - 2


def _step(step: str, us: int | None, drawn: str, absent: str, *, broke: bool, cells: int) -> Line:
    label = (f"{step + ' !!' if broke else step:<{_LABEL_CELLS}}", Role.HEADING)
    if us is None:
        return fit(line(label, (f"{'-':>{_TIME_CELLS - 1}}  {absent}", Role.DIM)), cells)
    return fit(line(label, _ms(us), (f"[{drawn}]", Role.NEEDS_YOU if broke else Role.CHANGING)), cells)


def _ms(us: int) -> str:
    return f"{us / 1000:.1f} ms".rjust(_TIME_CELLS - 1) + " "
