"""What the answer to one question tells of the key that signed it."""

from tui.cli.exits import Exit, Refusal
from tui.core.entry import Fault
from tui.core.fault import FaultClass
from tui.protocol.errors import explain
from tui.protocol.exchange import Exchange
from tui.render.text import visible

_PROVING = frozenset({FaultClass.END, FaultClass.OURS})
"""Tencent looks at the key before it looks for the task or at the parameters."""

_US_PER_S = 1_000_000

_REFUSALS = {
    FaultClass.AUTH: (Exit.AUTH, "Tencent does not accept this key"),
    FaultClass.CLOCK: (Exit.AUTH, "The key could not be checked"),
    FaultClass.THROTTLED: (Exit.THROTTLED, "The key could not be checked"),
    FaultClass.NETWORK: (Exit.NETWORK, "The key could not be checked"),
    FaultClass.SERVICE: (Exit.SERVICE, "The key could not be checked"),
}


def require_accepted(exchange: Exchange) -> None:
    """Let a key through that Tencent knows.

    Raises:
        Refusal: it does not, or could not be asked; says whose move it is.
    """
    fault = exchange.answer
    if not isinstance(fault, Fault) or fault.fault_class in _PROVING:
        return
    code, what = _REFUSALS[fault.fault_class]
    info = explain(fault.code)
    clock = f", {_clock(exchange)}" if fault.fault_class is FaultClass.CLOCK else ""
    reason = visible(f"{fault.code}, {info.meaning}{clock}")
    raise Refusal(code, f"{what} ({reason}). Next move: {info.owner}. {info.advice} Nothing was saved.")


def _clock(exchange: Exchange) -> str:
    if exchange.skew is None:
        return "by how much was not told"
    seconds = round(exchange.skew.offset_us / _US_PER_S)
    return f"it is {abs(seconds)} s {'behind' if seconds >= 0 else 'ahead of'} Tencent's"
