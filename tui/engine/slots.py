"""Permission to send: reserved in the journal's lease, waited for, and given back when overslept."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from tui.core.lease import Slot, Tenure
from tui.engine.ports import Clock, Lease

LATE_US = 20_000
"""A slot is used up to so long after its time; `Budget` counts this as jitter. Later than that, the process was stopped
or starved, others have gone on counting, and the permission is void."""

_T = TypeVar("_T")


class Slots:
    """A lease on a thread of its own: no loop waits for a disk, and no two threads use it."""

    def __init__(self, open_lease: Callable[[], Lease], clock: Clock) -> None:
        self._open_lease = open_lease
        self._clock = clock
        self._thread = ThreadPoolExecutor(1, "lease")
        self._lease: Lease | None = None

    async def open(self) -> None:
        """Open the journal for it.

        Raises:
            JournalError: it cannot be.
        """
        self._lease = await self._call(self._open_lease)

    async def campaign(self) -> Tenure | None:
        """As `Lease.campaign`."""
        return await self._call(self._opened.campaign)

    async def renew(self, tenure: Tenure) -> None:
        """As `Lease.renew`."""
        await self._call(lambda: self._opened.renew(tenure))

    async def take(self, tenure: Tenure | None, interval_us: int | None = None) -> Slot:
        """The next slot, at its time. Send at once, if it `is_good`; what is not used is lost.

        Raises:
            Deposed: `tenure` is not the present one.
            JournalError: the journal cannot be written.
        """
        slot = await self._call(lambda: self._opened.reserve(tenure, interval_us))
        if slot.wait_us > 0:
            await self._clock.sleep_us(slot.wait_us)
        return slot

    def is_good(self, slot: Slot) -> bool:
        """Whether a request may still be sent for it: an overslept permission is given back."""
        return self._opened.late_us(slot) <= LATE_US

    async def pause(self, tenure: Tenure, for_us: int) -> None:
        """As `Lease.pause`."""
        await self._call(lambda: self._opened.pause(tenure, for_us))

    async def release(self, tenure: Tenure) -> None:
        """As `Lease.release`."""
        await self._call(lambda: self._opened.release(tenure))

    async def close(self) -> None:
        """Close the lease and end its thread."""
        lease, self._lease = self._lease, None
        if lease is not None:
            await self._call(lease.close)
        self._thread.shutdown(wait=False)

    @property
    def _opened(self) -> Lease:
        if self._lease is None:
            raise RuntimeError("slots are used before they are open")
        return self._lease

    async def _call(self, work: Callable[[], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)
