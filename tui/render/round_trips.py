"""How long answers take: median, slowest, and how they are spread."""

from bisect import bisect_left

from tui.core.views import ToolView
from tui.render.line import Line, fit, line
from tui.render.shares import bar

EDGES_MS = (25, 50, 100, 200, 400)
"""Upper ends of the classes; a last class holds what took longer."""

_HEAD = "rtt ms"
_LEAST_BAR = 1


def round_trips_ms(tool: ToolView) -> tuple[int, int]:
    """Median and 99th percentile of the last answers' round trips; there must be one."""
    latencies = sorted(tool.latencies_us)
    return latencies[len(latencies) // 2] // 1_000, latencies[(len(latencies) * 99 - 1) // 100] // 1_000


def histogram(tool: ToolView, cells: int) -> Line:
    """`rtt ms <=25 ##    <=50 ######`, each class with so much of a bar as there is room for; empty without answers."""
    if not tool.latencies_us:
        return ()
    counts = [0] * (len(EDGES_MS) + 1)
    for latency_us in tool.latencies_us:
        counts[bisect_left(EDGES_MS, -(-latency_us // 1_000))] += 1
    titles = [*(f"<={edge}" for edge in EDGES_MS), f">{EDGES_MS[-1]}"]
    room = cells - len(_HEAD) - sum(len(f" {title} ") for title in titles)
    each = max(_LEAST_BAR, room // len(titles))
    most = max(counts)
    bars = (f" {title} {bar(count, most, each):<{each}}" for title, count in zip(titles, counts, strict=True))
    return fit(line(_HEAD + "".join(bars)), cells)
