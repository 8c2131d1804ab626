"""From key to lease to polling, and back to waiting when the lease is another's."""

from contextlib import suppress

from tui.core.lease import CAMPAIGN_US, Tenure
from tui.engine.insisting import insist
from tui.engine.key_holder import KeyHolder
from tui.engine.outside import Outside
from tui.engine.poller import Poller
from tui.engine.ports import Api, Deposed, JournalError
from tui.engine.slots import Slots
from tui.engine.wishes import Wishes


class Candidacy:
    """Polls whenever its process has the lease. Key and API are ready before, so that a takeover takes no time."""

    def __init__(self, outside: Outside, wishes: Wishes) -> None:
        self._outside = outside
        self._wishes = wishes
        self._slots = Slots(outside.open_lease, outside.clock)
        self.reigning = False
        """It is this process that polls."""
        self._keys = KeyHolder(outside.keys, outside.clock, outside.waits)

    async def run(self) -> None:
        """Campaign and poll until cancelled."""
        try:
            await self._slots.open()
            api = self._outside.open_api(await self._keys.first())
            try:
                while not self._wishes.leaving:
                    await self._reign(api, await self._elected())
            finally:
                await api.aclose()
        finally:
            await self._slots.close()

    async def _elected(self) -> Tenure:
        """Wait until nobody else polls."""
        clock, waits = self._outside.clock, self._outside.waits
        while True:
            tenure = await insist(self._slots.campaign, clock, waits, lambda: None)
            if tenure is not None:
                return tenure
            await clock.sleep_us(CAMPAIGN_US)

    async def _reign(self, api: Api, tenure: Tenure) -> None:
        self.reigning = True
        self._outside.reigns(True)  # noqa: FBT003 - a callback
        try:
            await Poller(self._outside, self._slots, tenure, wishes=self._wishes, keys=self._keys, api=api).run()
        except* Deposed:
            pass
        finally:
            self.reigning = False
            self._outside.reigns(False)  # noqa: FBT003 - a callback
            with suppress(JournalError):  # a full disk: then the others wait until the lease is over
                await self._slots.release(tenure)
