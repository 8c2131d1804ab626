"""Writing however long it takes: a full disk stops the asking, never the engine."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from tui.engine.ports import Clock, JournalError

AGAIN_US = 2_000_000
"""How long to wait before a journal that could not be written is tried again."""

_T = TypeVar("_T")


async def insist(
    attempt: Callable[[], Awaitable[_T]], clock: Clock, waits: Callable[[str], None], blocked: Callable[[], None]
) -> _T:
    """The result of the first `attempt` that does not end in a `JournalError`.

    Args:
        waits: told in words why it does not go on, and an empty text when it does.
        blocked: called after each failure.

    Raises:
        Deposed: another process polls by now.
    """
    failed = False
    while True:
        try:
            result = await attempt()
        except JournalError as error:
            failed = True
            waits(str(error))
            blocked()
            await clock.sleep_us(AGAIN_US)
        else:
            if failed:
                waits("")
            return result
