"""One signed call beside the poller's: what `describe` and the check of a new key need."""

from collections.abc import Callable
from pathlib import Path

from tui.adapters.clock import SystemClock
from tui.core.entry import Fault
from tui.core.fault import FaultClass
from tui.core.secret import Credential
from tui.core.task import TaskRef
from tui.engine.slots import Slots
from tui.protocol.endpoint import Endpoint
from tui.protocol.exchange import Exchange
from tui.wiring.account import Account
from tui.wiring.session import ApiDoor, LeaseDoor


async def describe_once(account: Account, task: TaskRef, tell: Callable[[str], None]) -> Exchange:
    """Ask once; with a clock that is refused, correct it, `tell` so, and repeat once.

    Raises:
        NoKey: there is none, or its store cannot be read.
        JournalError: the journal cannot be written, so the limit cannot be shared with whoever polls.
    """
    return await ask_with_key(account.keys.read(), account.endpoint, account.journal, task, tell)


async def ask_with_key(
    credential: Credential, endpoint: Endpoint, journal: Path | None, task: TaskRef, tell: Callable[[str], None]
) -> Exchange:
    """The same with a key at hand. Each request takes a slot in `journal`, as the poller's do; None: nobody polls."""
    clock = SystemClock()
    slots = Slots(LeaseDoor(journal), clock) if journal is not None else None
    if slots is not None:
        await slots.open()
    api = ApiDoor(endpoint, clock)(credential)
    try:
        await api.warm_up()
        await _take_slot(slots)
        exchange = await api.describe(task)
        fault = exchange.answer
        if not isinstance(fault, Fault) or fault.fault_class is not FaultClass.CLOCK or exchange.skew is None:
            return exchange
        offset_us = exchange.skew.offset_us
        tell(f"this host's clock is {-offset_us / 1e6:+.0f} s from Tencent's; asking again with the server's time")
        api.correct_clock(offset_us)
        await _take_slot(slots)
        return await api.describe(task)
    finally:
        await api.aclose()
        if slots is not None:
            await slots.close()


async def _take_slot(slots: Slots | None) -> None:
    while slots is not None and not slots.is_good(await slots.take(None)):
        continue
