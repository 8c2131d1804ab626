"""One signed call without a journal: what `describe` and the check of a new key need."""

from collections.abc import Callable

from tui.adapters.clock import SystemClock
from tui.core.entry import Fault
from tui.core.fault import FaultClass
from tui.core.secret import Credential
from tui.core.spacing import Spacing
from tui.core.task import TaskRef
from tui.engine.ports import Api
from tui.protocol.endpoint import Endpoint
from tui.protocol.exchange import Exchange
from tui.wiring.account import Account
from tui.wiring.session import ApiDoor


async def describe_once(account: Account, task: TaskRef, tell: Callable[[str], None]) -> Exchange:
    """Ask once; with a clock that is refused, correct it, `tell` so, and repeat once.

    Raises:
        NoKey: there is none, or its store cannot be read.
    """
    return await ask_with_key(account.keys.read(), account.endpoint, task, tell)


async def ask_with_key(
    credential: Credential, endpoint: Endpoint, task: TaskRef, tell: Callable[[str], None]
) -> Exchange:
    """The same with a key at hand."""
    api: Api = ApiDoor(endpoint)(credential)
    try:
        exchange = await api.describe(task)
        fault = exchange.answer
        if not isinstance(fault, Fault) or fault.fault_class is not FaultClass.CLOCK or exchange.skew is None:
            return exchange
        offset_us = exchange.skew.offset_us
        tell(f"this host's clock is {-offset_us / 1e6:+.0f} s from Tencent's; asking again with the server's time")
        api.correct_clock(offset_us)
        await SystemClock().sleep_us(Spacing().interval_us)
        return await api.describe(task)
    finally:
        await api.aclose()
