"""Who used the budget in the last second: how many requests were sent, and why."""

from collections import Counter
from collections.abc import Mapping

from tui.core.entry import Reason
from tui.core.views import ToolView
from tui.render.line import Line, line

RATE_LIMIT = 20
"""Requests per second that Tencent allows one account and action (tencent-api.md §0)."""

SECOND_US = 1_000_000

REASONS = (Reason.YOU, Reason.FOCUS, Reason.CONFIRM, Reason.STALE, Reason.BASE, Reason.CLOCK, Reason.PROBE)
"""In the order in which they are told: what somebody wanted first."""


def shares(tool: ToolView, now_us: int) -> Mapping[Reason, int]:
    """Reason → number of requests sent in the second until `now_us`; reasons without any are left out."""
    return Counter(sent.reason for sent in tool.recent if now_us - SECOND_US < sent.at_us <= now_us)


def share_words(used: Mapping[Reason, int]) -> Line:
    """`you 1 focus 3 base 11 free 5`."""
    told = [f"{reason.value} {used[reason]}" for reason in REASONS if reason in used]
    return line(" ".join([*told, f"free {max(0, RATE_LIMIT - sum(used.values()))}"]))


def bar(count: int, most: int, cells: int) -> str:
    """`count` of `most` as `#`, at most `cells` of them; anything at all is at least one."""
    return "#" * min(cells, -(-count * cells // most)) if most else ""
