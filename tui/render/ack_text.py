"""Who takes care of an alert, in few words."""

from tui.core.views import Acked
from tui.render.text import cut
from tui.render.times import TimeStyle, moment

_NAME_CELLS = 12


def ack_text(acked: Acked | None, now_us: int) -> str:
    """`ack alice 03:12:07Z`; empty when nobody does."""
    if acked is None:
        return ""
    who = f" {cut(acked.operator, _NAME_CELLS)}" if acked.operator else ""
    return f"ack{who} {moment(acked.at_us, TimeStyle.UTC, now_us)}"
